import Foundation
import RouterOSProtocol
import Testing

@testable import RouterOSTool

@Suite("A row as JSON")
struct JSONLineTests {
    private func line(_ attributes: [(String, [UInt8])], _ encoding: TextEncoding = .windows1252) throws -> String {
        var output: [UInt8] = []
        JSONLine(encoding: encoding).append(try row(attributes), to: &output)
        return try #require(String(validating: output, as: UTF8.self))
    }

    @Test("keeps the order of the attributes, and every value is a string")
    func order() throws {
        let attributes = [(".id", "*1A"), ("name", "A7K2"), ("bytes", "0012"), ("disabled", "false"), ("comment", "")]
        #expect(
            try line(attributes.map { ($0.0, Array($0.1.utf8)) })
                == #"{".id":"*1A","name":"A7K2","bytes":"0012","disabled":"false","comment":""}"# + "\n"
        )
        #expect(try line([]) == "{}\n")
    }

    @Test(
        "escapes what JSON and terminals take for something else",
        arguments: [
            ("say \"hi\"", #"say \"hi\""#), ("a\\b", #"a\\b"#), ("one\r\ntwo\t", #"one\r\ntwo\t"#),
            ("\u{1B}[31m\0", #"\u001b[31m\u0000"#), ("\u{7F}\u{9B}", #"\u007f\u009b"#), ("\u{202E}x", #"\u202ex"#),
            ("a/b = c", "a/b = c"), ("ü 漢 🙂", "ü 漢 🙂"),
        ]
    )
    func escapes(value: String, written: String) throws {
        #expect(try line([("comment", Array(value.utf8))]) == "{\"comment\":\"\(written)\"}\n")
    }

    @Test("reads what is no UTF-8 in the code page that was asked for")
    func codePages() throws {
        let bytes: [UInt8] = [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2]
        #expect(try line([("comment", bytes)], .windows1251) == "{\"comment\":\"Привет\"}\n")
        #expect(try line([("comment", bytes)]) == "{\"comment\":\"Ïðèâåò\"}\n")
        #expect(try line([("comment", [0x81])]) == "{\"comment\":\"\u{FFFD}\"}\n")
    }

    @Test("has a name once, though a peer sends it twice")
    func twice() throws {
        let words = ["!re", "=name=first", "=name=second", "=x=1"]
        let bytes: [UInt8] = words.flatMap { [UInt8(truncatingIfNeeded: $0.utf8.count)] + Array($0.utf8) } + [0]
        var output: [UInt8] = []
        JSONLine(encoding: .windows1252).append(try sentence(bytes), to: &output)
        #expect(String(decoding: output, as: UTF8.self) == "{\"name\":\"first\",\"x\":\"1\"}\n")
    }

    @Test("is read back by a JSON parser, whatever the bytes", arguments: 0..<64)
    func anyBytes(seed: Int) throws {
        var random = SeededNumbers(seed: UInt64(seed))
        let value = (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
        let name = "n" + String(seed)
        let text = try line([(name, value)])
        #expect(text.utf8.filter { $0 == UInt8(ascii: "\n") }.count == 1)
        let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: String]
        #expect(parsed?[name] == TextEncoding.windows1252.decode(value.span).text)
    }

    @Test("of what a command returns has the one name ret")
    func returned() {
        var output: [UInt8] = []
        JSONLine(encoding: .windows1252).append(returned: "*1\"", to: &output)
        #expect(String(decoding: output, as: UTF8.self) == #"{"ret":"*1\""}"# + "\n")
    }
}

/// The same numbers for the same seed.
private struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
