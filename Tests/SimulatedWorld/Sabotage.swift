import BillingDomain
import BillingPersistence
import RouterOSClient
import RouterOSProtocol
import Synchronization

/// A safeguard that is switched off, to show that worlds notice.
package enum Sabotage: String, Sendable, CaseIterable {
    /// Whoever has lost a router may still write down what it did there.
    case ignoreEpoch
    /// What was sent to a router counts as done; nobody looks.
    case trustWrites
    /// A request whose answer was lost is sent again under another name.
    case newKeyOnRetry
    /// A voucher that a router does not show has ended.
    case expireOnAbsence
    /// Whatever the clock of the machine says is so.
    case trustClock
    /// A commit is answered before it is kept.
    case forgetCommits
    /// Every row that has the name of a voucher is ours.
    case claimForeignRows
    /// The sessions are read once, before the users, and not again after them.
    case staleSessions
    /// Whoever is cut off stays on line until they go.
    case keepSessions
}

extension Sabotage {
    // MARK: In the store

    /// What a query answers.
    func rows(_ rows: [[StoreValue]], of query: BillingPersistence.RowQuery, for process: SimulatedProcess)
        -> [[StoreValue]]
    {
        guard self == .ignoreEpoch, process.isDaemon, query.table == RouterQueue.table,
            query.tests.contains(where: { if case .compare("id", .equal, _) = $0 { true } else { false } })
        else { return rows }
        return rows.map { row in
            guard let claim = process.claim(of: row[0]) else { return row }
            var row = row
            if let owner = query.table.index(of: "owner") { row[owner] = claim.owner }
            if let epoch = query.table.index(of: "epoch") { row[epoch] = claim.epoch }
            return row
        }
    }

    /// What is written in the place of a row.
    func update(
        _ row: [StoreValue],
        in table: RecordTable,
        for process: SimulatedProcess,
        _ store: any StoreReader
    ) throws -> [StoreValue] {
        switch self {
        case .ignoreEpoch where table == RouterQueue.table && process.isDaemon:
            if let owner = table.index(of: "owner"), let epoch = table.index(of: "epoch"), !row[owner].isNull {
                process.note(claim: SimulatedProcess.Claim(owner: row[owner], epoch: row[epoch]), of: row[0])
            }
            return row
        case .expireOnAbsence where table == Voucher.table && process.isDaemon:
            let before = try store.rows(
                Query(Field<Voucher, Identifier<Voucher>>("id") == Voucher(row: row).id).rows(in: store.scope)
            )
            guard let before = before.first, let provisioning = table.index(of: "provisioning"),
                let access = table.index(of: "access"), before[provisioning] == .text("present"),
                row[provisioning] == .text("pending"), row[access] == before[access], row[access] == .text("active")
            else { return row }
            var row = row
            row[access] = .text("expired")
            return row
        default: return row
        }
    }

    // MARK: On the way to routers

    func commands(over connection: SimulatedConnection) -> any RouterOSCommands {
        switch self {
        case .trustWrites, .claimForeignRows, .staleSessions, .keepSessions: SabotagedCommands(connection, self)
        default: connection
        }
    }
}
