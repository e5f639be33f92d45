import Testing

@testable import RouterOSTesting

struct ScriptMenuTests {
    /// Three users of a hotspot, the second a voucher, the third disabled.
    private static func bench() -> ScriptBench {
        var bench = ScriptBench()
        bench.add(
            ScriptBench.user,
            [
                ("name", .text("ann")), ("profile", .text("1day")), ("limit-uptime", .time(3_600_000_000_000)),
                ("disabled", .boolean(false)),
            ]
        )
        bench.add(
            ScriptBench.user,
            [
                ("name", .text("123")), ("profile", .text("1day")), ("comment", .text("vc-417-x")),
                ("disabled", .boolean(false)),
            ]
        )
        bench.add(
            ScriptBench.user,
            [
                ("name", .text("bob-2.x")), ("profile", .text("free")), ("comment", .text("up-9")),
                ("disabled", .boolean(true)),
            ]
        )
        bench.add(ScriptBench.active, [("user", .text("ann")), ("address", .text("10.0.0.9"))])
        return bench
    }

    @Test(arguments: [
        ("", "*1;*2;*3"), ("where name=ann", "*1"), ("name=ann", "*1"), ("where name=\"ann\"", "*1"),
        ("where name=$who", "*1"),
        ("where name=\"$who\"", "*1"), ("where name=123", "*2"), ("where name=bob-2.x", "*3"),
        ("where name!=ann", "*2;*3"),
        ("where profile=1day disabled=no", "*1;*2"), ("where profile=1day and name=123", "*2"),
        ("where profile=1day && (name=123 || name=ann)", "*1;*2"), ("where name=ann or name=123", "*1;*2"),
        ("where disabled", "*3"), ("where !disabled", "*1;*2"), ("where disabled=yes", "*3"),
        ("where comment", "*2;*3"),
        ("where comment~\"^(vc|up)-\"", "*2;*3"), ("where comment ~ \"^vc\"", "*2"),
        ("where !(comment~\"^vc\")", "*1;*3"),
        ("where comment=\"\"", "*1"), ("where limit-uptime=1h", "*1"), ("where limit-uptime>59m", "*1"),
        ("where limit-uptime>2h", ""), ("where [:len $name]=3", "*1;*2"), ("where ([:len $name] > 3)", "*3"),
        ("where (name . \"x\") = \"annx\"", "*1"), ("where .id=*2", "*2"), ("where name in {\"ann\";\"123\"}", "*1;*2"),
        ("where name=$name", "*1;*2;*3"), ("where [:pick $comment 0 2]=\"up\"", "*3"), ("where nothere=1", ""),
        ("where name=[/ip hotspot active get [find user=ann] user]", "*1"),
    ])
    func findGivesTheRowsThatACriterionHoldsFor(criterion: String, ids: String) throws {
        var bench = Self.bench()
        let found = try bench.run(":local who ann; :return [/ip hotspot user find \(criterion)]")
        #expect(found.text.description == ids)
        #expect(found.typeName == "array")
    }

    @Test(arguments: [
        ("[get *1 name]", "str ann"), ("[get [find name=ann] limit-uptime]", "time 01:00:00"),
        ("[get ann name]", "str ann"),
        ("[get number=*2 value-name=comment]", "str vc-417-x"), ("[get *1 comment]", "str "),
        ("[get *2 comm]", "str vc-417-x"),
        ("([get *1]->\"profile\")", "str 1day"), ("[:typeof [get *1]]", "str array"),
        ("[get [find name=nobody] name]", "no such item (line 1 column 29)"),
        ("[get *99 name]", "no such item (line 1 column 29)"),
        ("[get [find] name]", "invalid internal item number (line 1 column 29)"),
        ("[get *1 nome]", "input does not match any value of value-name (line 1 column 29)"),
        ("[print count-only]", "num 3"), ("[print count-only where profile=1day]", "num 2"),
        ("([print as-value where name=ann]->0->\"profile\")", "str 1day"), ("[:len [print as-value]]", "num 3"),
        ("([print as-value proplist=name]->1)", "array .id=*2;name=123"),
        ("[/system clock get date]", "str jan/02/2024"), ("[/system clock get time]", "time 03:04:05"),
        ("([/system clock print as-value]->\"date\")", "str jan/02/2024"),
        ("[:len [/system clock get]]", "num 2"),
    ])
    func rowsAreReadInManyWays(source: String, value: String) {
        var bench = Self.bench()
        let found: String
        do {
            let value = try bench.run("/ip hotspot user { :return \(source) }")
            found = "\(value.typeName) \(value.text)"
        } catch {
            found = error.description
        }
        #expect(found == value)
    }

    @Test(arguments: [
        (
            "/ip hotspot user add name=x comment=\"a b\" profile=1day",
            "/ip/hotspot/user add name=x comment=a b profile=1day"
        ),
        ("/ip/hotspot/user/set [find name=ann] comment=x", "/ip/hotspot/user set *1 comment=x"),
        ("/ip hotspot user set comment=x [find where name=123]", "/ip/hotspot/user set *2 comment=x"),
        ("/ip hotspot user { set [find] disabled=yes }", "/ip/hotspot/user set *1 *2 *3 disabled=yes"),
        ("/ip hotspot user remove [find where name=nobody]", "/ip/hotspot/user remove"),
        ("/ip hotspot user remove *1,*2", "/ip/hotspot/user remove *1 *2"),
        ("/ip hotspot user remove numbers=ann", "/ip/hotspot/user remove ann"),
        ("/ip hotspot user set ann !comment", "/ip/hotspot/user set ann !comment="),
        ("/ip hotspot user disable [find profile=free]", "/ip/hotspot/user disable *3"),
        ("/sys sch add name=\"$who\" disable=no interval=1d", "/system/scheduler add name=ann disabled=no interval=1d"),
        (
            "/ip hotspot user add name=$who limit-uptime=(30m * 2)",
            "/ip/hotspot/user add name=ann limit-uptime=01:00:00"
        ),
        ("/ip hotspot user add name=x comment=", "/ip/hotspot/user add name=x comment="),
        ("/ip hotspot user add name=yes disabled=no", "/ip/hotspot/user add name=yes disabled=no"),
        ("/system script add policy={read;write} name=s", "/system/script add policy=read,write name=s"),
        (
            "/tool fetch url=\"http://x/\\?a=b&c=$who\" keep-result=no as-value",
            "/tool fetch url=http://x/?a=b&c=ann keep-result=no as-value="
        ),
        (
            "/ip hotspot user\nadd name=x \\\n    comment=\\\n    \"a b\" profile=1\\\r\n    day",
            "/ip/hotspot/user add name=x comment=a b profile=1day"
        ),
        ("/tool fetch http://x/y?a=b", "/tool fetch http://x/y?a=b"),
        (
            "/system script add name=s source=\":put 1\\r\\n:put 2\"",
            "/system/script add name=s source=:put 1\r\n:put 2"
        ),
    ])
    func commandsReachTheHostWithTheirArguments(source: String, command: String) throws {
        var bench = Self.bench()
        _ = try bench.run(":local who ann; \(source)")
        #expect(bench.commands == [command])
    }

    @Test(
        arguments: [(":global x; /ip hotspot user remove $x", []), ("/ip hotspot user remove", nil)]
            as [(String, [WireText]?)]
    )
    func numbersThatAreMissingAreNotNumbersOfNothing(source: String, numbers: [WireText]?) throws {
        var globals = ScriptVariables()
        var run = ScriptRun(try Script(source.utf8, menus: ScriptBench.menus))
        guard case .command(let command) = run.resume(globals: &globals) else {
            Issue.record("no command")
            return
        }
        #expect(command.numbers == numbers)
    }

    @Test func whatACommandGivesIsItsValue() throws {
        var bench = Self.bench()
        let value = try bench.run(":local id [/ip hotspot user add name=new]; :return [/ip hotspot user get $id name]")
        #expect(value == .text("new"))
        #expect(try bench.run(":return [/tool fetch url=x output=user as-value]") == .text("fetched"))
    }

    @Test func aRefusalIsAnErrorThatTheScriptMayHandle() throws {
        var bench = Self.bench()
        let error = #expect(throws: ScriptError.self) { try bench.run("\n :put 1; /system script run none") }
        #expect(error?.description == "no such item (line 2 column 10)")
        _ = try bench.run(":do { /system script run none } on-error={ :put handled }")
        #expect(bench.output == ["1", "handled"])
    }

    @Test func anErrorInTheMiddleOfASearchLeavesNothingBehind() throws {
        var bench = Self.bench()
        let source = """
            :foreach n in={1;2} do={
              :do { :put [/ip hotspot user find where ($name + 1) = 5] } on-error={ :put "e$[:typeof $name]" }
            }
            :put [/ip hotspot user find where name=ann]
            """
        _ = try bench.run(source)
        #expect(bench.output == ["enothing", "enothing", "*1"])
    }

    @Test(arguments: [
        ("name=ann", ["name=ann"]), ("name=$who profile=\"$who\"", ["name=ann", "profile=ann"]), ("name=$comment", []),
        ("name=ann or name=123", []), ("(name=ann) and disabled=no", ["name=ann", "disabled=no"]), ("name!=ann", []),
        ("!(name=ann)", []), ("name=[:pick ann 0]", []), ("name~ann", []),
    ])
    func aHostLearnsWhatRowsMustHave(criterion: String, hints: [String]) throws {
        var bench = Self.bench()
        _ = try bench.run(":local who ann; /ip hotspot user find \(criterion)")
        #expect(bench.hints == hints)
    }

    @Test func printShowsRows() throws {
        var bench = Self.bench()
        _ = try bench.run("/ip hotspot user print detail proplist=name where profile=1day")
        #expect(bench.output == [".id=*1 name=ann\n.id=*2 name=123"])
    }

    @Test(arguments: [
        (":log info \"hello $who\"", "info: hello ann"), ("/log warning message=x", "warning: x"),
        (":log err (1 + 1)", "error: 2"),
        ("log debug x", "debug: x"), ("/log/info \"a\"", "info: a"),
    ])
    func scriptsWriteToTheLog(source: String, entry: String) throws {
        var bench = Self.bench()
        _ = try bench.run(":local who ann; \(source)")
        #expect(bench.log == [entry])
    }

    @Test(arguments: [
        (":execute \":put 1\"", ":put 1"), (":local s \":beep\"; :execute script=$s", ":beep"),
        (":execute { :put 1 }", " :put 1 "),
        (":execute \"x\" as-string", "x"),
    ])
    func scriptsBeginOtherScripts(source: String, text: String) throws {
        var bench = Self.bench()
        #expect(try bench.run(":return [\(source)]") == .id(7) || bench.executed == [text])
        #expect(bench.executed == [text])
    }
}
