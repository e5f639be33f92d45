/// One sending back of money, whatever was heard of it and how often.
public struct Refund: Hashable, Sendable {
    /// How far it came.
    public enum Standing: String, Hashable, Sendable, CaseIterable {
        /// Asked for, and nothing heard yet.
        case asked
        /// The money went back, whatever else was heard.
        case paid
        /// The money did not go back; or it is known under our own key as well, and counts there.
        case void
    }

    /// Names it once and for all: `key:` with our own key, or `reference:` with the gateway's where we did not ask.
    public let id: String

    /// How much it is.
    public let amount: Money

    /// How far it came.
    public let standing: Standing
}

extension Payment {
    /// Every refund there is, by ``Refund/id``.
    ///
    /// A key names one refund, so that two with the same words for a reference are two. Where amounts differ the largest
    /// counts, and what was paid counts more than what was asked for.
    public var refunds: [Refund] {
        var asked: [String: Money] = [:]
        var paid: [String: Money] = [:]
        var failed: Set<String> = []
        var ownReferences: Set<String> = []
        func largest(_ amount: Money, _ id: String, _ amounts: inout [String: Money]) {
            amounts[id] = amounts[id].map { $0.minorUnits < amount.minorUnits ? amount : $0 } ?? amount
        }
        for event in events {
            switch event.kind {
            case .refundRequested(let amount, let key): largest(amount, "key:" + key, &asked)
            case .refundFailed(let key): failed.insert("key:" + key)
            case .refunded(let amount, let reference, .some(let key)):
                largest(amount, "key:" + key, &paid)
                ownReferences.insert("reference:" + reference)
            case .refunded(let amount, let reference, .none): largest(amount, "reference:" + reference, &paid)
            case .pending, .settled, .failed, .expired, .cancelled, .chargedBack, .released: break
            }
        }
        return Set(asked.keys).union(paid.keys).sorted().compactMap { id in
            let standing: Refund.Standing =
                if ownReferences.contains(id) { .void } else if paid[id] != nil { .paid } else {
                    failed.contains(id) ? .void : .asked
                }
            return (paid[id] ?? asked[id]).map { Refund(id: id, amount: $0, standing: standing) }
        }
    }

    /// What went back, in the currency of ``captured``.
    public var refunded: Money { refunded(in: captured.currency) }

    /// What was asked to go back, and neither did nor was refused, in the currency of ``captured``.
    public var refundPending: Money { refundPending(in: captured.currency) }

    func refunded(in currency: Currency) -> Money { sum(.paid, in: currency) }

    func refundPending(in currency: Currency) -> Money { sum(.asked, in: currency) }

    private func sum(_ standing: Refund.Standing, in currency: Currency) -> Money {
        total(refunds.filter { $0.standing == standing }.map(\.amount), in: currency)
    }
}
