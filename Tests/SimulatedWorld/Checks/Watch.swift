import BillingDomain
import BillingPersistence
import RouterOSProtocol
import RouterOSTesting
import Synchronization

/// Looks at every commit as it happens and finds what must never be.
final class Watch: Sendable {
    private struct Holder {
        let process: String
        let epoch: Int64
    }

    private struct State {
        var vouchers: [Identifier<Voucher>: Voucher] = [:]
        /// The vouchers in the order in which they were made.
        var order: [Identifier<Voucher>] = []
        var codes: [String: Identifier<Voucher>] = [:]
        var holders: [Identifier<Router>: Holder] = [:]
        /// What really happened to the voucher of a code.
        var truth: [String: Truth] = [:]
        /// When a router last lost rows, by its name.
        var losses: [String: Duration] = [:]
        var violation: String?
    }

    /// What customers really did with a voucher.
    struct Truth {
        var firstLogin: Timestamp?
        var bytes: Int64 = 0
        /// Whether use was forgotten by a router.
        var isPartlyForgotten = false
    }

    let log: EventLog
    let milestones: Milestones
    private let executor: SeededExecutor
    private let slack: Duration
    private let hosts: [Identifier<Router>: RouterHost]
    private let state = Mutex(State())

    /// A look at what is committed; clocks may be wrong by `slack` without being doubted.
    init(
        _ executor: SeededExecutor,
        _ log: EventLog,
        _ milestones: Milestones,
        _ hosts: [Identifier<Router>: RouterHost],
        slack: Duration
    ) {
        self.hosts = hosts
        self.executor = executor
        self.log = log
        self.milestones = milestones
        self.slack = slack
    }

    /// What is wrong, once something is.
    var violation: String? { state.withLock { $0.violation } }

    /// The vouchers as they were committed last, in the order in which they were made.
    var vouchers: [Voucher] { state.withLock { state in state.order.compactMap { state.vouchers[$0] } } }

    func isCode(_ name: String) -> Bool { state.withLock { $0.codes[name] != nil } }

    func voucher(_ code: String) -> Voucher? {
        state.withLock { state in state.codes[code].flatMap { state.vouchers[$0] } }
    }

    /// The name of a router's host.
    func host(of router: Identifier<Router>) -> String? { hosts[router]?.name }

    func truth(of code: String) -> Truth { state.withLock { $0.truth[code] ?? Truth() } }

    func violate(_ what: String) {
        let isFirst = state.withLock { state in
            defer { state.violation = state.violation ?? what }
            return state.violation == nil
        }
        if isFirst { log.note("violation", what) }
    }

    // MARK: What really happens

    func loggedIn(_ code: String) {
        let now = SimulatedProcess.beginning + executor.now
        state.withLock { state in
            let first = state.truth[code]?.firstLogin ?? now
            state.truth[code, default: Truth()].firstLogin = first
        }
    }

    func used(_ bytes: Int64, of code: String) {
        state.withLock { $0.truth[code, default: Truth()].bytes += bytes }
    }

    /// A router has lost rows, or what sessions had used.
    func lost(on host: String, _ codes: [String]) {
        let now = executor.now
        state.withLock { state in
            state.losses[host] = now
            for code in codes { state.truth[code, default: Truth()].isPartlyForgotten = true }
        }
    }

    // MARK: Commits

    func committed(_ changes: [Journal.Change], by process: SimulatedProcess) {
        guard !changes.isEmpty else { return }
        log.note("commit", process.name)
        var removed: [Identifier<Router>: Set<StoreValue>] = [:]
        var released: [Identifier<Router>] = []
        for change in changes {
            switch change {
            case .inserted(let table, let row):
                note("insert", table, row)
                if table == Voucher.table { inserted(row) }
                if let job = Job(table, row) { removed[job.router]?.remove(job.subject) }
            case .updated(let table, let row):
                note("update", table, row)
                if table == Voucher.table { updated(row, by: process) }
                if table == RouterQueue.table { released += queueUpdated(row, by: process) }
                if process.isDaemon, let job = Job(table, row), job.attempts > 0 {
                    removed[job.router, default: []].insert(job.subject)
                }
            case .deleted(let table, let row):
                note("delete", table, row)
                if process.isDaemon, let job = Job(table, row) {
                    removed[job.router, default: []].insert(job.subject)
                }
            }
        }
        // What was taken out and not put in anew was settled, which only the holder of the router may do.
        for (router, jobs) in removed where !jobs.isEmpty { requireHolder(of: router, process, "settled work") }
        for router in released { state.withLock { $0.holders[router] = nil } }
    }

    private func note(_ kind: StaticString, _ table: RecordTable, _ row: [StoreValue]) {
        log.note(kind, "\(table.name) \(row.first.map { "\($0)" } ?? "")")
    }

    private func inserted(_ row: [StoreValue]) {
        guard let voucher = try? Voucher(row: row) else { return violate("a voucher cannot be read") }
        let isNew = state.withLock { state in
            state.vouchers[voucher.id] = voucher
            state.order.append(voucher.id)
            return state.codes.updateValue(voucher.id, forKey: voucher.code) == nil
        }
        if !isNew { violate("the code \(voucher.code) was made twice") }
    }

    private func updated(_ row: [StoreValue], by process: SimulatedProcess) {
        guard let voucher = try? Voucher(row: row) else { return violate("a voucher cannot be read") }
        let known = state.withLock { $0.vouchers.updateValue(voucher, forKey: voucher.id) }
        guard let before = known else { return violate("a voucher was changed that was never made") }
        check(voucher, before: before, by: process)
    }

    private func queueUpdated(_ row: [StoreValue], by process: SimulatedProcess) -> [Identifier<Router>] {
        guard process.isDaemon, let queue = try? RouterQueue(row: row) else { return [] }
        let holder = state.withLock { $0.holders[queue.router] }
        if queue.owner != nil, queue.epoch > holder?.epoch ?? 0 {
            if let holder, holder.process != process.name { milestones.reach(.takeover) }
            state.withLock { $0.holders[queue.router] = Holder(process: process.name, epoch: queue.epoch) }
        } else if queue.owner == nil, let holder {
            guard holder.process == process.name else {
                violate("\(process.name) gave back a router that \(holder.process) holds")
                return []
            }
            return [queue.router]
        }
        return []
    }

    private func requireHolder(of router: Identifier<Router>, _ process: SimulatedProcess, _ what: String) {
        let holder = state.withLock { $0.holders[router] }
        guard holder?.process == process.name else {
            return violate("\(process.name) \(what) of a router that \(holder?.process ?? "nobody") holds")
        }
    }
}

extension Watch {
    /// What may become of a voucher, and what never.
    private func check(_ voucher: Voucher, before: Voucher, by process: SimulatedProcess) {
        let now = SimulatedProcess.beginning + executor.now
        let truth = truth(of: voucher.code)
        if !Self.mayBecome(voucher, before) {
            violate("\(voucher.code) went from \(before.access) to \(voucher.access)")
        }
        if before.activatedAt == nil, let first = voucher.activatedAt {
            milestones.reach(.firstUse)
            guard let login = truth.firstLogin else { return violate("\(voucher.code) began without a login") }
            // A router counts whole seconds.
            if first < login - .seconds(2) - slack { violate("\(voucher.code) began at \(first), before \(login)") }
            if first > now + slack { violate("\(voucher.code) began at \(first), after now, \(now)") }
        }
        if before.access != .expired, voucher.access == .expired, voucher.activatedAt != nil {
            milestones.reach(.expiry)
            if let end = voucher.expiresAt, end > now + slack {
                violate("\(voucher.code) expired at \(now) although it is valid until \(end)")
            }
        }
        if voucher.activatedAt == nil, voucher.access == .expired, voucher.activateBy.map({ $0 > now + slack }) ?? true
        {
            violate("\(voucher.code) expired unused")
        }
        if voucher.access == .depleted, before.access != .depleted { milestones.reach(.depletion) }
        if voucher.usage.bytesTotal > truth.bytes {
            violate("\(voucher.code) was charged \(voucher.usage.bytesTotal) bytes and used \(truth.bytes)")
        }
        let totals = (voucher.usage.totals, before.usage.totals)
        if totals.0.uptime < totals.1.uptime || totals.0.bytesIn < totals.1.bytesIn {
            violate("\(voucher.code) was used less than before")
        }
        if process.isDaemon, before.provisioning == .present, voucher.provisioning == .pending,
            voucher.access == before.access, voucher.expiresAt == before.expiresAt
        {
            milestones.reach(.putBack)
        }
        if voucher.provisioning == .present, before.provisioning != .present,
            let host = hosts[voucher.router], !hasLostLately(host),
            host.use({ $0.values([], ofName: voucher.code, in: RouterHost.users) }) == nil
        {
            violate("\(voucher.code) is called present by \(process.name) and is not on its router")
        }
    }

    /// Whether rows that were there when they were read back may be gone by now.
    private func hasLostLately(_ host: RouterHost) -> Bool {
        let loss = state.withLock { $0.losses[host.name] }
        return loss.map { executor.now - $0 < .seconds(150) } ?? false
    }

    private static func mayBecome(_ voucher: Voucher, _ before: Voucher) -> Bool {
        guard voucher.access != before.access else { return true }
        switch (before.access, voucher.access) {
        case (.revoked, _): return false
        case (.unused, .depleted): return voucher.activatedAt != nil
        case (.active, .unused): return false
        case (.expired, .active), (.expired, .unused), (.depleted, .active), (.depleted, .unused):
            return voucher.extensionCount > before.extensionCount
        case (.expired, .depleted), (.depleted, .expired), (.expired, .disabled), (.depleted, .disabled): return false
        case (.disabled, .unused): return voucher.activatedAt == nil
        default: return true
        }
    }
}

/// What is watched of a job.
private struct Job {
    let router: Identifier<Router>
    let subject: StoreValue
    let attempts: Int64

    init?(_ table: RecordTable, _ row: [StoreValue]) {
        guard table == OutboxJob.table, let place = table.index(of: "router"),
            case .identity(let high, let low) = row[place]
        else { return nil }
        router = Identifier(high: high, low: low)
        subject =
            ["voucher", "service_account"].compactMap { table.index(of: $0) }.map { row[$0] }.first { !$0.isNull }
            ?? .null
        if let place = table.index(of: "attempts"), case .integer(let count) = row[place] {
            attempts = count
        } else {
            attempts = 0
        }
    }
}
