import BillingDomain
import BillingPersistence
import RouterOSTesting
import Synchronization

/// What one transaction has changed, as far as it is judged as a whole.
struct Commit {
    /// The subjects whose jobs were taken out or put off, and not asked for again.
    var settled: [Identifier<Router>: Set<StoreValue>] = [:]
    /// The subjects that were asked for anew although they were called present.
    var putRight: [Identifier<Router>: Int] = [:]
    var released: [Identifier<Router>] = []
}

extension Watch {
    func committed(_ changes: [Journal.Change], by process: SimulatedProcess) {
        guard !changes.isEmpty else { return }
        log.note("commit", process.name)
        var commit = Commit()
        for change in changes {
            switch change {
            case .inserted(let table, let row): inserted(row, into: table, by: process, &commit)
            case .updated(let table, let row): updated(row, in: table, by: process, &commit)
            case .deleted(let table, let row):
                log.note("delete", table.name, row.first)
                guard process.isDaemon, let job = WatchedJob(table, row) else { continue }
                commit.settled[job.router, default: []].insert(job.subject)
            }
        }
        // What was taken out and not put in anew was settled, which only the holder of the router may do.
        for (router, jobs) in commit.settled.sorted(by: { $0.key < $1.key }) where !jobs.isEmpty {
            requireHolder(of: router, process, "settled work")
        }
        for (router, count) in commit.putRight.sorted(by: { $0.key < $1.key }) { requireQuestion(router, count) }
        for router in commit.released { state.withLock { $0.holders[router] = nil } }
    }

    private func inserted(
        _ row: [StoreValue],
        into table: RecordTable,
        by process: SimulatedProcess,
        _ commit: inout Commit
    ) {
        log.note("insert", table.name, row.first)
        switch table.name {
        case Voucher.table.name: inserted(voucher: row)
        case ServiceAccount.table.name: inserted(service: row)
        case RouterQuestion.table.name: if !process.isDaemon { agreed(row) }
        case OutboxJob.table.name:
            if let job = WatchedJob(table, row) { commit.settled[job.router]?.remove(job.subject) }
        default: break
        }
    }

    private func updated(
        _ row: [StoreValue],
        in table: RecordTable,
        by process: SimulatedProcess,
        _ commit: inout Commit
    ) {
        log.note("update", table.name, row.first)
        switch table.name {
        case Voucher.table.name: updated(voucher: row, by: process, &commit)
        case ServiceAccount.table.name: updated(service: row, by: process)
        case RouterQueue.table.name: commit.released += updated(queue: row, by: process)
        case Router.table.name: updated(router: row, by: process)
        case RouterQuestion.table.name: if !process.isDaemon { agreed(row) }
        case OutboxJob.table.name:
            guard process.isDaemon, let job = WatchedJob(table, row), job.attempts > 0 else { return }
            commit.settled[job.router, default: []].insert(job.subject)
        default: break
        }
    }

    /// How much may be changed on a router at once without asking, in hundredths of a percent, and on the smallest.
    private static let massChange = (limit: 3_000, floor: 20)

    /// Somebody agrees to changes of a router.
    private func agreed(_ row: [StoreValue]) {
        guard case .identity(let high, let low) = row[Self.questionPlaces.router],
            case .integer(let count) = row[Self.questionPlaces.changes]
        else { return }
        state.withLock { $0.agreements[Identifier(high: high, low: low)] = Int(count) }
    }

    private static let questionPlaces = (
        router: RouterQuestion.table.index(of: "router") ?? 0,
        changes: RouterQuestion.table.index(of: "approved_changes") ?? 0
    )

    /// A worker has asked for so many rows to be put right together.
    private func requireQuestion(_ router: Identifier<Router>, _ count: Int) {
        guard count > Self.massChange.floor, let host = hosts[router], !hasLostLately(host, within: .seconds(10)) else {
            return
        }
        let standing = host.use { $0.column("comment", of: RouterHost.users) }
            .count { $0.hasPrefix("VOUCHER_SYSTEM|") }
        guard standing > 0, count * 10_000 > Self.massChange.limit * standing else { return }
        // An answer holds once.
        guard count > state.withLock({ $0.agreements.removeValue(forKey: router) ?? 0 }) else { return }
        violate(.massChangeAsked, "\(count) rows of \(host.name), where \(standing) stand, are changed without asking")
    }
}

/// What is watched of a job.
struct WatchedJob {
    let router: Identifier<Router>
    let subject: StoreValue
    let attempts: Int64

    private static let places = ["router", "voucher", "service_account", "attempts"].map {
        OutboxJob.table.index(of: $0) ?? 0
    }

    init?(_ table: RecordTable, _ row: [StoreValue]) {
        guard table.name == OutboxJob.table.name, case .identity(let high, let low) = row[Self.places[0]] else {
            return nil
        }
        router = Identifier(high: high, low: low)
        subject = row[Self.places[1]].isNull ? row[Self.places[2]] : row[Self.places[1]]
        attempts = if case .integer(let count) = row[Self.places[3]] { count } else { 0 }
    }
}
