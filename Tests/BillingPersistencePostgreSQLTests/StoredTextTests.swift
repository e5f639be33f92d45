import Testing

@testable import BillingPersistencePostgreSQL

@Suite("PostgreSQL: text")
struct StoredTextTests {
    private let texts = [
        "", "a", "\u{0}", "\u{1}", "\u{0}\u{1}", "\u{1}\u{0}", "a\u{0}", "a\u{1}b", "\u{2}", "é", "\u{10FFFE}",
    ]

    @Test func everyTextIsReadBackAndNoneHoldsAZero() {
        for text in texts {
            let bytes = StoredText.encode(text)
            #expect(!bytes.contains(0))
            #expect(bytes.withUnsafeBytes { StoredText.decode($0) } == text)
        }
    }

    @Test func theOrderOfBytesStays() {
        let sorted = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        #expect(sorted == texts.sorted { StoredText.encode($0).lexicographicallyPrecedes(StoredText.encode($1)) })
    }

    @Test(arguments: [[1], [1, 2], [0xFF], [1, 0xF4, 0x8F, 0xBF]])
    func whatCouldNotHaveBeenWrittenIsRefused(bytes: [UInt8]) {
        #expect(bytes.withUnsafeBytes { StoredText.decode($0) } == nil)
    }
}
