import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol
import Synchronization

extension Provisioner {
    /// Visits a router for whatever is due there, and gives it back.
    func visit(_ claim: RouterClaim, _ trust: LeaseTrust, waitsForTurns: Bool = false) async {
        figures.began()
        figures.ended(await outcome(of: claim, trust, waitsForTurns))
    }

    private func outcome(of claim: RouterClaim, _ trust: LeaseTrust, _ waitsForTurns: Bool) async
        -> ProvisionerFigures.Outcome
    {
        let id = claim.router.id
        let visit = Visit(waitsForTurns: waitsForTurns)
        if let rate = rate(claim) { budgets.owes(id, rate, claim.lease.rest) }
        do {
            try await keeping(claim, trust) {
                try await connect(claim.router, password: claim.password) { connection in
                    do {
                        visit.state.withLock { $0.isChunkBroken = false }
                        try await attend(claim, commands(claim, trust, visit, over: connection), visit)
                    } catch let broken as BrokenChunk {
                        // Whoever lends connections knows by the error of this one whether to lend it again.
                        visit.state.withLock { $0.isChunkBroken = true }
                        throw broken.error
                    }
                }
            }
            waits.succeeded(id)
            try await release(claim, visit)
            return .well
        } catch let error as RouterOSError where error.mayBeOfOneRow && visit.state.withLock({ $0.isChunkBroken }) {
            scripts.reconnects(id)
            // It answers, though not to this: some of it is tried alone.
            let wait = waits.afterFailure(of: id, chance: configuration.random())
            if chunks.size(for: id) == 1 { report(error) }
            await attempt { try await release(claim, visit, retryAfter: wait) }
            return .broken
        } catch let error as RouterOSError where error.isMisconfiguration {
            // Trying again does not help until somebody puts it right, and a router that counts failed logins may lock us
            // out: once in five minutes.
            let reading = RouterReading(status: .error, detail: error.message)
            await attempt { try await giveBack(claim, retryAfter: .seconds(300), reading: reading) }
            return .unfit
        } catch let error as RouterOSError {
            scripts.reconnects(id)
            let wait = waits.afterFailure(of: id, chance: configuration.random())
            await attempt { try await giveBack(claim, retryAfter: wait, error: error.message) }
            return .away
        } catch let error as BillingError where error.code == .leaseLost {
            // Nothing to give back: another worker has it, or it was not prolonged and is free by itself in a moment.
            report(error)
            return .lost
        } catch {
            // The store is away, or we are being stopped: the work stays recorded.
            report(error)
            await attempt { try await giveBack(claim, retryAfter: .seconds(1)) }
            return .interrupted
        }
    }

    private func release(_ claim: RouterClaim, _ visit: Visit, retryAfter: Duration = .zero) async throws {
        let state = visit.state.withLock { $0 }
        var next: [RouterTask: Duration] = [:]
        if state.done.contains(.status) {
            let wanted = configuration.statusInterval ?? .seconds(claim.settings[.statusInterval])
            next[.status] = max(wanted, rate(claim).map { Self.rest(after: state.looked, $0, share: 5) } ?? .zero)
        }
        if state.done.contains(.sync) {
            let wanted = configuration.syncInterval ?? .seconds(claim.settings[.syncInterval])
            next[.sync] = max(wanted, rate(claim).map { Self.rest(after: state.read, $0, share: 2) } ?? .zero)
        }
        next[.work] = state.stockAfter
        try await giveBack(
            claim,
            retryAfter: max(retryAfter, state.allAfter),
            reading: state.reading,
            next: next
        )
    }

    /// Gives a router back, with word of how much it may be sent by whoever has it next.
    private func giveBack(
        _ claim: RouterClaim,
        retryAfter: Duration,
        error: String? = nil,
        reading: RouterReading? = nil,
        next: [RouterTask: Duration] = [:]
    ) async throws {
        try await service.release(
            claim,
            retryAfter: retryAfter,
            error: error,
            reading: reading,
            next: next,
            rest: rate(claim).map { budgets.rest(of: claim.router.id, $0) } ?? .zero
        )
    }

    /// Does something on a router for as long as the claim on it holds, which is prolonged meanwhile, however slow the router
    /// is; cancelled when another worker has it.
    private func keeping(
        _ claim: RouterClaim,
        _ trust: LeaseTrust,
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while true {
                    try await configuration.sleep(configuration.leaseTime / 4)
                    let begun = configuration.elapsed()
                    do {
                        _ = try await service.renew(claim, ttl: configuration.leaseTime)
                        trust.prolong(begun: begun)
                    } catch let error as BillingError where error.code != .leaseLost {
                        // The store is away; it may be back before the claim ends.
                        continue
                    } catch let error as BillingError {
                        trust.end()
                        throw error
                    }
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Uses a router's connection, and a new one if that broke or fell silent.
    ///
    /// A connection that was idle between two visits may have been forgotten on the way, by a firewall or a router that
    /// lost its power, and only shows it now. Whatever is done over a connection here may be done again.
    func connect<Result: Sendable>(
        _ router: Router,
        password: String,
        _ body: @Sendable (any RouterOSCommands) async throws -> Result
    ) async throws -> Result {
        do {
            return try await connector.visit(router, password: password, body)
        } catch let error as RouterOSError where error.mayBeOfOneRow {
            return try await connector.visit(router, password: password, body)
        }
    }

    /// The commands of a visit, each in its turn and none without the claim.
    private func commands(
        _ claim: RouterClaim,
        _ trust: LeaseTrust,
        _ visit: Visit,
        over connection: any RouterOSCommands
    ) -> any RouterOSCommands {
        VisitCommands(connection) {
            if let rate = rate(claim) { try await budgets.turn(of: claim.router.id, rate) }
            try trust.require()
            visit.state.withLock { $0.sent += 1 }
        }
    }

    /// How many commands the router may be sent in a minute; nil for any number.
    private func rate(_ claim: RouterClaim) -> Int? { configuration.rate(claim.settings) }

    /// How long what took so many commands is not repeated, however often it is wished for: readings take no more than half of
    /// what the router is sent, and looks whether it answers a fifth, or nothing would ever be written to it.
    private static func rest(after commands: Int, _ rate: Int, share: Int) -> Duration {
        .seconds(60 * share) * min(commands, 10_000) / max(1, rate)
    }

    // MARK: What there is to do

    /// What somebody waits for first, then what the router shows, then stock.
    private func attend(_ claim: RouterClaim, _ router: any RouterOSCommands, _ visit: Visit) async throws {
        let looks = claim.due.subtracting([.work])
        if claim.due.contains(.work) { try await workOff(claim, router, visit, withStock: looks.isEmpty) }
        if claim.due.contains(.sync) {
            try await counting(visit) { try await sync(claim, router) }
            figures.synced()
            visit.state.withLock { $0.done.formUnion([.status, .sync]) }
        } else if claim.due.contains(.status) {
            let before = visit.state.withLock { $0.sent }
            var reading = try await RouterTables.reading(of: router, now: isClockTrusted() ? now : nil)
            // What the last reading of the tables had to say, a question for one, stands until the next.
            if claim.router.status == .online { reading.detail = claim.router.statusDetail }
            figures.lookedAt()
            visit.state.withLock { [reading] state in
                state.looked = state.sent - before
                state.reading = reading
                state.done.insert(.status)
            }
        }
        if claim.due.contains(.work), !looks.isEmpty { try await workOff(claim, router, visit, withStock: true) }
        if claim.due.contains(.sync) { try await counting(visit) { try await care(claim, router) } }
    }

    /// Counts the commands of a reading, and of the care that follows it.
    private func counting(_ visit: Visit, _ body: () async throws -> Void) async throws {
        let before = visit.state.withLock { $0.sent }
        try await body()
        visit.state.withLock { $0.read += $0.sent - before }
    }

    /// Does what waits for a router, in chunks of what its budget of commands allows.
    private func workOff(
        _ claim: RouterClaim,
        _ router: any RouterOSCommands,
        _ visit: Visit,
        withStock: Bool
    ) async throws {
        let begun = configuration.elapsed()
        while !Task.isCancelled {
            let work = try await service.work(claim, limit: chunks.size(for: claim.router.id))
            guard let urgency = work.first?.job.urgency, withStock || urgency == .urgent else { return }
            let isLong = configuration.elapsed() - begun > configuration.longestVisit
            if urgency == .ordinary, isLong, !visit.waitsForTurns {
                return visit.state.withLock { $0.stockAfter = .zero }
            }
            let alike = Array(work.prefix { $0.job.urgency == urgency })
            switch room(for: alike, claim) {
            case .rows(let count):
                try await converge(Array(alike.prefix(count)), claim, router, visit)
            case .bulk(let commands):
                try await converge(alike, claim, router, visit, bulkCommands: commands)
            case .after(let wait) where visit.waitsForTurns:
                try await configuration.sleep(wait)
            case .after(let wait):
                // Nobody holds a place only to wait.
                return visit.state.withLock { state in
                    if urgency == .urgent { state.allAfter = wait } else { state.stockAfter = wait }
                }
            }
        }
    }

    private func converge(
        _ work: [ProvisioningWork],
        _ claim: RouterClaim,
        _ router: any RouterOSCommands,
        _ visit: Visit,
        bulkCommands: Int? = nil
    ) async throws {
        let id = claim.router.id
        // Also where it is not known how far it came.
        defer { readings.wrote(to: id) }
        do {
            let (now, begun) = (now, configuration.elapsed())
            let left = scripts.left(on: id)
            if !left.isEmpty, try await ScriptWriter.clear(left, on: router) { scripts.gone(left, from: id) }
            let writer = ScriptWriter(
                router: router,
                id: id,
                notes: scripts,
                timeout: configuration.tableTimeout,
                sleep: configuration.sleep
            )
            let bulk = bulkCommands.map { RouterWork.Bulk(commands: $0, alone: scripts.alone(on: id), writer: writer) }
            let routerWork = RouterWork(router: router, now: now, bulk: bulk) { sight in
                // Nothing is counted by a clock that is in doubt; the work does not wait for that.
                guard let instant = trustedInstant() else { return }
                try await service.recordLastSight(
                    id,
                    sight.vouchers,
                    services: sight.services,
                    at: instant,
                    under: claim
                )
            }
            try await finish(claim, routerWork.converge(work))
            chunks.went(id, at: work.count, in: configuration.elapsed() - begun)
        } catch let error as RouterOSError where error.mayBeOfOneRow {
            chunks.broke(id, at: work.count)
            // Whoever is alone and breaks one connection after the other while the router is there is put off, and aside
            // in the end.
            if work.count == 1, let suspect = work.first, visit.state.withLock({ $0.isBroken(by: suspect.job.id) }) {
                let detail = "The connection to the router breaks whenever this is written: \(error.message)"
                try await finish(claim, [ProvisioningOutcome(suspect, .failed(detail: detail, retry: true))])
            }
            throw BrokenChunk(error: error)
        }
    }

    private func finish(_ claim: RouterClaim, _ outcomes: [ProvisioningOutcome]) async throws {
        try await service.finish(claim, outcomes: outcomes)
        // What failed is tried by itself again, for the router's reason.
        scripts.settled(outcomes.filter(\.isDone).map(\.work.entry.subject), on: claim.router.id)
        let now = now()
        for outcome in outcomes {
            if case .failed = outcome.result {
                figures.settled(outcome.isLast ? .parked : .failed, waited: nil)
            } else {
                figures.settled(.written, waited: now - outcome.work.job.enqueuedAt)
            }
        }
    }

    private func sync(_ claim: RouterClaim, _ router: any RouterOSCommands) async throws {
        let id = claim.router.id
        guard let (intent, tables, plan) = try await look(at: id, over: router) else { return }
        var reading = tables.reading
        reading.isFull = true
        reading.trouble = .unreadableRows
        var isAgreed = true
        if tables.isComplete {
            isAgreed = try await self.isAgreed(plan, of: intent, under: claim)
            reading.detail = isAgreed ? nil : plan.question
            reading.trouble = isAgreed ? nil : .massChange
        }
        try await service.recordStatus(id, reading, under: claim)
        if !plan.unknown.isEmpty { try await service.recordUnknownRows(plan.unknown, on: id, under: claim) }
        if tables.isComplete, isAgreed {
            try await putRight(id, plan, under: claim)
            try await putProfilesRight(plan, of: intent, over: router)
        }
        // The next reading shows the same use: nothing is lost by waiting for a clock that can be believed.
        guard let instant = trustedInstant() else { return }
        // First, for what the tables show is stronger evidence of a first use than a line of the log.
        try await readLog(claim, router, tables, intent.markers)
        try await service.recordObservations(
            id,
            tables.observations(intent.markers),
            services: tables.services(intent.markers),
            at: min(tables.readAt, instant),
            begunAt: tables.begunAt,
            complete: tables.isComplete ? Set(SessionKind.allCases) : [],
            under: claim
        )
    }
}

/// How far a visit has come; it may go over two connections.
private final class Visit: Sendable {
    struct State {
        /// What was done besides work.
        var done: Set<RouterTask> = []
        /// How many commands the look whether it answers took.
        var looked = 0
        /// How many commands were sent, and how many of them to read the router.
        var sent = 0
        var read = 0
        /// What the router said about itself, where that is not recorded yet.
        var reading: RouterReading?
        /// How long stock has to wait for its turn; nil where none is left.
        var stockAfter: Duration?
        /// How long everything has to wait for its turn.
        var allAfter = Duration.zero
        /// Whether a chunk of work ended the last connection.
        var isChunkBroken = false
        private var suspect: Identifier<OutboxJob>?

        /// Whether a job that is alone has broken a connection of this visit before.
        mutating func isBroken(by job: Identifier<OutboxJob>) -> Bool {
            defer { suspect = job }
            return suspect == job
        }
    }

    let state = Mutex(State())
    /// Whether it waits where the router may not be sent more now, because nobody else comes by to go on.
    let waitsForTurns: Bool

    init(waitsForTurns: Bool) { self.waitsForTurns = waitsForTurns }
}

extension ProvisioningOutcome {
    fileprivate var isDone: Bool { if case .failed = result { false } else { true } }
}

/// A chunk of work that the connection did not survive.
private struct BrokenChunk: Error {
    let error: RouterOSError
}

extension RouterOSError {
    /// Whether the router can be reached and something about it or its record has to be put right.
    fileprivate var isMisconfiguration: Bool {
        switch code {
        case .authentication, .permissionDenied, .noSuchCommand, .unknownParameter, .notRouterOS, .protocolViolation,
            .malformedRow:
            true
        default: false
        }
    }

    /// Whether one row of many may have brought it about.
    fileprivate var mayBeOfOneRow: Bool {
        switch code {
        case .connectionClosed, .deadlineExceeded, .protocolViolation, .malformedRow: true
        default: false
        }
    }
}
