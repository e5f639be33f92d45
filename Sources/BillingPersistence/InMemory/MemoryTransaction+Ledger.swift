import BillingDomain

extension MemoryTransaction {
    func append(ledger entry: LedgerEntry) throws {
        let key = MemoryState.Key(tenant: entry.tenant, name: entry.idempotencyKey)
        let isTaken = state.ledgerKeys.contains(key) || state.ledgerIdentities.contains(entry.id)
        try admit("ledger entry's key", of: entry.tenant, isTaken: isTaken)
        state.ledgerKeys.insert(key)
        state.ledgerIdentities.insert(entry.id)
        state.ledger.append(entry)
    }

    func ledgerEntries(_ page: PageRequest) throws -> Page<LedgerEntry> {
        self.page(state.ledger.reversed().filter { scope.sees($0.tenant) }, page)
    }

    func balances() throws -> [AccountBalance] {
        let tenant = try scope.requireTenant(for: "the ledger")
        var sums: [Account: [Currency: Money]] = [:]
        for posting in state.ledger.filter({ $0.tenant == tenant }).flatMap(\.postings) {
            let currency = posting.amount.currency
            let sum = sums[posting.account]?[currency] ?? .zero(currency)
            sums[posting.account, default: [:]][currency] = try sum + posting.amount
        }
        return sums.keys.sorted().flatMap { account in
            (sums[account] ?? [:]).values
                .sorted { $0.currency.code < $1.currency.code }
                .map { AccountBalance(account: account, balance: $0) }
        }
    }

    func revenue(from start: Timestamp, until end: Timestamp) throws -> [RevenueFigures] {
        let tenant = try scope.requireTenant(for: "revenue")
        var sums = RevenueSums()
        for batch in state.batches.values
        where batch.tenant == tenant && start <= batch.createdAt && batch.createdAt < end {
            sums.expect(batch.quantity, at: batch.terms.price)
        }
        for entry in state.ledger where entry.tenant == tenant && start <= entry.at && entry.at < end {
            for posting in entry.postings {
                sums.book(Int128(posting.amount.minorUnits), posting.amount.currency, to: posting.account)
            }
        }
        return sums.figures
    }
}
