/// A rule of the domain that a value or a move would break.
///
/// The message is written for the person who can mend it and holds no secret.
public struct DomainError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of rule was broken; open, so that new kinds are not a breaking change.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The stable, machine-readable word.
        public let rawValue: String

        /// Creates a code from its stable word.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// A value outside its allowed range or shape.
        public static let invalidValue = Self(rawValue: "invalid-value")
        /// An amount, a duration or a counter that does not fit its 64 bits.
        public static let overflow = Self(rawValue: "overflow")
        /// Two amounts of different currencies in one calculation.
        public static let currencyMismatch = Self(rawValue: "currency-mismatch")
        /// A state machine was asked for a move that its present state does not allow.
        public static let illegalMove = Self(rawValue: "illegal-move")
        /// A ledger entry whose postings do not sum to zero in every currency.
        public static let unbalanced = Self(rawValue: "unbalanced")
        /// A site that no router, or no one router, serves.
        public static let noRouter = Self(rawValue: "no-router")
        /// More money than there is: a balance, a ceiling, or what is left to pay back.
        public static let insufficientFunds = Self(rawValue: "insufficient-funds")
        /// A chain of digests that does not hold: something was changed, removed or put in.
        public static let brokenChain = Self(rawValue: "broken-chain")
    }

    /// The kind of rule that was broken.
    public let code: Code

    /// The name of the offending property, where there is exactly one.
    public let field: String?

    /// What is wrong and what to do about it.
    public let message: String

    /// Creates an error; `field` names the offending property where there is exactly one.
    public init(_ code: Code, field: String? = nil, _ message: String) {
        self.code = code
        self.field = field
        self.message = message
    }

    /// The message, with the field in front where there is one.
    public var description: String { field.map { "\($0): \(message)" } ?? message }
}
