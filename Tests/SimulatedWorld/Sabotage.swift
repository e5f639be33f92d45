import BillingDomain
import BillingPersistence
import RouterOSClient
import RouterOSProtocol

/// A safeguard that is switched off, to show that worlds notice.
package enum Sabotage: String, Sendable, CaseIterable {
    /// Whoever has lost a router may still write down what it did there.
    case ignoreEpoch
    /// Whoever stood still believes that the router is theirs for as long as they did not stand still.
    case noLeaseTrust
    /// What was sent to a router counts as done; nobody looks.
    case trustWrites
    /// A write whose answer was lost is sent again at the next chance, as it was.
    case blindResend
    /// Routers are sent as many commands as there are.
    case noBudget
    /// Nobody knows how much others have sent a router.
    case ownBudgets
    /// However often a connection broke, the next attempt is as large as the one before.
    case noHalving
    /// Routers are looked at when there is word of work, and not otherwise.
    case hintsOnly
    /// A request whose answer was lost is sent again under another name.
    case newKeyOnRetry
    /// A voucher that a router does not show has ended.
    case expireOnAbsence
    /// The vouchers of a router that does not answer have ended.
    case expireOnStatus
    /// Whatever the clock of the machine says is so.
    case trustClock
    /// A commit is answered before it is kept.
    case forgetCommits
    /// Every row that has the name of a voucher is ours.
    case claimForeignRows
    /// The sessions are read once, before the users, and not again after them.
    case staleSessions
    /// What was used is added whenever it is read.
    case countTwice
    /// Whoever is cut off stays on line until they go.
    case keepSessions
    /// An address that is taken away stays on the router.
    case forgetUnset
    /// However much of a router is to be changed, nobody is asked.
    case noMassChangeGuard
}

extension Sabotage {
    // MARK: In the store

    /// What is asked in the place of a query.
    func query(_ query: BillingPersistence.RowQuery, for process: SimulatedProcess) -> BillingPersistence.RowQuery {
        guard self == .noHalving, process.isDaemon, query.table.name == OutboxJob.table.name,
            query.order.first == "urgency"
        else { return query }
        var query = query
        query.limit = Swarm.largestChunk
        return query
    }

    /// What a query answers.
    func rows(_ rows: [[StoreValue]], of query: BillingPersistence.RowQuery, for process: SimulatedProcess)
        -> [[StoreValue]]
    {
        guard self == .ignoreEpoch, process.isDaemon, query.table.name == RouterQueue.table.name,
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
        guard process.isDaemon else { return row }
        switch self {
        case .ignoreEpoch where table.name == RouterQueue.table.name:
            if let owner = table.index(of: "owner"), let epoch = table.index(of: "epoch"), !row[owner].isNull {
                process.note(claim: SimulatedProcess.Claim(owner: row[owner], epoch: row[epoch]), of: row[0])
            }
            return row
        case .ownBudgets where table.name == RouterQueue.table.name:
            var row = row
            if let restedAt = table.index(of: "rested_at") { row[restedAt] = .integer(.min) }
            return row
        case .expireOnAbsence where table.name == Voucher.table.name:
            guard let before = try voucher(row, store), let provisioning = table.index(of: "provisioning"),
                let access = table.index(of: "access"), before[provisioning] == .text("present"),
                row[provisioning] == .text("pending"), row[access] == before[access], row[access] == .text("active")
            else { return row }
            var row = row
            row[access] = .text("expired")
            return row
        case .countTwice where table.name == Voucher.table.name:
            guard let before = try voucher(row, store), let place = table.index(of: "bytes_in"),
                case .integer(let was) = before[place], case .integer(let now) = row[place]
            else { return row }
            var row = row
            row[place] = .integer(now + (now - was))
            return row
        default: return row
        }
    }

    /// What else is written when a row is.
    func consequences(
        of row: [StoreValue],
        in table: RecordTable,
        for process: SimulatedProcess,
        _ store: any StoreReader
    ) throws -> [[StoreValue]] {
        guard self == .expireOnStatus, process.isDaemon, table.name == Router.table.name,
            let status = table.index(of: "status"), row[status] != .text("online"),
            let access = Voucher.table.index(of: "access")
        else { return [] }
        let active = Query(Voucher.Columns.router == (try Router(row: row)).id, Voucher.Columns.access == .active)
        return try store.rows(active.rows(in: store.scope)).map { row in
            var row = row
            row[access] = .text("expired")
            return row
        }
    }

    private func voucher(_ row: [StoreValue], _ store: any StoreReader) throws -> [StoreValue]? {
        try store.rows(
            Query(Field<Voucher, Identifier<Voucher>>("id") == Voucher(row: row).id).rows(in: store.scope)
        )
        .first
    }

    // MARK: On the way to routers

    func commands(
        over connection: SimulatedConnection,
        _ router: Identifier<Router>,
        _ doubts: Doubts
    ) -> any RouterOSCommands {
        switch self {
        case .trustWrites, .claimForeignRows, .staleSessions, .keepSessions, .blindResend, .forgetUnset,
            .noMassChangeGuard:
            SabotagedCommands(connection, self, router, doubts)
        default: connection
        }
    }
}
