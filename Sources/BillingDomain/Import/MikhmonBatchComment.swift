/// The comment that mikhmon writes beside a user it generated, until the first login: `vc-345-03.01.26-shop`.
///
/// The number is drawn from 900 and so collides between batches of one day; the whole text names the batch better.
public struct MikhmonBatchComment: Hashable, Sendable {
    /// How the users of a batch sign in.
    public enum Mode: String, Hashable, Sendable, CaseIterable {
        /// The password is the name.
        case voucher = "vc"
        /// The password is separate.
        case userAndPassword = "up"
    }

    /// How the users sign in.
    public let mode: Mode

    /// The batch's number, 100…999.
    public let number: Int

    /// The day of generation by the router's clock.
    public let date: LocalDate

    /// The seller's own words; empty for none.
    public let text: String

    /// Reads a comment.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field `comment`, which says what part is
    ///   wrong.
    public init(_ comment: String) throws(DomainError) {
        let parts = comment.split(separator: "-", maxSplits: 3, omittingEmptySubsequences: false)
        guard let first = parts.first, let mode = Mode(rawValue: String(first)), parts.count >= 3 else {
            throw .unreadable("comment", comment, "a batch comment such as vc-345-03.01.26-shop")
        }
        guard let number = Int(decimalDigits: parts[1].utf8), (100...999).contains(number), parts[1].utf8.count == 3
        else { throw .unreadable("comment", parts[1], "a batch number from 100 to 999") }
        let day = parts[2].utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard day.count == 3, day.allSatisfy({ $0.count == 2 }), let month = Int(decimalDigits: day[0]),
            let dayOfMonth = Int(decimalDigits: day[1]), let year = Int(decimalDigits: day[2]),
            let date = LocalDate(year: 2000 + year, month: month, day: dayOfMonth)
        else { throw .unreadable("comment", parts[2], "a day such as 03.01.26, the month first") }
        self.mode = mode
        self.number = number
        self.date = date
        text = parts.count > 3 ? String(parts[3]) : ""
    }
}
