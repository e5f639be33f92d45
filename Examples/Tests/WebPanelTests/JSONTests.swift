import Foundation
import Glibc
import Testing

@testable import WebPanel

struct JSONTests {
    @Test("Nesting costs nothing and ends at sixteen levels", arguments: [(16, true), (17, false), (1500, false)])
    func nestingIsBounded(_ depth: Int, _ isRead: Bool) throws {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let text = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
            // The least of three: a machine that is shared may count what others took.
            let took =
                (0..<3).map { _ in
                    processorTime { #expect(((try? JSON(Array(text.utf8))) != nil) == isRead) }
                }.min() ?? .zero
            #expect(took < .milliseconds(200))
        }
    }

    @Test func aBodyOfTheLargestSizeIsReadInLinearTime() throws {
        let element = "[[[[{\"a\":[[[[1,\"é\\n\"]]]]}]]]],"
        func time(_ count: Int) -> Duration {
            let bytes = Array(("[" + String(repeating: element, count: count) + "0]").utf8)
            return (0..<3).map { _ in processorTime { #expect((try? JSON(bytes)) != nil) } }.min() ?? .zero
        }
        _ = time(100)
        // Eight times the bytes; a quadratic reader takes 64 times as long.
        #expect(time(16_000) < time(2000) * 30 + .milliseconds(200))
    }

    @Test(
        "What is not strictly JSON is refused",
        arguments: [
            ("", .incomplete), (" ", .incomplete), ("{", .incomplete), ("[1", .incomplete), ("\"a", .incomplete),
            ("tru", .incomplete), ("[1,]", .unexpected), ("{\"a\":1,}", .unexpected), ("[,1]", .unexpected),
            ("{a:1}", .unexpected), ("{\"a\" 1}", .unexpected), ("{1:1}", .unexpected), ("[1 2]", .unexpected),
            ("'a'", .unexpected), ("nul!", .unexpected), ("NaN", .unexpected), ("Infinity", .unexpected),
            ("+1", .unexpected), (".5", .unexpected), ("\u{FEFF}1", .unexpected), ("// a\n1", .unexpected),
            ("\u{A0}1", .unexpected), ("1 2", .trailing), ("{}}", .trailing), ("1\u{0}", .trailing),
            ("01", .badNumber), ("-01", .badNumber), ("-", .badNumber), ("1.", .badNumber),
            ("1.e1", .badNumber), ("1e", .badNumber), ("1e+", .badNumber), ("0x1", .trailing),
            ("{\"a\":1,\"a\":2}", .duplicateKey), ("{\"a\":1,\"\\u0061\":2}", .duplicateKey),
            ("\"\\ud800\"", .badEscape), ("\"\\udc00\"", .badEscape), ("\"\\ud800\\u0041\"", .badEscape),
            ("\"\\ud800x\"", .badEscape), ("\"\\x41\"", .badEscape), ("\"\\u12g4\"", .badEscape),
            ("\"\\u12\"", .badEscape), ("\"a\nb\"", .controlCharacter), ("\"\u{0}\"", .controlCharacter),
            ("1e400", .inexactNumber), ("1e-400", .inexactNumber), ("1e38", .inexactNumber),
            ("1e99999999999999999999", .inexactNumber), ("1" + String(repeating: "0", count: 38), .inexactNumber),
            ("0." + String(repeating: "1", count: 39), .inexactNumber),
        ] as [(String, JSONError.Reason)]
    )
    func otherThanJSONIsRefused(_ text: String, _ reason: JSONError.Reason) {
        #expect { try JSON(Array(text.utf8)) } throws: { ($0 as? JSONError)?.reason == reason }
    }

    @Test(
        arguments: [[0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82]] as [[UInt8]]
    )
    func textsThatAreNotUTF8AreRefused(_ bytes: [UInt8]) {
        #expect { try JSON([0x22] + bytes + [0x22]) } throws: { ($0 as? JSONError)?.reason == .notUTF8 }
    }

    @Test(
        "Numbers are exact",
        arguments: [
            ("0", "0"), ("-0", "0"), ("0e99", "0"), ("1", "1"), ("-1.50", "-1.5"), ("0.1", "0.1"), ("1e3", "1000"),
            ("1E+2", "100"), ("25e-1", "2.5"), ("1e37", "1" + String(repeating: "0", count: 37)),
            ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
            ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
            ("-0.00000000000000000000000000000000000001", "-0.00000000000000000000000000000000000001"),
            ("1234567890123456789.0123456789012345678", "1234567890123456789.0123456789012345678"),
        ]
    )
    func numbersAreExact(_ written: String, _ read: String) throws {
        guard case .number(let number) = try JSON(Array(written.utf8)) else {
            Issue.record("no number")
            return
        }
        #expect(number.description == read)
        #expect(try JSON(JSON.number(number).bytes) == .number(number))
    }

    @Test func escapesMeanWhatTheyStandFor() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00\u0000é😀""#
        #expect(try JSON(Array(text.utf8)) == .text("\"\\/\u{8}\u{C}\n\r\tA\u{E9}\u{1F600}\u{0}\u{E9}\u{1F600}"))
    }

    @Test func whatIsWrittenHasItsMembersInOrderAndNoControlCharacter() throws {
        let value: JSON = ["b": ["/", true, .null], "a": "\u{1}\u{1F}\n\"\\"]
        #expect(String(decoding: value.bytes, as: UTF8.self) == #"{"a":"\u0001\u001f\u000a\"\\","b":["/",true,null]}"#)
    }

    @Test(arguments: UInt64(0)..<40)
    func whatIsWrittenIsReadBack(_ seed: UInt64) throws {
        var random = SeededGenerator(seed)
        for _ in 0..<50 {
            let value = JSON.random(&random, depth: 5)
            #expect(try JSON(value.bytes) == value)
            _ = try JSONSerialization.jsonObject(with: Data(value.bytes), options: .fragmentsAllowed)
        }
    }

    /// Foundation reads what we refuse on purpose: members named twice, deep nesting, numbers it rounds.
    @Test("Random bytes never trap and are JSON for us and for Foundation alike", arguments: UInt64(0)..<40)
    func validityAgreesWithFoundation(_ seed: UInt64) {
        var random = SeededGenerator(seed)
        for _ in 0..<300 {
            var bytes = JSON.random(&random, depth: 3).bytes
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let alphabet = Array("{}[]\",:\\ud8c0/0123456789.eE+-truefalsn \n\t\u{1}\u{E9}x".utf8)
                let byte = alphabet.randomElement(using: &random) ?? 0
                let place = Int.random(in: 0...bytes.count, using: &random)
                if place < bytes.count, Bool.random(using: &random) {
                    bytes[place] = byte
                } else if place < bytes.count, Bool.random(using: &random) {
                    bytes.remove(at: place)
                } else {
                    bytes.insert(byte, at: place)
                }
            }
            let theirs =
                (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
            let text = String(decoding: bytes, as: UTF8.self)
            do throws(JSONError) {
                _ = try JSON(bytes)
                #expect(theirs, "only we read \(text)")
            } catch {
                let isOnPurpose = [.duplicateKey, .inexactNumber, .tooDeep].contains(error.reason)
                #expect(!theirs || isOnPurpose, "only we refuse \(text): \(error.reason)")
            }
        }
    }

    @Test(arguments: UInt64(0)..<20)
    func anyBytesAreReadOrRefused(_ seed: UInt64) {
        var random = SeededGenerator(seed)
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            if let value = try? JSON(bytes) { #expect((try? JSON(value.bytes)) == value) }
        }
    }
}

/// How long this thread itself worked on something, whatever else the machine was doing.
private func processorTime(_ work: () -> Void) -> Duration {
    func now() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
    let start = now()
    work()
    return now() - start
}

/// Numbers that come out the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    // SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension JSON {
    /// Any value, nested no deeper than asked.
    fileprivate static func random(_ random: inout SeededGenerator, depth: Int) -> JSON {
        switch Int.random(in: 0..<(depth == 0 ? 4 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2:
            let digits = Decimal(Int64.random(in: Int64.min + 1 ... .max, using: &random))
            let power = Int.random(in: -19...18, using: &random)
            return .number(Decimal(sign: .plus, exponent: power, significand: digits))
        case 3: return .text(.random(&random))
        case 4:
            return .list((0..<Int.random(in: 0...4, using: &random)).map { _ in .random(&random, depth: depth - 1) })
        default:
            var members: [String: JSON] = [:]
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                members[.random(&random)] = .random(&random, depth: depth - 1)
            }
            return .object(members)
        }
    }
}

extension String {
    fileprivate static func random(_ random: inout SeededGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let ceiling: UInt32 = [0x7F, 0x7FF, 0xFFFF, 0x10_FFFF].randomElement(using: &random) ?? 0x7F
            if let scalar = Unicode.Scalar(UInt32.random(in: 1...ceiling, using: &random)) { text.append(scalar) }
        }
        return String(text)
    }
}
