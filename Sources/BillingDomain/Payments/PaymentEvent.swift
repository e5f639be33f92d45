/// Something that was heard about a payment: a fact, never edited and never taken back.
public struct PaymentEvent: Hashable, Sendable, Codable {
    /// What was heard.
    public enum Kind: Hashable, Sendable, Codable {
        /// The gateway or the bank knows of it, under a reference.
        case pending(reference: String)
        /// Money came in: how much, what the gateway kept of it, and the number of the receipt.
        case settled(amount: Money, fee: Money?, reference: String)
        /// The gateway refused it.
        case failed(reason: String)
        /// The payer did not pay in time.
        case expired
        /// It was called off.
        case cancelled(reason: String)
        /// We asked for money to go back, under a key of ours.
        case refundRequested(amount: Money, key: String)
        /// Money went back: how much, the gateway's reference, and our key where there was one.
        case refunded(amount: Money, reference: String, key: String?)
        /// The gateway refused a refund.
        case refundFailed(key: String)
        /// The payer's bank took money back.
        case chargedBack(amount: Money, reference: String)
        /// Somebody looked, and accepts what came in: so much, and so much of each other currency by its code.
        case released(captured: Money, foreign: [Money], by: String)
    }

    /// What was heard.
    public let kind: Kind

    /// When it happened.
    public let at: Timestamp

    /// Creates an event.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for an amount that is not above zero, a negative
    ///   fee, or a reference, key or reason that is not 1 to 200 bytes; with ``DomainError/Code/currencyMismatch`` for a
    ///   fee of another currency than its amount.
    public init(_ kind: Kind, at instant: Timestamp) throws(DomainError) {
        switch kind {
        case .pending(let text), .failed(let text), .cancelled(let text), .refundFailed(let text):
            try Self.check(text)
        case .expired: break
        case .settled(let amount, let fee, let reference):
            try Self.check(amount)
            try Self.check(reference)
            if let fee {
                _ = try amount - fee
                guard !fee.isNegative else {
                    throw DomainError(.invalidValue, field: "fee", "A fee is not negative.")
                }
            }
        case .refundRequested(let amount, let text), .chargedBack(let amount, let text):
            try Self.check(amount)
            try Self.check(text)
        case .released(let captured, let foreign, let text):
            for amount in [captured] + foreign { try Self.check(amount) }
            try Self.check(text)
        case .refunded(let amount, let reference, let key):
            try Self.check(amount)
            try Self.check(reference)
            if let key { try Self.check(key) }
        }
        self.kind = kind
        at = instant
    }

    private static func check(_ amount: Money) throws(DomainError) {
        guard amount.minorUnits > 0 else {
            throw DomainError(.invalidValue, field: "amount", "Money that moves is more than nothing.")
        }
    }

    private static func check(_ text: String) throws(DomainError) {
        guard (1...200).contains(text.utf8.count) else {
            throw DomainError(.invalidValue, field: "reference", "A reference, a key or a reason has 1 to 200 bytes.")
        }
    }
}

extension PaymentEvent: Comparable {
    /// Orders events by time, and those of one instant in an order of their own that is always the same.
    public static func < (left: PaymentEvent, right: PaymentEvent) -> Bool {
        if left.at != right.at { return left.at < right.at }
        return left.sortingText < right.sortingText
    }

    private var sortingText: String {
        func text(_ parts: (any CustomStringConvertible)?...) -> String {
            parts.map { $0?.description ?? "\u{1}" }.joined(separator: "\u{0}")
        }
        return switch kind {
        case .pending(let reference): text("a", reference)
        case .settled(let amount, let fee, let reference): text("b", reference, amount, fee)
        case .failed(let reason): text("c", reason)
        case .expired: "d"
        case .cancelled(let reason): text("e", reason)
        case .refundRequested(let amount, let key): text("f", key, amount)
        case .refunded(let amount, let reference, let key): text("g", reference, amount, key)
        case .refundFailed(let key): text("h", key)
        case .chargedBack(let amount, let reference): text("i", reference, amount)
        case .released(let captured, let foreign, let by): text("j", by, captured, "\(foreign)")
        }
    }
}
