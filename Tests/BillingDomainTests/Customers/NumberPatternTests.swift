import BillingDomain
import TestSupport
import Testing

@Suite("A pattern of numbers and names")
struct NumberPatternTests {
    private let day = LocalDate(year: 2026, month: 3, day: 1) ?? .earliest

    @Test(arguments: [
        ("WIFI-{0000}", Int64(7), "WIFI-0007"), ("WIFI-{0000}", 12_345, "WIFI-12345"),
        ("{YYYY}/{MM}-{0}", 3, "2026/03-3"),
        ("C{YY}{000}", 42, "C26042"), ("plain", 1, "plain"), ("{00}", .max, "9223372036854775807"), ("{00}", -3, "-03"),
    ])
    func placesAreFilled(pattern: String, number: Int64, text: String) throws {
        var random = SplitMix64(seed: 1)
        let read = try #require(NumberPattern(pattern))
        #expect(read.text(number: number, on: day, using: &random) == text)
        #expect(read.description == pattern)
    }

    @Test func randomPlacesUseNoSignsThatAreMistakenForEachOther() throws {
        var random = SplitMix64(seed: 3)
        let pattern = try #require(NumberPattern("{****}-{##}{??}"))
        #expect(pattern.possibilities == 30 * 30 * 30 * 30 * 8 * 8 * 22 * 22)
        var texts: Set<String> = []
        for _ in 0..<2000 {
            let text = pattern.text(number: 1, on: day, using: &random)
            #expect(text.utf8.count == 9)
            #expect(!text.contains { "01iloq".contains($0) })
            texts.insert(text)
        }
        #expect(texts.count == 2000)
        #expect(NumberPattern("{" + String(repeating: "*", count: 40) + "}")?.possibilities == .max)
    }

    @Test(arguments: [
        "", "{", "}", "{}", "{0x}", "{00}{00}", "a}b", "{DD}", "a\n", "{0", String(repeating: "x", count: 65),
    ])
    func aPatternWithAnUnknownPlaceIsRefused(text: String) {
        #expect(NumberPattern(text) == nil)
    }
}
