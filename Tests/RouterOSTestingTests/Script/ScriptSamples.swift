@testable import RouterOSTesting

/// Scripts as people write them for hotspots, with all the language has.
enum ScriptSamples {
    /// On log-in: the first log-in of a voucher turns its batch comment into the moment it ends, and records the sale.
    static let onLogin = """
        :put (",keep,5000,1d,6000,,Lock,"); {:local today [ /system clock get date ]; :local yyyy [ :pick $today 7 11 ]; \
        :local note [ /ip hotspot user get [/ip hotspot user find where name="$user"] comment]; \
        :local kind [:pic $note 0 2]; :if ($kind = "vc" or $kind = "up" or $note = "") do={ \
        /sys sch add name="$user" disable=no start-date=$today interval="1d"; :delay 5s; \
        :local until [ /sys sch get [ /sys sch find where name="$user" ] next-run]; :local size [len $until]; \
        :if ($size = 15) do={ :local day [:pic $until 0 6]; :local hour [:pic $until 7 16]; :local bar ("/"); \
        :local until ("$day$bar$yyyy $hour"); /ip hotspot user set comment="$until" [find where name="$user"];}; \
        :if ($size = 8) do={ /ip hotspot user set comment="$today $until" [find where name="$user"];}; \
        :if ($size > 15) do={ /ip hotspot user set comment="$until" [find where name="$user"];}; :delay 5s; \
        /sys sch remove [find where name="$user"]; :local mac $"mac-address"; :local now [/system clock get time ]; \
        /system script add name="$today-|-$now-|-$user-|-5000-|-$address-|-$mac-|-1d" owner="jan2024" source="$today" \
        comment="sale"; [:local mac $"mac-address"; /ip hotspot user set mac-address=$mac [find where name=$user]]}}
        """

    /// Every few minutes: whoever's time is over goes.
    static let monitor = """
        :local daynumber do={:local names ( "jan","feb","mar","apr","may","jun","jul","aug","sep","oct","nov","dec" );\
        :local dd [ :pick $d 4 6 ];:local mmm [ :pick $d 0 3 ];:local yyyy [ :pick $d 7 11 ];\
        :local place ([ :find $names $mmm]);:local mm ($place + 1);:if ( [len $mm] = 1) do={:local pad ("0");\
        :return [:tonum ("$yyyy$pad$mm$dd")];} else={:return [:tonum ("$yyyy$mm$dd")];}}; \
        :local minute do={ :local hh [ :pick $t 0 2 ]; :local mi [ :pick $t 3 5 ]; :return ($hh * 60 + $mi) ; }; \
        :local date [ /system clock get date ]; :local time [ /system clock get time ]; \
        :local today [$daynumber d=$date] ; :local now [$minute t=$time] ; \
        :foreach i in [ /ip hotspot user find where profile="1day" ] do={ \
        :local note [ /ip hotspot user get $i comment]; :local who [ /ip hotspot user get $i name]; \
        :local clock [:pic $note 12 20]; :if ([:pic $note 3] = "/" and [:pic $note 6] = "/") do={\
        :local day [$daynumber d=$note] ; :local at [$minute t=$clock] ; \
        :if (($day < $today and $at < $now) or ($day < $today and $at > $now) or ($day = $today and $at < $now)) do={ \
        [ /ip hotspot user remove $i ]; [ /ip hotspot active remove [find where user=$who] ];}}}
        """

    /// On log-out: tells somebody and tidies up, whatever happens.
    static let onLogout = """
        # who left, and why
        :global leftCount
        :if ([:typeof $leftCount] = "nothing") do={ :set leftCount 0 }
        :set leftCount ($leftCount + 1)
        :local uptime [/ip hotspot user get [find name=$user] uptime]
        :log info ("$user left (" . $cause . ") after $uptime, no. $leftCount")
        :do {
            /tool fetch url=("http://192.0.2.1/left?user=" . $user . "&uptime=$[:tonum $uptime]") keep-result=no
        } on-error={ :log warning "nobody was told" }
        :foreach id,entry in={ {name="a"; days=1d}; {name="b"; days=2d} } do={
            :if (($entry->"days") > 1d && !([:len ($entry->"name")] = 0)) do={ :put ($entry->"name") } else={
                :for n from=3 to=1 step=-1 do={ :delay 100ms }
            }
        }
        /ip hotspot user
        set [find where name=$user and comment~"^(vc|up)-[0-9]+"] \\
            comment="seen \\$[clock]"
        :while ([:len [/system scheduler find]] > 0) do={ /system scheduler remove [:pick [/system scheduler find] 0] }
        :onerror reason in={ :error ("code ".(2 + 3)) } do={ :log debug $reason }
        :return [:len $user]
        """

    static let all = [onLogin, monitor, onLogout]

    /// A hotspot in the state that the samples are for.
    static func bench(nextRun: String = "03:04:00") -> ScriptBench {
        var bench = ScriptBench()
        bench.add(
            ScriptBench.user,
            [
                ("name", .text("v1")), ("profile", .text("1day")), ("comment", .text("vc-417-01.02.24-x")),
                ("uptime", .time(65_000_000_000)),
            ]
        )
        bench.add(
            ScriptBench.user,
            [
                ("name", .text("v2")), ("profile", .text("1day")), ("comment", .text("jan/01/2024 23:59:00")),
                ("uptime", .time(0)),
            ]
        )
        bench.add(
            ScriptBench.user,
            [
                ("name", .text("v3")), ("profile", .text("1day")), ("comment", .text("jan/02/2024 03:04:05")),
                ("uptime", .time(0)),
            ]
        )
        bench.add(ScriptBench.active, [("user", .text("v1"))])
        bench.add(ScriptBench.active, [("user", .text("v2"))])
        bench.nextRun = nextRun
        return bench
    }

    /// What a hotspot gives to the scripts of its profiles.
    static let variables: [WireText: ScriptValue] = [
        "user": "v1", "address": "10.0.0.9", "mac-address": "AA:BB:CC:00:11:22", "cause": "idle",
    ].mapValues { .text($0) }
}
