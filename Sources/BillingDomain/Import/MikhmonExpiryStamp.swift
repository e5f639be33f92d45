/// The end of use that mikhmon writes into a user's comment at the first login, by the router's clock.
///
/// `mar/01/2026 07:30:00 shop` on RouterOS 6, `2026-03-01 07:30:00 shop` on RouterOS 7 with its forks.
public struct MikhmonExpiryStamp: Hashable, Sendable {
    /// How the day is written.
    public enum Dialect: String, Hashable, Sendable, CaseIterable {
        /// `mar/01/2026`.
        case monthName = "month-name"
        /// `2026-03-01`.
        case iso
    }

    /// How the day was written.
    public let dialect: Dialect

    /// When use ends, by the router's clock.
    public let end: LocalDateTime

    /// What follows; empty for nothing.
    public let text: String

    /// Reads a comment.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field `comment`.
    public init(_ comment: String) throws(DomainError) {
        let words = comment.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2, words[1].utf8.count == 8, let time = LocalTime(String(words[1])) else {
            throw .unreadable("comment", comment, "an end such as mar/01/2026 07:30:00 or 2026-03-01 07:30:00")
        }
        guard let (date, dialect) = MikhmonDate.read(words[0]) else {
            throw .unreadable("comment", words[0], "a day such as mar/01/2026 or 2026-03-01")
        }
        self.dialect = dialect
        end = LocalDateTime(date, time)
        text = words.count > 2 ? String(words[2]) : ""
    }
}

/// A day as mikhmon takes it from a router.
enum MikhmonDate {
    static func read(_ text: some StringProtocol) -> (LocalDate, MikhmonExpiryStamp.Dialect)? {
        let text = String(text)
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count > 1 else {
            return text.utf8.count == 10 ? LocalDate(text).map { ($0, .iso) } : nil
        }
        guard parts.count == 3, parts[0].count == 3, parts[1].count == 2, parts[2].count == 4,
            let month = month(String(decoding: parts[0], as: UTF8.self)),
            let day = Int(decimalDigits: parts[1]), let year = Int(decimalDigits: parts[2]),
            let date = LocalDate(year: year, month: month, day: day)
        else { return nil }
        return (date, .monthName)
    }

    /// The number of a month named by its first three letters, in any case.
    static func month(_ name: String) -> Int? {
        let names = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
        return names.firstIndex(of: name.asciiUppercased).map { $0 + 1 }
    }
}
