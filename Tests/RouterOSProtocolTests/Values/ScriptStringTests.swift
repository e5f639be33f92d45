import Foundation
import RouterOSProtocol
import TestSupport
import Testing

@Suite("Script strings")
struct ScriptStringTests {
    @Test(
        "are written so that nothing in them is special",
        arguments: [
            ("", #""""#), ("plain_09 a-b.c/d:e,f@g", #""plain_09 a-b.c/d:e,f@g""#),
            ("\"; /system reset", #""\22\3B /system reset""#),
            ("$[/quit]", #""\24\5B/quit\5D""#), ("a\\b", #""a\5Cb""#), ("x\r\n\t", #""x\0D\0A\09""#),
            ("é", #""\C3\A9""#),
            ("\u{0}", #""\00""#), ("?", #""\3F""#), ("{}", #""\7B\7D""#),
        ]
    )
    func writes(text: String, literal: String) {
        #expect(ScriptString(text).routerOSText == literal)
        expectRoundTrip(ScriptString(text))
    }

    @Test("are read with every escape of the manual")
    func reads() {
        let literal = #""\"\\\n\r\t\$\?\_\a\b\f\v\48\FF é""#
        let bytes: [UInt8] = [0x22, 0x5C, 10, 13, 9, 0x24, 0x3F, 0x20, 7, 8, 12, 11, 0x48, 0xFF, 0x20, 0xC3, 0xA9]
        #expect(ScriptString(routerOS: literal)?.bytes == bytes)
        var lexer = ScriptLexer(literal.utf8)
        #expect(lexer.events() == [.string(bytes)])
    }

    @Test(
        "are not read when they would do something, or are none",
        arguments: [
            "", "\"", "a", "\"a", "a\"", #""a"b""#, #""$a""#, #""$[a]""#, #""$(a)""#, #""$""#, #""\""#, #""\4""#,
            #""\4""a"#, #""\q""#,
            #""\aF\fF\xx""#, #""\4a""#, "\"a\\\nb\"", #""a" "#,
        ]
    )
    func refuses(text: String) {
        #expect(ScriptString(routerOS: text) == nil)
    }

    @Test("any bytes are safe to read")
    func safe() {
        expectSafe(ScriptString.self)
    }

    /// How many random strings to try; the default is small enough for every run.
    static let count = Int(ProcessInfo.processInfo.environment["ROUTEROS_SCRIPT_STRINGS"] ?? "") ?? 20_000

    @Test("survive another reader of the language, whatever they hold, and do nothing there")
    func survives() {
        var generator = SplitMix64(seed: 0x5C81)
        let nasty = ["\"", "$[", "$(", "$x", "\\", "\n", "\r\n", "\u{0}", "}", ";", "]", "\\\"", "#", "?", "\\FF"].map {
            Array($0.utf8)
        }
        var failures = 0
        for _ in 0..<Self.count {
            var bytes: [UInt8] = []
            for _ in 0..<Int(generator.next() % 12) {
                let dice = generator.next()
                switch dice % 4 {
                case 0: bytes += nasty[Int((dice >> 8) % UInt64(nasty.count))]
                case 1: bytes.append(0xFF)
                case 2: bytes.append(0x30 + UInt8(truncatingIfNeeded: (dice >> 8) % 0x4A))
                default: bytes.append(UInt8(truncatingIfNeeded: dice >> 8))
                }
            }
            let string = ScriptString(bytes: bytes)
            var source: [UInt8] = []
            string.writeRouterOS(to: &source)
            var lexer = ScriptLexer(source)
            // Counted rather than expected one by one, which for millions would take longer than the work.
            if lexer.events() != [.string(bytes)] || ScriptString(routerOS: source.span) != string { failures += 1 }
        }
        #expect(failures == 0, "of \(Self.count)")
    }
}
