import RouterOSProtocol
import RouterOSTesting
import TestSupport
import Testing

@testable import BillingProvisioning

@Suite("The script that tells of logins")
struct LoginScriptTests {
    private static let script = LoginScript(callback: "https://panel.example/hooks/login/00ff")

    private func plan(_ onLogin: String, used: Bool = true, _ script: LoginScript? = script) -> LoginScriptPlan {
        plan(Array(onLogin.utf8), used: used, script)
    }

    private func plan(_ onLogin: [UInt8], used: Bool = true, _ script: LoginScript? = script) -> LoginScriptPlan {
        LoginScriptPlan([.init(id: ItemID("*1"), name: "day", onLogin: onLogin)], used: used ? ["day"] : [], script)
    }

    private static let foreign: [[UInt8]] = [
        [], Array(":log info hello".utf8), Array(":log info hello\n".utf8), Array(":log info hello\r\n\r\n".utf8),
        Array("# only a remark".utf8), Array(":put (\",rem,5000,1d,6000,,Lock,\"); {:local a 5}".utf8),
        [0xFF, 0x00, 0x0A, 0x80], Array("\n".utf8), Array("\\n # END billing".utf8),
    ]

    @Test("is put behind what stands there, which stays byte for byte, and goes without a trace", arguments: foreign)
    func additive(before: [UInt8]) throws {
        let added = try #require(plan(before).changes.first).onLogin
        #expect(added.starts(with: before) && added.count > before.count)
        #expect(added.suffix(Self.script.block.count).elementsEqual(Self.script.block))
        // There already: nothing to do.
        #expect(plan(added) == plan(added, used: true))
        #expect(plan(added).changes.isEmpty && plan(added).refused.isEmpty)
        // Not wanted any more, or the profile is not ours any more.
        for plan in [plan(added, nil), plan(added, used: false)] {
            #expect(plan.changes.map(\.onLogin) == [before])
        }
        #expect(plan(before, nil).changes.isEmpty && plan(before, used: false).changes.isEmpty)
    }

    @Test("is replaced when its address is another, and what was written behind it stays")
    func replaced() throws {
        let old = LoginScript(callback: "http://old.example/hooks/login/11")
        let before = Array(":log info a".utf8)
        let behind = Array("\n:log info b".utf8)
        let added = try #require(plan(before, old).changes.first).onLogin
        let now = try #require(plan(added + behind).changes.first).onLogin
        #expect(now == before + behind + [10] + Self.script.block)
        #expect(plan(now, nil).changes.map(\.onLogin) == [before + behind])
        let edited = String(decoding: added, as: UTF8.self).replacing("65", with: "66")
        #expect(plan(Array(edited.utf8), old).changes.map(\.onLogin) == [added])
        // Of two that somebody copied together, one is left.
        #expect(plan(added + [10] + old.block, old).changes.map(\.onLogin) == [added])
    }

    @Test("is known again by an editor's line ends")
    func lineEnds() throws {
        let added = try #require(plan(":log info a").changes.first).onLogin
        let edited = String(decoding: added, as: UTF8.self).replacing("\n", with: "\r\n")
        #expect(plan(edited).changes.isEmpty)
        #expect(plan(edited, nil).changes.map(\.onLogin) == [Array(":log info a".utf8)])
    }

    @Test(
        "is left alone where it is damaged, and put nowhere where it would do harm",
        arguments: [
            "# BEGIN billing login callback v1\n:log info", "# END billing login callback",
            "# BEGIN billing login callback v1\n# BEGIN billing login callback v1\n# END billing login callback",
            ":put 1 \\", ":put 1 \\\r\n", String(repeating: "# long\n", count: 5_000),
        ]
    )
    func refused(onLogin: String) {
        #expect(plan(onLogin).changes.isEmpty)
        #expect(plan(onLogin).refused == ["day"])
    }

    @Test("keeps an address as data, whatever is in it")
    func quoted() throws {
        var dice = SplitMix64(seed: 4)
        let nasty = [
            "\"", "\\", "$(", "$[/quit]", "$u", "\r\n", "\n# END billing login callback", "; /system reboot", "}", "{",
            "é", "?", "\u{0}", "#", "\\\"", "\\24", "a", "0", "/",
        ]
        let shape = MiniLexer(Self.script.block).shape
        #expect(shape.isWhole)
        for _ in 0..<3_000 {
            let text = (0..<Int.random(in: 0...12, using: &dice)).map { _ in nasty.randomElement(using: &dice) ?? "" }
                .joined()
            let block = LoginScript(callback: text).block
            let read = MiniLexer(block).shape
            // The same code with other data: as many strings, the same words, and nothing open at the end.
            #expect(read.code == shape.code, "\(text.debugDescription)")
            let inner = try #require(read.strings.first { $0.starts(with: Array("/tool fetch".utf8)) })
            let told = MiniLexer(inner).shape
            #expect(told.isWhole && told.strings.contains(Array(text.utf8)), "\(text.debugDescription)")
            #expect(LoginScriptPlan([.init(id: ItemID("*1"), name: "a", onLogin: block)], used: [], nil).refused == [])
        }
    }
}

/// As much of the scripting language as tells code from data: strings with their escapes, remarks and brackets.
private struct MiniLexer {
    struct Shape: Hashable {
        /// What is no data, with `""` for each string.
        var code: [UInt8] = []
        /// What the strings stand for.
        var strings: [[UInt8]] = []
        /// Whether every string and bracket was closed.
        var isWhole = true
    }

    private let source: [UInt8]

    init(_ source: [UInt8]) { self.source = source }

    var shape: Shape {
        var shape = Shape()
        var open: [UInt8] = []
        var isLineStart = true
        var index = 0
        while index < source.count {
            let byte = source[index]
            index += 1
            if byte == UInt8(ascii: "#"), isLineStart {
                while index < source.count, source[index] != 10 { index += 1 }
                continue
            }
            isLineStart = byte == 10 || (isLineStart && byte == 32)
            if byte == UInt8(ascii: "\"") {
                guard let string = string(&index) else {
                    shape.isWhole = false
                    return shape
                }
                shape.strings.append(string)
                shape.code += Array("\"\"".utf8)
                continue
            }
            shape.code.append(byte)
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open.append(byte)
            case UInt8(ascii: ")"): shape.isWhole = shape.isWhole && open.popLast() == UInt8(ascii: "(")
            case UInt8(ascii: "]"): shape.isWhole = shape.isWhole && open.popLast() == UInt8(ascii: "[")
            case UInt8(ascii: "}"): shape.isWhole = shape.isWhole && open.popLast() == UInt8(ascii: "{")
            default: break
            }
        }
        shape.isWhole = shape.isWhole && open.isEmpty
        return shape
    }

    /// A string whose first quote was read; nil when it has no end, or would compute something.
    private func string(_ index: inout Int) -> [UInt8]? {
        var string: [UInt8] = []
        while index < source.count {
            let byte = source[index]
            index += 1
            switch byte {
            case UInt8(ascii: "\""): return string
            case UInt8(ascii: "$"): return nil
            case UInt8(ascii: "\\"):
                guard index < source.count else { return nil }
                let next = source[index]
                if next == UInt8(ascii: "?") {
                    string.append(next)
                    index += 1
                    continue
                }
                guard index + 1 < source.count,
                    let value = UInt8(String(decoding: source[index...(index + 1)], as: UTF8.self), radix: 16)
                else { return nil }
                string.append(value)
                index += 2
            default: string.append(byte)
            }
        }
        return nil
    }
}
