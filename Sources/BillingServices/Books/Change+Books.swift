import BillingDomain
import BillingPersistence

extension Change {
    /// The one way into the books: enters a movement of money, as of now or an instant before, which `key` names once and
    /// for all.
    ///
    /// What is free moves nothing. Refuses what would spend more than somebody has paid in, what would make an agent owe
    /// more than their ceiling, and cash in a drawer without an open shift. Cash is entered as it is handed over, in coins.
    @discardableResult
    func book(
        _ cause: String,
        key: String,
        _ postings: [Posting],
        at instant: Timestamp? = nil
    ) throws -> LedgerEntry? {
        let postings = try Self.isCounted(cause) ? PostingRecipe.tidy(postings) : inCoins(postings)
        guard !postings.isEmpty else { return nil }
        let entry = try LedgerEntry(
            id: identifier(),
            tenant: tenant,
            at: instant ?? now,
            cause: cause,
            idempotencyKey: key,
            actor: actor,
            postings: postings
        )
        try enter(entry)
        return entry
    }

    /// Takes an entry back, wholly and once.
    func reverse(_ entry: LedgerEntry) throws {
        try enter(entry.reversal(id: identifier(), at: now, actor: actor))
    }

    private func enter(_ entry: LedgerEntry) throws {
        for posting in entry.postings {
            try requireCover(for: posting, cause: entry.cause)
            // What the opening, the hand-overs and the end of a shift move is not taken or paid in it.
            if !entry.cause.hasPrefix("shift:") { try requireOpenDrawer(for: posting) }
        }
        try store.append(ledger: entry)
    }

    /// The same postings with cash as it is handed over, rounded as the tenant has chosen.
    private func inCoins(_ postings: [Posting]) throws -> [Posting] {
        let cash = postings.contains { $0.account.isCash && !$0.amount.isMultiple(ofStep: $0.amount.currency.cashStep) }
        return try PostingRecipe.inCoins(postings, cash ? cashRounding() : .none)
    }

    private func cashRounding() throws -> CashRounding {
        CashRounding(rawValue: try store.settings()[.cashRounding]) ?? .none
    }

    /// Refuses cash that coins cannot make, where the tenant counts in coins: for an amount that somebody chooses, so that
    /// nobody gives or gets another one than is entered.
    func requireCoins(for amount: Money, field: String) throws {
        let step = Money(minorUnits: amount.currency.cashStep, currency: amount.currency)
        guard try amount.isMultiple(ofStep: step.minorUnits) || cashRounding() == .none else {
            throw BillingError.invalid(field, "In cash it is a multiple of \(step). Choose another amount.")
        }
    }

    /// Whether an entry says what was counted or typed in, which is exact already.
    private static func isCounted(_ cause: String) -> Bool {
        ["shift:", LedgerService.prefix].contains { cause.hasPrefix($0) }
    }

    private func requireCover(for posting: Posting, cause: String) throws {
        let account = posting.account
        if let agent = account.agent {
            return try require(AgentService.find(agent, in: store), toBear: posting, cause: cause)
        }
        guard account.refusesOverdraft, posting.amount.minorUnits > 0 else { return }
        let after = try store.balance(of: account, in: posting.amount.currency) + posting.amount
        guard after.minorUnits <= 0 else {
            throw BillingError(.conflict, field: "payment", "The balance is too low: \(after) is missing.")
        }
    }

    /// An agent has one account, in the currency of the house.
    private func require(_ agent: Agent, toBear posting: Posting, cause: String) throws {
        guard let currency = try store.tenant(tenant)?.currency, posting.amount.currency == currency else {
            throw BillingError(.conflict, field: "payment", "Agents' accounts are in the house's own currency alone.")
        }
        // What is paid back to them was found to be theirs, and is no stock.
        guard posting.amount.minorUnits > 0, cause != AgentService.payoutCause(agent.id) else { return }
        try agent.checkStock(posting.amount, balance: store.balance(of: posting.account, in: currency))
    }

    /// Cash lies in a drawer while its shift is open, and at no other time.
    private func requireOpenDrawer(for posting: Posting) throws {
        guard let cashier = posting.account.cashier else { return }
        guard let shift = try store.unfinishedShift(of: cashier, in: posting.amount.currency) else {
            throw BillingError(
                .conflict,
                field: "payment",
                "This drawer has no open shift. Open one, or choose the safe."
            )
        }
        guard shift.state == .open else {
            throw BillingError(
                .conflict,
                field: "payment",
                "The drawer was counted. End the shift, or give the count up first."
            )
        }
        guard posting.amount.isNegative else { return }
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
    /// Balance and debit are one transaction, and writers of a tenant take turns: nobody spends what another has just spent.
    func spend(_ amount: Money, of customer: Identifier<Customer>) throws -> [Posting] {
        var wallet = try store.wallet(of: customer, in: amount.currency)
        let parts = try wallet.spend(amount)
        return [
            .debit(.customerBalance(customer), parts.paid), .debit(.customerGrant(customer), parts.granted),
        ]
    }
}
