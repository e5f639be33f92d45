import RouterOSProtocol
import TestSupport
import Testing

@Suite("Script source")
struct ScriptSourceTests {
    @Test("holds values as data, never as code")
    func interpolation() {
        let name = "x\"; /system reset"
        let inner: ScriptSource = "[find name=\(name)]"
        let script: ScriptSource = "/ip hotspot user set \(inner) limit-uptime=\(Duration.seconds(90)) disabled=\(true)"
        #expect(
            script.text
                == #"/ip hotspot user set [find name="x\22\3B /system reset"] limit-uptime="1m30s" disabled=true"#
        )
    }

    @Test("numbers stand as they are, strings are quoted once")
    func kinds() {
        let script: ScriptSource =
            ":local a \(-5); :local b \(UInt64.max); :put \(ScriptString(bytes: [0xFF])) \(ItemID("*1"))"
        #expect(script.text == #":local a -5; :local b 18446744073709551615; :put "\FF" "\2A1""#)
        #expect(ScriptSource(trusted: "/quit").description == "/quit")
    }

    @Test(
        "every interpolated string is one string to another reader of the language",
        arguments: ["$x", "\\", "\n}", "a\"b"]
    )
    func isolated(text: String) {
        let script: ScriptSource = "\(text)"
        var lexer = ScriptLexer(script.text.utf8)
        #expect(lexer.events() == [.string(Array(text.utf8))])
    }

    /// Sources in whose own quotes something is interpolated, and how they go on without it.
    static let inQuotes: [(ScriptSource, String)] = {
        let name = "/system reboot"
        return [
            (":log info \"hello \(name)\"", #":log info "hello /system reboot""#),
            ("\"a \\\" \(name)\"", #""a \" /system reboot""#),
            ("\"a\\\\\" \(name)", #""a\\" "/system reboot""#),
            ("\"\" \(name) \"\(name)\"", #""" "/system reboot" "/system reboot""#),
            ("# say \"\n\(name)", "# say \"\n\"/system reboot\""),
            (":put 1 ; # say \"\n\"\(name)\"", ":put 1 ; # say \"\n\"/system reboot\""),
            (":put a#b \"\(name)\"", #":put a#b "/system reboot""#),
            ("# \(name)\n\(name)", "# \"/system reboot\"\n\"/system reboot\""),
            ("\"\(ScriptSource(trusted: "/quit;\""))\"", #""/quit\3B\22""#),
            ("\"\(ScriptString("x\""))\" \(ScriptString("y"))", #""x\22" "y""#),
            ("\"\(5) \(true)\" \(5) \(true)", #""5 true" 5 true"#),
            ("\(ScriptSource(trusted: "\"a"))\(name)\"", #""a/system reboot""#),
            ("\"\\\(5)\"", #""\\5""#), ("\"\\4\(1)\"", #""\\41""#), ("\"\\41\(1)\"", #""\411""#),
            ("\"$\(name)\"", #""\$/system reboot""#), ("\"$a\("b")c\"", #""$a\62c""#), ("\"$a \("b")\"", #""$a b""#),
            ("\"$[:put \(name)] \(name)\"", #""$[:put "/system reboot"] /system reboot""#),
            ("\"$(\"x\" . [\(name)]) \(name)\"", #""$("x" . ["/system reboot"]) /system reboot""#),
        ]
    }()

    @Test("what is interpolated between quotes continues the string", arguments: inQuotes)
    func continued(script: ScriptSource, text: String) {
        #expect(script.text == text)
    }

    /// What another reader of the language makes of a source in which data stands between two pieces of code.
    private func events(_ before: String, _ data: String, _ after: String) -> [ScriptLexer.Event] {
        var interpolation = ScriptSource.StringInterpolation(literalCapacity: 0, interpolationCount: 1)
        interpolation.appendLiteral(before)
        interpolation.appendInterpolation(data)
        interpolation.appendLiteral(after)
        var lexer = ScriptLexer(ScriptSource(stringInterpolation: interpolation).text.utf8)
        return lexer.events()
    }

    @Test("data is data to another reader of the language, whatever stands around it")
    func property() {
        var generator = SplitMix64(seed: 0x5C82)
        let whole = ["", "a", " ", "\\\"", "\\\\", "\\41", "\\n", "/x ", "#", ";", "$", "$v"]
        let last = whole + ["\\", "\\4"]
        let texts = ["", "x", "41", "/system reboot", "$[/quit]", "\"; /quit; \"", "\\", "\n#\"", "é", "(v)"]
        func pick(_ from: [String]) -> String { from[Int(generator.next() % UInt64(from.count))] }
        var failures: [String] = []
        for _ in 0..<20_000 {
            let isInside = generator.next() % 2 == 0
            let before = isInside ? ":put \"" + pick(whole) + pick(last) : ":put \"x\\\"\""
            let after = isInside ? "e\" \"x\"" : ""
            let data = pick(texts)
            // A byte that nothing else holds shows where the data belongs and that nothing around it changes.
            var marks = 0
            let expected = events(before, "\u{1}", after).map { event in
                guard case .string(let bytes) = event, let mark = bytes.firstIndex(of: 1) else { return event }
                marks += 1
                return .string(bytes[..<mark] + Array(data.utf8) + bytes[(mark + 1)...])
            }
            if marks != 1 || events(before, data, after) != expected { failures.append("\(before)|\(data)") }
        }
        #expect(failures.first == nil)
    }
}
