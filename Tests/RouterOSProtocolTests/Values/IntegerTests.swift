import RouterOSProtocol
import TestSupport
import Testing

@Suite("Whole numbers and truth values")
struct IntegerTests {
    @Test("a number is read in the one spelling routers print")
    func reads() {
        #expect(UInt64(routerOS: "18446744073709551615") == .max)
        #expect(Int64(routerOS: "-9223372036854775808") == .min)
        #expect(Int8(routerOS: "-128") == -128)
        #expect(UInt8(routerOS: "255") == 255)
        #expect(Int(routerOS: "0") == 0)
    }

    @Test(
        "anything else is no number, least of all a name with zeros in front",
        arguments: [
            "", "-", "+1", "-0", "00", "00042", "-01", "1 ", " 1", "1_000", "0x1", "1.0", "128", "-129", "１", "1\u{0}",
        ]
    )
    func refuses(text: String) {
        #expect(Int8(routerOS: text) == nil)
    }

    @Test("unsigned types know no sign and overflow is nil", arguments: ["-1", "256", "18446744073709551616"])
    func refusesUnsigned(text: String) {
        #expect(UInt8(routerOS: text) == nil)
    }

    @Test("read back what they write")
    func roundTrip() {
        var generator = SplitMix64(seed: 11)
        for value in Int8.min...Int8.max { expectRoundTrip(value) }
        for shift in 0..<64 {
            expectRoundTrip(UInt64.random(in: 0...UInt64.max, using: &generator) >> shift)
            expectRoundTrip(Int64.random(in: Int64.min...Int64.max, using: &generator) >> shift)
        }
        for value in [Int64.min, .max, 0] { expectRoundTrip(value) }
        for value in [UInt64.min, .max, 10, 99, 100] { expectRoundTrip(value) }
        expectSafe(Int.self)
        expectSafe(UInt16.self)
    }

    @Test("truth is told in two pairs of words and written in one")
    func booleans() {
        #expect(["true", "yes", "false", "no"].map { Bool(routerOS: $0) } == [true, true, false, false])
        #expect(
            ["", "True", "1", "yes ", "ye", "default"].map { Bool(routerOS: $0) } == [nil, nil, nil, nil, nil, nil]
        )
        #expect(true.routerOSText == "yes" && false.routerOSText == "no")
        for value in [true, false] { expectRoundTrip(value) }
        expectSafe(Bool.self)
    }
}
