import RouterOSClient
import RouterOSTesting

/// The input is a script, and how a simulated router comes to run it.
///
/// Its text is what the input holds, or pieces of the language that the input picks, which run where letters rarely do. Two
/// routers run it, one of which lets the time pass at once and one little by little. Both must say the same, the script must
/// read back as it was given, and afterwards the router must serve the next client as if nothing had been.
enum ScriptTarget {
    static func check(_ input: [UInt8]) throws(BrokenLaw) {
        var input = FuzzInput(input)
        let mode = input.byte()
        let source = mode & 1 == 0 ? input.rest() : input.rest().flatMap { pieces[Int($0) % pieces.count] }
        // A script of this length is refused for its length alone.
        guard source.count < 8_192 else { return }
        var (atOnce, bySteps) = (start, start)
        for run in commands(mode, source) {
            let (one, other) = (atOnce.say(run), bySteps.say(run))
            try law(one == other, "to \(run) the same router said \(one) and \(other)")
            guard run[0] == addScript else { continue }
            let kept = atOnce.say(getSource)
            try law(kept == sentence([Array("!done".utf8), Array("=ret=".utf8) + source]), "the source became \(kept)")
            _ = bySteps.say(getSource)
        }
        let end = atOnce.router.now + .seconds(4)
        atOnce.router.advance(to: end)
        for _ in 0..<7 { bySteps.router.advance(to: bySteps.router.now + .milliseconds(571)) }
        bySteps.router.advance(to: end)
        let (one, other) = (atOnce.hear(), bySteps.hear())
        try law(one == other, "at once: \(one), by steps: \(other)")
        for menu in ["/log", "/system/script/environment", "/ip/hotspot/user", "/system/script/job"] {
            let (one, other) = (atOnce.say([Array("\(menu)/print".utf8)]), bySteps.say([Array("\(menu)/print".utf8)]))
            try law(one == other, "\(menu) at once: \(one), by steps: \(other)")
            try law(one.count <= 4 << 20, "\(menu) has grown to \(one.count) bytes")
        }
        try law(atOnce.router.dialogueHash == bySteps.router.dialogueHash, "the hashes of one dialogue differ")
        try serves(&atOnce.router)
    }

    /// Another client, who knows nothing of scripts: one that is there and signs in as the script has left the router.
    private static func serves(_ router: inout RouterMachine) throws(BrokenLaw) {
        guard router.acceptsConnections else { return }
        let connection = router.open()
        router.receive(sentence(["/login", "=name=nobody", "=password="].map { Array($0.utf8) }), on: connection)
        let answer = router.takeOutgoing().filter { $0.connection == connection }
        try law(
            answer.first?.bytes.starts(with: Array("\u{5}!".utf8)) == true,
            "to a client who signs in the router says \(answer)"
        )
    }

    private static let addScript = Array("/system/script/add".utf8)
    private static let getSource = ["/system/script/get", "=.id=s", "=value-name=source"].map { Array($0.utf8) }

    /// What makes the router run a script.
    private static func commands(_ mode: UInt8, _ source: [UInt8]) -> [[[UInt8]]] {
        func words(_ words: [String], _ name: String? = nil) -> [[UInt8]] {
            words.map { Array($0.utf8) } + (name.map { [Array("=\($0)=".utf8) + source] } ?? [])
        }
        switch mode >> 1 & 3 {
        case 0, 1:
            // As the on-login script of a profile, and as the one for the end.
            let event = mode & 2 == 0 ? "on-login" : "on-logout"
            return [
                words(["/ip/hotspot/user/profile/set", "=.id=default"], event),
                words(["/ip/hotspot/active/login", "=user=a", "=ip=10.5.50.2"]),
                words(["/ip/hotspot/active/remove", "=.id=*A053202"]),
            ]
        case 2:
            return [
                words(["/system/script/add", "=name=s"], "source"), words(["/system/script/run", "=number=s"]),
            ]
        default:
            return [words(["/system/scheduler/add", "=name=s", "=interval=1s"], "on-event")]
        }
    }

    private static let start: Client = {
        var client = Client()
        for command in [
            ["/login", "=name=api", "=password=x"],
            ["/ip/hotspot/user/add", "=name=a", "=comment=jan/02/2024 03:04:05", "=limit-uptime=3h"],
            ["/ip/hotspot/user/add", "=name=b", "=comment=vc-417"],
            ["/system/script/add", "=name=other", "=source=:global g; :set g ($g . \"x\"); :put $g"],
        ] {
            _ = client.say(command.map { Array($0.utf8) })
        }
        return client
    }()

    private static func sentence(_ words: [[UInt8]]) -> [UInt8] {
        var wire = WireWriter()
        for word in words { wire.word(word) }
        wire.endSentence()
        return wire.bytes
    }

    private struct Client {
        var router = RouterMachine(credentials: .user("api", password: "x"), seed: 1)
        let connection: Int

        init() {
            router.limitScripts(steps: 2_000, calls: 20, size: 8_192)
            connection = router.open()
        }

        mutating func say(_ words: [[UInt8]]) -> [UInt8] {
            router.receive(ScriptTarget.sentence(words), on: connection)
            return hear()
        }

        mutating func hear() -> [UInt8] { router.takeOutgoing().flatMap(\.bytes) }
    }

    private static let pieces: [[UInt8]] = [
        ":put ", ":local x ", ":local y", ":global g ", ":set x ", ":set g ", ":if (", ") do={", "} else={", "}", "{",
        ":foreach k,v in=", ":foreach i in=[/ip hotspot user find] do={", ":for i from=1 to=", " step=-1", " do={ ",
        ":while (", ":do {", "} while=(", "} on-error={", ":onerror e in={", ":return ", ":error ", ":delay 1s;",
        ":delay ", ":log info ", ":execute ", ":parse ", ":resolve ", ":len ", ":pick ", ":find ", ":tonum ", ":tostr ",
        ":toarray ", ":totime ", ":toip ", ":tobool ", ":toid ", ":typeof ", ":time ", ":rndnum from=1 to=", ":nothing",
        ":timestamp", ":convert ", ":serialize to=json value=", ":deserialize from=json value=", ":rndstr length=",
        ":environment print", "[", "]", "(", ")", ";", "\n", " ", "\"", "$", "$x", "$g", "$i", "$k", "$v", "$user",
        "$address", "$\"mac-address\"", "$cause", "$e", "\"a $x b\"", "\"$[", "]\"", "\\n", "\\41", "\\\n", "0", "1",
        "2",
        "-1", "7", "9223372036854775807", "-9223372036854775808", "0x7f", "5s", "1d2h", "00:00:10", "10.0.0.1",
        "10.0.0.0/8", "::1", "*1", "yes", "no", "true", "abc", "\"abc\"", "\"1,2,3\"", "{1;2;3}", "{a=1;b=2}", "{}",
        "\"^(a|b)*$\"", " + ", " - ", " * ", " / ", " % ", " . ", ",", " = ", " != ", " < ", " > ", " <= ", " >= ",
        " ~ ",
        " and ", " or ", " && ", " || ", "!", "~", " & ", " | ", " ^ ", " << ", " >> ", " in ", "->", "=", "#",
        ":local f do={", "$f ", "$1", "$a ", "a=2 ", "/ip hotspot user ", "/ip/hotspot/user/", "/ip hotspot active ",
        "/system scheduler ", "/system script ", "/system clock ", "/system identity ", "/tool fetch url=\"http://a\" ",
        "/log ", "/file ", "/queue simple ", "..", "find ", "find where ", "[find]", "where ", "name=", "name=a ",
        "comment=", "interval=1s ", "on-event=", "source=", "numbers=", "get ", "set ", "add ", "remove ", "run ",
        "print ",
        "print as-value ", "count-only ", "disable ", "enable ", "move ", "unset ", "export ", "reset-counters ",
        "s ", "other ", "as-value ", "output=user ", "value-name=uptime ", "password=", "limit-uptime=1s ",
    ].map { Array($0.utf8) }
}
