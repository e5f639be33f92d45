public import BillingDomain

/// The books and the audit trail.
extension StoreReader {
    /// The balance of every account and currency, by account and then currency.
    ///
    /// *Tenant scope.*
    public func balances() throws -> [AccountBalance] {
        _ = try scope.requireTenant(for: "the ledger")
        return try sums(Query<PostingRow>(), of: ["amount"], by: ["account", "currency"]).map { sums in
            let currency = try Currency(storeValue: sums.group[1])
            guard let units = sums.sums.first.flatMap({ Int64(exactly: $0) }) else {
                throw DomainError(.overflow, "A balance in \(currency.code) does not fit in 64 bits of minor units.")
            }
            return AccountBalance(
                account: try Account(storeValue: sums.group[0]),
                balance: Money(minorUnits: units, currency: currency)
            )
        }
    }

    /// The balance of one account in one currency.
    ///
    /// *Tenant scope.*
    public func balance(of account: Account, in currency: Currency) throws -> Money {
        _ = try scope.requireTenant(for: "the ledger")
        let query = Query(PostingRow.Columns.account == account, Field<PostingRow, Currency>("currency") == currency)
        guard let units = Int64(exactly: try sums(query, of: ["amount"]).first?.sums.first ?? 0) else {
            throw DomainError(.overflow, "The balance in \(currency.code) does not fit in 64 bits of minor units.")
        }
        return Money(minorUnits: units, currency: currency)
    }

    /// Ledger entries, newest first.
    public func ledgerEntries(_ page: PageRequest) throws -> Page<LedgerEntry> {
        let order = Query<LedgerRow>().sorted(byDescending: LedgerRow.Columns.position)
        let rows = try self.page(scope.tenant == nil ? order.sortedByIdentity(descending: true) : order, page)
        return Page(items: try entries(rows.items), total: rows.total, next: rows.next)
    }

    /// The ledger entry of a movement of money; `nil` if it never took place.
    ///
    /// *Tenant scope.*
    public func ledgerEntry(key: String) throws -> LedgerEntry? {
        _ = try scope.requireTenant(for: "the ledger")
        return try entries(records(Query(LedgerRow.Columns.idempotencyKey == key))).first
    }

    /// A ledger entry by its identity.
    public func ledgerEntry(_ id: Identifier<LedgerEntry>) throws -> LedgerEntry? {
        try find(Identifier<LedgerRow>(high: id.high, low: id.low)).map { try entries([$0])[0] }
    }

    /// What was expected, received and earned in `start ≤ t < end`, by currency.
    ///
    /// *Tenant scope.*
    ///
    /// A sum that does not fit 64 bits is cut, as ``RevenueFigures`` says, so that it takes no other figure away.
    public func revenue(from start: Timestamp, until end: Timestamp) throws -> [RevenueFigures] {
        _ = try scope.requireTenant(for: "revenue")
        var figures = RevenueSums()
        let batches = Query(VoucherBatch.Columns.createdAt >= start, VoucherBatch.Columns.createdAt < end)
        for batch in try sums(batches, of: ["face_value"], by: ["currency"]) {
            figures.expect(batch.sums[0], try Currency(storeValue: batch.group[0]))
        }
        let postings = Query(
            PostingRow.Columns.at >= start,
            PostingRow.Columns.at < end,
            PostingRow.Columns.family.isOne(of: RevenueSums.families)
        )
        for posting in try sums(postings, of: ["amount"], by: ["account", "currency"]) {
            figures.book(
                posting.sums[0],
                try Currency(storeValue: posting.group[1]),
                to: try Account(storeValue: posting.group[0])
            )
        }
        return figures.figures
    }

    /// The audit trail, newest first.
    public func audit(_ page: PageRequest) throws -> Page<AuditEntry> {
        let order = Query<AuditRow>().sorted(byDescending: AuditRow.Columns.position)
        return try self.page(scope.tenant == nil ? order.sortedByIdentity(descending: true) : order, page).map(\.entry)
    }

    /// The entries of rows with their postings, in the order of the rows.
    func entries(_ rows: [LedgerRow]) throws -> [LedgerEntry] {
        let ids = rows.map(\.id)
        let postings: [PostingRow] = try stride(from: 0, to: ids.count, by: 500).flatMap { start in
            let some = ids[start..<min(start + 500, ids.count)]
            return try records(Query(PostingRow.Columns.entry.isOne(of: some)).sorted(by: PostingRow.Columns.line))
        }
        let byEntry = Dictionary(grouping: postings, by: \.entry)
        return try rows.map { try $0.entry(postings: (byEntry[$0.id] ?? []).map(\.posting)) }
    }
}

extension StoreTransaction {
    /// Adds an entry to the books; its key must be new to the tenant, or ``PersistenceError/Code/duplicate``.
    public func append(ledger entry: LedgerEntry) throws { try append(ledger: [entry]) }

    /// Adds entries of one tenant to the books, in their order; the key of each must be new to the tenant, or
    /// ``PersistenceError/Code/duplicate``.
    public func append(ledger entries: [LedgerEntry]) throws {
        guard let tenant = entries.first?.tenant else { return }
        let last = try first(
            Query(Field<LedgerRow, Identifier<Tenant>>("tenant") == tenant)
                .sorted(byDescending: LedgerRow.Columns.position)
        )
        var end = last.map { ($0.position, $0.digest) }
        var rows: [LedgerRow] = []
        var postings: [PostingRow] = []
        for entry in entries {
            let link = try HashChain.link(after: end, of: entry.canonicalBytes)
            end = (link.position, link.digest)
            let row = LedgerRow(entry, position: link.position, digest: link.digest)
            rows.append(row)
            postings += entry.postings.enumerated().map { PostingRow($1, line: $0, of: row) }
        }
        try insert(rows)
        try insert(postings)
    }

    /// Adds a line to the audit trail.
    public func append(audit entry: AuditEntry) throws {
        let last = try first(
            Query(Field<AuditRow, Identifier<Tenant>>("tenant") == entry.tenant).sorted(
                byDescending: AuditRow.Columns.position
            )
        )
        let link = try HashChain.link(after: last.map { ($0.position, $0.digest) }, of: entry.canonicalBytes)
        try insert(AuditRow(entry, position: link.position, digest: link.digest))
    }
}
