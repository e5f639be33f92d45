extension Payment {
    /// Where it stands, computed from its events.
    ///
    /// Once money came in, the first of these that holds: something about it is not resolved (`quarantined`); some was charged
    /// back (`chargedBack`); all of it was given back (`refunded`), or some (`partlyRefunded`); `settled`. Before, the last word
    /// counts: it was cancelled, failed or expired; it is pending; it is initiated. No event takes money back out of the books
    /// that came in.
    public var status: PaymentStatus {
        let receipts = receipts
        guard !receipts.isEmpty else { return statusWithoutMoney }
        if !discrepancies.isEmpty { return .quarantined }
        let returns = received.map { (received: $0, refunded: refunded(in: $0.currency)) }
        if received.contains(where: { chargedBack(in: $0.currency).minorUnits > 0 }) { return .chargedBack }
        if returns.allSatisfy({ $0.refunded.minorUnits >= $0.received.minorUnits }) { return .refunded }
        return returns.contains { $0.refunded.minorUnits > 0 } ? .partlyRefunded : .settled
    }

    /// What came in, in the currency that came in: that of the payment, or of the first receipt if none is in it.
    public var captured: Money {
        let amounts = receipts.map(\.amount)
        let currency = amounts.contains { $0.currency == amount.currency } ? amount.currency : amounts.first?.currency
        return total(amounts, in: currency ?? amount.currency)
    }

    /// What came in in other currencies than ``captured``: once released it is credit of the payer.
    public var foreign: [Money] {
        let foreign = receipts.map(\.amount).filter { $0.currency != captured.currency }
        return Set(foreign.map(\.currency)).sorted { $0.code < $1.code }.map { total(foreign, in: $0) }
    }

    /// What came in of each currency, that of ``captured`` first.
    private var received: [Money] { [captured] + foreign }

    /// What the gateway kept of it.
    public var fee: Money { total(receipts.compactMap(\.fee), in: captured.currency) }

    /// When the last of the money came in; `nil` while there is none.
    public var settledAt: Timestamp? { receipts.map(\.at).max() }

    /// What the payer's bank took back.
    public var chargedBack: Money { chargedBack(in: captured.currency) }

    private func chargedBack(in currency: Currency) -> Money { total(chargebacks, in: currency) }

    /// What was taken back, each reference once.
    private var chargebacks: [Money] {
        var amounts: [String: Money] = [:]
        for case .chargedBack(let amount, let reference) in kinds where amounts[reference] == nil {
            amounts[reference] = amount
        }
        return Array(amounts.values)
    }

    /// How many units came in of a currency.
    private func came(in currency: Currency) -> Int64 { received.first { $0.currency == currency }?.minorUnits ?? 0 }

    /// What may still be asked to go back in a currency: never more than came in.
    public func refundable(in currency: Currency) -> Money {
        let gone = [refunded(in: currency), chargedBack(in: currency), refundPending(in: currency)]
        let left = gone.reduce(came(in: currency)) { $0.saturatingSubtracting($1.minorUnits) }
        return Money(minorUnits: max(0, left), currency: currency)
    }

    /// Why what came in cannot simply be counted, unless somebody released just that, in every currency.
    public var discrepancies: Set<PaymentDiscrepancy> {
        var found: Set<PaymentDiscrepancy> = []
        let receipts = receipts
        guard !receipts.isEmpty else { return found }
        let captured = captured
        if receipts.contains(where: { $0.amount.currency != amount.currency }) { found.insert(.currency) }
        if captured.currency == amount.currency, captured != amount { found.insert(.amount) }
        if receipts.contains(where: \.isContradicted) { found.insert(.receipt) }
        let foreign = foreign
        let isReleased = kinds.contains { kind in
            if case .released(captured, foreign, _) = kind { true } else { false }
        }
        if isReleased { found = [] }
        let returned = refunds.filter { $0.standing == .paid }.map(\.amount.currency)
        let isOver = Set(returned).contains { refunded(in: $0).minorUnits > came(in: $0) }
        let isForeign = chargebacks.contains { came(in: $0.currency) == 0 }
        if isOver || isForeign { found.insert(.overRefunded) }
        return found
    }

    /// Whether what came in waits for somebody to look at it; what went back beyond it does not hold it up.
    public var awaitsRelease: Bool { !discrepancies.subtracting([.overRefunded]).isEmpty }

    /// Whether money came in after it had been given up.
    public var isLate: Bool { !receipts.isEmpty && ![.initiated, .pending].contains(statusWithoutMoney) }

    private struct Receipt {
        let reference: String
        var amount: Money
        var fee: Money?
        var at: Timestamp
        var isContradicted = false
    }

    private var kinds: [PaymentEvent.Kind] { events.map(\.kind) }

    /// One for every receipt number: the smallest amount named for it, the largest fee, the earliest time.
    private var receipts: [Receipt] {
        var receipts: [String: Receipt] = [:]
        for event in events {
            guard case .settled(let amount, let fee, let reference) = event.kind else { continue }
            guard var known = receipts[reference] else {
                receipts[reference] = Receipt(reference: reference, amount: amount, fee: fee, at: event.at)
                continue
            }
            if known.amount != amount { known.isContradicted = true }
            if known.amount.currency == amount.currency, amount.minorUnits < known.amount.minorUnits {
                known.amount = amount
            }
            if let fee, fee.minorUnits > known.fee?.minorUnits ?? -1 { known.fee = fee }
            receipts[reference] = known
        }
        return receipts.values.sorted { ($0.at, $0.reference) < ($1.at, $1.reference) }
    }

    private var statusWithoutMoney: PaymentStatus {
        var status = PaymentStatus.initiated
        func rank(_ status: PaymentStatus) -> Int {
            switch status {
            case .cancelled: 4
            case .failed: 3
            case .expired: 2
            case .pending: 1
            default: 0
            }
        }
        for kind in kinds {
            let next: PaymentStatus =
                switch kind {
                case .cancelled: .cancelled
                case .failed: .failed
                case .expired: .expired
                case .pending, .refunded, .chargedBack: .pending
                case .settled, .refundRequested, .refundFailed, .released: .initiated
                }
            if rank(next) > rank(status) { status = next }
        }
        return status
    }

    func total(_ amounts: [Money], in currency: Currency) -> Money {
        let units = amounts.filter { $0.currency == currency }.reduce(Int64(0)) { $0.saturatingAdding($1.minorUnits) }
        return Money(minorUnits: units, currency: currency)
    }
}
