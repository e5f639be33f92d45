import BillingDomain
import BillingPersistence

extension Change {
    /// Writes one movement of money into the books; what is free moves nothing.
    @discardableResult
    func book(_ cause: String, key: String, _ postings: [Posting]) throws -> LedgerEntry? {
        let postings = try PostingRecipe.tidy(postings)
        guard !postings.isEmpty else { return nil }
        let entry = try LedgerEntry(
            id: identifier(),
            tenant: tenant,
            at: now,
            cause: cause,
            idempotencyKey: key,
            actor: actor,
            postings: postings
        )
        try store.append(ledger: entry)
        return entry
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
