/// The fields of a comment of ours.
///
/// What we write has no version: that is the first. A later one keeps the fields of the first where they are, and has a field
/// `v2`, `v3`, … behind them, before what it adds; whoever knows the first alone reads what it knows.
struct CommentFields {
    private let fields: [Substring]

    /// Splits a comment; nil for more than is read.
    init?(_ text: String) {
        fields = text.split(separator: "|", maxSplits: 32, omittingEmptySubsequences: false)
        guard fields.count <= 32 else { return nil }
    }

    /// The first fields; nil where there are fewer, or others behind them that no version announces.
    func first(_ count: Int) -> [Substring]? {
        guard fields.count >= count else { return nil }
        guard fields.count == count || Self.isVersion(fields[count]) else { return nil }
        return Array(fields.prefix(count))
    }

    private static func isVersion(_ field: Substring) -> Bool {
        let digits = field.utf8.dropFirst()
        guard field.utf8.first == UInt8(ascii: "v"), (1...4).contains(digits.count) else { return false }
        return digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            && UInt16(field.dropFirst()) ?? 0 > 1
    }
}
