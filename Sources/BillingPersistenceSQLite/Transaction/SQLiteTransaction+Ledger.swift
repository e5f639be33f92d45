import BillingDomain
import BillingPersistence

extension SQLiteTransaction {
    func append(ledger entry: LedgerEntry) throws {
        try scope.requireSight(of: entry.tenant, for: "ledger entry")
        try db.atomically {
            try db.run(
                "INSERT INTO ledger_entry (id, tenant, at, cause, idempotency_key, actor) VALUES (?, ?, ?, ?, ?, ?)",
                entry.id,
                entry.tenant,
                entry.at,
                entry.cause,
                entry.idempotencyKey,
                entry.actor
            )
            for (line, posting) in entry.postings.enumerated() {
                try db.run(
                    """
                    INSERT INTO ledger_posting (entry, line, account, amount, currency)
                    VALUES ((SELECT max(position) FROM ledger_entry), ?, ?, ?, ?)
                    """,
                    line,
                    posting.account,
                    posting.amount.minorUnits,
                    posting.amount.currency
                )
            }
        }
    }

    func ledgerEntries(_ page: PageRequest) throws -> Page<LedgerEntry> {
        let rows: Page<LedgerRow> = try self.page(page, where: sight(), [scope.tenant], order: "position DESC")
        return Page(items: try rows.items.map { try $0.entry(postings: postings(of: $0.position)) }, total: rows.total)
    }

    func balances() throws -> [AccountBalance] {
        try db.rows(
            """
            SELECT account, sum(amount), currency FROM ledger_entry JOIN ledger_posting ON entry = position
            WHERE tenant = ? GROUP BY account, currency ORDER BY account, currency
            """,
            [try scope.requireTenant(for: "the ledger")]
        ) { row in
            AccountBalance(
                account: try row(),
                balance: Money(minorUnits: try row(), currency: try row())
            )
        }
    }

    func revenue(from start: Timestamp, until end: Timestamp) throws -> [RevenueFigures] {
        let tenant = try scope.requireTenant(for: "revenue")
        var sums = RevenueSums()
        // SQLite's own sum() fails where 64 bits do not hold it, so each side of it is kept below.
        let batches = try db.rows(
            """
            SELECT quantity, count(*), price, currency FROM voucher_batch
            WHERE tenant = ? AND created_at >= ? AND created_at < ? GROUP BY currency, price, quantity
            """,
            [tenant, start, end]
        ) { row in
            (
                quantity: try row() as Int, count: try row() as Int,
                price: Money(minorUnits: try row(), currency: try row())
            )
        }
        for batch in batches { sums.expect(batch.quantity, at: batch.price, batches: batch.count) }
        let postings = try db.rows(
            """
            SELECT account, sum(amount >> 32), sum(amount & 4294967295), currency
            FROM ledger_entry JOIN ledger_posting ON entry = position
            WHERE tenant = ? AND at >= ? AND at < ? AND (substr(account, 1, length(?)) = ? OR account = ?)
            GROUP BY account, currency
            """,
            [tenant, start, end, Account.cashPrefix, Account.cashPrefix, Account.voucherRevenue]
        ) { row in
            (
                account: try row() as Account, high: try row() as Int64, low: try row() as Int64,
                currency: try row() as Currency
            )
        }
        for posting in postings {
            sums.book(Int128(posting.high) << 32 + Int128(posting.low), posting.currency, to: posting.account)
        }
        return sums.figures
    }

    private func postings(of position: Int64) throws -> [Posting] {
        try db.rows(
            "SELECT account, amount, currency FROM ledger_posting WHERE entry = ? ORDER BY line",
            [position]
        ) { row in
            Posting(account: try row(), amount: Money(minorUnits: try row(), currency: try row()))
        }
    }
}

/// A ledger entry before its postings have been read.
private struct LedgerRow: Selectable, Sendable {
    static let table = "ledger_entry"
    static let columns = "position, id, tenant, at, cause, idempotency_key, actor"

    var position: Int64
    var id: Identifier<LedgerEntry>
    var tenant: Identifier<Tenant>
    var at: Timestamp
    var cause: String
    var idempotencyKey: String
    var actor: BillingDomain.Actor

    init(row: inout Row) throws {
        position = try row()
        id = try row()
        tenant = try row()
        at = try row()
        cause = try row()
        idempotencyKey = try row()
        actor = try row()
    }

    func entry(postings: [Posting]) throws -> LedgerEntry {
        try LedgerEntry(
            id: id,
            tenant: tenant,
            at: at,
            cause: cause,
            idempotencyKey: idempotencyKey,
            actor: actor,
            postings: postings
        )
    }
}
