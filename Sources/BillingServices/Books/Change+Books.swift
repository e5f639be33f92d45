import BillingDomain
import BillingPersistence

extension Change {
    /// The one way into the books: enters a movement of money, as of now or an instant before, which `key` names once and
    /// for all.
    ///
    /// What is free moves nothing. Refuses what would spend more than somebody has paid in, what would make an agent owe
    /// more than their ceiling, and cash in a drawer that is shut. Cash is entered as it is handed over, in coins.
    @discardableResult
    func book(
        _ cause: String,
        key: String,
        _ postings: [Posting],
        at instant: Timestamp? = nil
    ) throws -> LedgerEntry? {
        let postings = try Self.isCounted(cause) ? PostingRecipe.tidy(postings) : inCoins(postings)
        guard !postings.isEmpty else { return nil }
        for posting in postings {
            try requireCover(for: posting)
            // What the opening, the hand-overs and the end of a shift move is not taken or paid in it.
            if !cause.hasPrefix("shift:") { try requireOpenDrawer(for: posting) }
        }
        let entry = try LedgerEntry(
            id: identifier(),
            tenant: tenant,
            at: instant ?? now,
            cause: cause,
            idempotencyKey: key,
            actor: actor,
            postings: postings
        )
        try store.append(ledger: entry)
        return entry
    }

    /// The same postings with cash as it is handed over, rounded as the tenant has chosen.
    private func inCoins(_ postings: [Posting]) throws -> [Posting] {
        let cash = postings.contains { $0.account.isCash && !$0.amount.isMultiple(ofStep: $0.amount.currency.cashStep) }
        let rounding = try cash ? CashRounding(rawValue: settings()[.cashRounding]) ?? .none : .none
        return try PostingRecipe.inCoins(postings, rounding)
    }

    /// Whether an entry says what was counted or typed in, which is exact already.
    private static func isCounted(_ cause: String) -> Bool {
        ["shift:", LedgerService.prefix, LedgerEntry.reversalPrefix].contains { cause.hasPrefix($0) }
    }

    private func requireCover(for posting: Posting) throws {
        let account = posting.account
        guard account.refusesOverdraft || account.agent != nil, posting.amount.minorUnits > 0 else { return }
        let balance = try store.balance(of: account, in: posting.amount.currency)
        if let agent = account.agent {
            try AgentService.find(agent, in: store).checkStock(posting.amount, balance: balance)
        } else if case let after = try balance + posting.amount, after.minorUnits > 0 {
            throw BillingError(.conflict, field: "payment", "The balance is too low: \(after) is missing.")
        }
    }

    private func requireOpenDrawer(for posting: Posting) throws {
        guard let cashier = posting.account.cashier else { return }
        let shift = try store.unfinishedShift(of: cashier, in: posting.amount.currency)
        guard shift?.state != .counted else {
            throw BillingError(
                .conflict,
                field: "payment",
                "The drawer was counted. End the shift, or give the count up first."
            )
        }
        guard try shift != nil || !settings()[.cashNeedsShift] else {
            throw BillingError(.conflict, field: "payment", "Open a shift before cash is taken or paid.")
        }
        guard let shift, posting.amount.isNegative else { return }
        // More than there is would leave a shift that cannot be counted.
        var drawer = shift
        for movement in try store.unrecordedCash(of: shift) { try drawer.record(movement) }
        let held = try drawer.expected()
        guard try !(held + posting.amount).isNegative else {
            throw BillingError(
                .conflict,
                field: "payment",
                "The drawer holds \(held). Bring cash in, or pay another way."
            )
        }
    }

    /// Takes back what was booked under a key; harmless if nothing was.
    func reverse(key: String) throws {
        guard let entry = try store.ledgerEntry(key: key) else { return }
        try store.append(ledger: entry.reversal(id: identifier(), at: now, actor: actor))
    }

    /// Gives the next number to a document, in the transaction that makes it.
    func number(_ kind: DocumentKind, on date: LocalDate) throws -> DocumentNumber {
        var series = try store.series(kind) ?? newSeries(kind)
        // A clock that was put back must not stop the shop: numbers run on from the latest day.
        let number = try series.take(on: max(date, series.lastDate ?? date))
        try store.update(series)
        return number
    }

    func newSeries(_ kind: DocumentKind) throws -> DocumentSeries {
        guard let pattern = NumberPattern(kind.standardPattern) else {
            throw BillingError(.unavailable, "The standard pattern of numbers cannot be read; report this fault.")
        }
        let series = try DocumentSeries(id: identifier(), tenant: tenant, kind: kind, pattern: pattern)
        try store.insert(series)
        return series
    }
}

extension DocumentKind {
    fileprivate var standardPattern: String {
        switch self {
        case .invoice: "INV-{00000}"
        case .creditNote: "CN-{00000}"
        case .receipt: "RCP-{00000}"
        }
    }
}

extension StoreReader {
    /// The count of one kind of document, kept from other writers.
    func series(_ kind: DocumentKind) throws -> DocumentSeries? {
        try first(Query(DocumentSeries.Columns.kind == kind).locked())
    }

    /// A customer's prepaid balance in one currency.
    func wallet(of customer: Identifier<Customer>, in currency: Currency) throws -> WalletBalance {
        try WalletBalance(
            paid: balance(of: .customerBalance(customer), in: currency).negated(),
            granted: balance(of: .customerGrant(customer), in: currency).negated()
        )
    }

    /// The records of the given identity, or the error that says there is none here.
    @discardableResult
    func require<Record: StoredRecord>(_ id: Identifier<Record>, _ kind: String, locked: Bool = false) throws -> Record
    {
        guard let record = try find(id, locked: locked) else { throw BillingError.notFound(kind, field: kind) }
        return record
    }
}

extension Change {
    /// Takes an amount from a balance, given credit first; nothing is taken unless all of it is there.
    ///
    /// Balance and debit are one serialisable transaction, so that nobody spends what another has just spent.
    func spend(_ amount: Money, of customer: Identifier<Customer>) throws -> [Posting] {
        var wallet = try store.wallet(of: customer, in: amount.currency)
        let parts = try wallet.spend(amount)
        return [
            .debit(.customerBalance(customer), parts.paid), .debit(.customerGrant(customer), parts.granted),
        ]
    }
}
