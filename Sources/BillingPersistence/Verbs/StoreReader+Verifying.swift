import BillingDomain

/// Whether the books are as they were written.
extension StoreReader {
    /// Reads the ledger and the audit trail of every tenant in scope from the beginning, and says where the first line is
    /// that has been changed, put in or taken out, or whose postings do not sum to zero; `nil` if there is none.
    ///
    /// Lines that were cut off at the end leave no trace here: a digest kept elsewhere shows those. Memory does not grow
    /// with the length of the books, time does.
    ///
    /// - Throws: ``PersistenceError`` with ``PersistenceError/Code/corrupt`` for a line that cannot even be read.
    public func verifyBooks() throws -> BookFault? {
        for tenant in try tenants() {
            if let fault = try verifyLedger(of: tenant.id) ?? verifyAudit(of: tenant.id) { return fault }
        }
        return nil
    }

    private func verifyLedger(of tenant: Identifier<Tenant>) throws -> BookFault? {
        var chain = BookChain(tenant: tenant, book: .ledger)
        let lines = Query(Field<LedgerRow, Identifier<Tenant>>("tenant") == tenant)
            .sorted(by: LedgerRow.Columns.position)
        return try firstFault(lines) { rows in
            let ids = rows.map(\.id)
            let ofEntries = Query(PostingRow.Columns.entry.isOne(of: ids))
            let postings = try records(ofEntries.sorted(by: PostingRow.Columns.line))
            let byEntry = Dictionary(grouping: postings, by: \.entry)
            for row in rows {
                guard let entry = try? row.entry(postings: (byEntry[row.id] ?? []).map(\.posting)) else {
                    return chain.fault(.unbalanced, at: row.position)
                }
                if let fault = try chain.add(entry.canonicalBytes, at: row.position, row.digest) { return fault }
            }
            return nil
        }
    }

    private func verifyAudit(of tenant: Identifier<Tenant>) throws -> BookFault? {
        var chain = BookChain(tenant: tenant, book: .audit)
        let lines = Query(Field<AuditRow, Identifier<Tenant>>("tenant") == tenant)
            .sorted(by: AuditRow.Columns.position)
        return try firstFault(lines) { rows in
            for row in rows {
                if let fault = try chain.add(row.entry.canonicalBytes, at: row.position, row.digest) { return fault }
            }
            return nil
        }
    }

    /// Hands out what a query means in handfuls, until a fault is found in one.
    private func firstFault<Record: StoredRecord>(
        _ query: Query<Record>,
        in handful: ([Record]) throws -> BookFault?
    ) throws -> BookFault? {
        var place: PageCursor?
        repeat {
            let page = try page(query, PageRequest(after: place, size: 500))
            if let fault = try handful(page.items) { return fault }
            place = page.next
        } while place != nil
        return nil
    }
}

extension BillingStore {
    /// Verifies the books of every tenant in a scope, on one snapshot; see ``StoreReader/verifyBooks()``.
    public func verifyBooks(_ scope: StoreScope = .system) async throws -> BookFault? {
        try await read(scope) { try $0.verifyBooks() }
    }
}

/// The chain of a tenant's book as far as it has been followed.
private struct BookChain {
    let tenant: Identifier<Tenant>
    let book: BookFault.Book
    private var last: ChainLink?

    init(tenant: Identifier<Tenant>, book: BookFault.Book) {
        self.tenant = tenant
        self.book = book
    }

    func fault(_ kind: BookFault.Kind, at position: Int64) -> BookFault {
        BookFault(tenant: tenant, book: book, position: position, kind: kind)
    }

    /// Goes on to the next line; says what is wrong with it.
    mutating func add(_ bytes: [UInt8], at place: Int64, _ kept: [UInt8]) throws -> BookFault? {
        guard place == (last?.position ?? 0) + 1 else { return fault(.gap, at: (last?.position ?? 0) + 1) }
        do {
            last = try HashChain.verified(place, kept, after: last, of: bytes)
            return nil
        } catch let error as DomainError where error.code == .brokenChain {
            return fault(.broken, at: place)
        }
    }
}
