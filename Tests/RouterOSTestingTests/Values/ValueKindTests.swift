import Testing

@testable import RouterOSTesting

struct ValueKindTests {
    @Test(arguments: [
        ("duration", "10800", "3h"), ("duration", "3h", "3h"), ("duration", "24h", "1d"),
        ("duration", "9d", "1w2d"), ("duration", "1d 00:00:00", "1d"), ("duration", "4d10:20:30", "4d10h20m30s"),
        ("duration", "00:00:00.200", "200ms"), ("duration", "0", "0s"), ("flag", "yes", "true"),
        ("flag", "false", "false"), ("integer", "007", "7"),
        ("integer", "18446744073709551615", "18446744073709551615"),
        ("address", "10.5.050.2", "10.5.50.2"), ("mac", "aa.bb.cc.dd.ee.0f", "AA:BB:CC:DD:EE:0F"),
        ("date", "2025-02-17", "2025-02-17"), ("none|duration", "none", "none"),
        ("none|duration", "120", "2m"), ("text", "any thing", "any thing"), ("bytes", "2G", "2147483648"),
        ("rate/rate", "2M", "2000000/2000000"),
        ("a|b...", "b,a", "b,a"), ("prefix", "010.0.0.0/8", "10.0.0.0/8"), ("time", "7:05", "07:05:00"),
        ("unlimited|1..8", "unlimited", "unlimited"),
    ])
    func valuesAreWrittenBackAsARouterDoes(kind: Substring, input: String, output: String) {
        #expect(ValueKind(kind)?.canonical(WireText(input))?.description == output)
    }

    @Test(arguments: [
        ("duration", "soon"), ("duration", ""), ("duration", "3x"), ("duration", "99999999999999999999"),
        ("flag", "1"), ("integer", ""), ("integer", "-1"), ("integer", "1k"), ("1..8", "9"), ("1..8", "0"),
        ("bytes", "17179869184G"), ("rate/rate", "1M/2M/3M"),
        ("a|b...", "a,c"), ("prefix", "10.0.0.0/33"), ("time", "24:00:00"), ("integer", "18446744073709551616"),
        ("address", "10.0.0"), ("address", "10.0.0.256"), ("address", "10.0.0.0/8"), ("address", "1.2.3.4."),
        ("mac", "AA:BB:CC:DD:EE"), ("mac", "AA:BB:CC:DD:EE:GG"), ("date", "2025-13-01"),
        ("date", "2025-02-17 25:00:00"), ("all", "one"), ("none|duration", "never"),
    ])
    func whatIsNoneOfItsKindIsRefused(kind: Substring, input: String) {
        #expect(ValueKind(kind) != nil)
        #expect(ValueKind(kind)?.canonical(WireText(input)) == nil)
    }

    @Test(arguments: [
        ("integer", "9", "10"), ("duration", "59m", "1h"), ("duration", "90", "2m"),
        ("address", "10.0.0.9", "10.0.0.10"), ("date", "2025-02-17", "2025-02-17 00:00:01"),
        ("date", "dec/31/2024 23:59:59", "2025-01-01"), ("text", "10", "9"), ("text", "", "a"),
    ])
    func kindsWithASizeCompareByIt(name: Substring, small: String, large: String) throws {
        let kind = try #require(ValueKind(name))
        #expect(kind.isLess(WireText(small), than: WireText(large)))
        #expect(!kind.isLess(WireText(large), than: WireText(small)))
        #expect(!kind.isLess(WireText(small), than: WireText(small)))
    }

    @Test(arguments: UInt64(1)...5)
    func whatWasWrittenBackIsWrittenBackTheSame(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let letters = Array("0123456789smhdwu:. -/".utf8)
        let kinds = ["duration", "integer", "address", "mac", "flag", "date", "bytes", "rate/rate", "prefix"].compactMap
        { ValueKind($0) }
        for _ in 0..<5_000 {
            let text = WireText(
                (0..<Int.random(in: 1...12, using: &random)).compactMap { _ in
                    letters.randomElement(using: &random)
                }
            )
            for kind in kinds {
                guard let canonical = kind.canonical(text) else { continue }
                #expect(kind.canonical(canonical) == canonical, "\(text)")
            }
        }
    }
}
