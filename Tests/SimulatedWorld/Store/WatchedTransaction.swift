import BillingDomain
import BillingPersistence
import Synchronization

/// What one transaction has changed.
final class Journal: Sendable {
    enum Change: Sendable {
        case inserted(RecordTable, [StoreValue])
        case updated(RecordTable, [StoreValue])
        case deleted(RecordTable, [StoreValue])
    }

    private let kept = Mutex<[Change]>([])

    var changes: [Change] { kept.withLock { $0 } }

    /// Whether routers got new work.
    var hasWork: Bool {
        kept.withLock { changes in
            changes.contains { change in
                if case .inserted(let table, _) = change { table.name == OutboxJob.table.name } else { false }
            }
        }
    }

    func note(_ change: Change) { kept.withLock { $0.append(change) } }
}

/// A writing transaction whose clock is the world's and whose changes are written down.
struct WatchedTransaction: StoreTransaction {
    private let inner: any StoreTransaction
    private let now: Timestamp
    private let process: SimulatedProcess
    private let journal: Journal
    private let sabotage: Sabotage?

    init(
        _ inner: any StoreTransaction,
        at now: Timestamp,
        _ process: SimulatedProcess,
        _ journal: Journal,
        _ sabotage: Sabotage?
    ) {
        self.inner = inner
        self.now = now
        self.process = process
        self.journal = journal
        self.sabotage = sabotage
    }

    var scope: StoreScope { inner.scope }
    func clock() throws -> Timestamp? { now }

    func rows(_ query: RowQuery) throws -> [[StoreValue]] {
        guard let sabotage else { return try inner.rows(query) }
        let query = sabotage.query(query, for: process)
        return sabotage.rows(try inner.rows(query), of: query, for: process)
    }

    func count(_ query: RowQuery) throws -> Int { try inner.count(query) }

    func sums(_ query: RowQuery, of columns: [String], by groups: [String]) throws -> [RowSums] {
        try inner.sums(query, of: columns, by: groups)
    }

    func insert(_ rows: [[StoreValue]], into table: RecordTable) throws {
        try inner.insert(rows, into: table)
        for row in rows { journal.note(.inserted(table, row)) }
    }

    func update(_ row: [StoreValue], in table: RecordTable) throws {
        let row = try sabotage?.update(row, in: table, for: process, inner) ?? row
        try inner.update(row, in: table)
        journal.note(.updated(table, row))
        guard let sabotage else { return }
        for other in try sabotage.consequences(of: row, in: table, for: process, inner) {
            try inner.update(other, in: Voucher.table)
            journal.note(.updated(Voucher.table, other))
        }
    }

    func delete(_ query: RowQuery) throws -> Int {
        for row in try inner.rows(query) { journal.note(.deleted(query.table, row)) }
        return try inner.delete(query)
    }
}
