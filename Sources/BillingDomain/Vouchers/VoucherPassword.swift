/// A password that belongs to a voucher's code.
///
/// A secret: it never shows in a description, a dump or an interpolation; ask for ``value`` to write or print it.
public struct VoucherPassword: Hashable, Sendable {
    /// The password itself.
    public let value: String

    /// Creates a password of 1 to 64 printable ASCII characters without blanks.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for anything else; the message does not hold it.
    public init(_ value: String) throws(DomainError) {
        guard (1...64).contains(value.utf8.count), value.utf8.allSatisfy({ (33...126).contains($0) }) else {
            throw DomainError(
                .invalidValue,
                field: "password",
                "A voucher's password has 1 to 64 of the letters A–Z, digits and signs, without blanks."
            )
        }
        self.value = value
    }
}

extension VoucherPassword: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The word `redacted`.
    public var description: String { "redacted" }

    /// The word `redacted`.
    public var debugDescription: String { description }

    /// Nothing but the word `redacted`.
    public var customMirror: Mirror { Mirror(self, children: ["value": description]) }
}
