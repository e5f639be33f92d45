import BillingDomain
public import BillingServices
import RouterOSClient
import RouterOSProtocol

/// Keeps routers as the records want them, and the records as the routers show them.
///
/// ```swift
/// let provisioner = Provisioner(billing: billing)
/// await provisioner.run()          // converges, until its task is cancelled
/// ```
///
/// Work that is recorded is done, whatever happens in between: a router that is off, a connection that breaks, a process
/// that dies. Nothing is sent to a router inside a transaction; nothing is written without the claim that allows it.
public struct Provisioner: Sendable {
    let service: ProvisioningService
    private let upkeep: VoucherUpkeep
    let configuration: ProvisionerConfiguration
    private let connector: any RouterConnector
    private let waits: RetryWaits
    private let clock: SharedClockWatch
    let now: @Sendable () -> Timestamp
    private let owner: String

    /// A provisioner for all tenants of `billing`.
    ///
    /// - Parameters:
    ///   - billing: the records.
    ///   - configuration: how often to look.
    ///   - environment: the clock that observations are stamped with.
    ///   - connector: how routers are reached; nil for one connection to each, as the configuration says.
    public init(
        billing: Billing,
        configuration: ProvisionerConfiguration = ProvisionerConfiguration(),
        environment: BillingEnvironment = .live,
        connector: (any RouterConnector)? = nil
    ) {
        service = billing.provisioning
        upkeep = billing.upkeep
        self.configuration = configuration
        self.connector = connector ?? RouterConnections(configuration.connection)
        waits = RetryWaits(longest: configuration.longestRetry)
        clock = SharedClockWatch(hold: configuration.clockHold)
        now = environment.now
        owner = "provisioner-" + (0..<2).map { _ in String(configuration.random(), radix: 36) }.joined()
    }

    /// Provisions, watches and expires until the task is cancelled, then closes its connections.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await provisionForever() }
            group.addTask { await repeatForever(every: configuration.syncInterval) { await syncOnce() } }
            group.addTask { await repeatForever(every: configuration.pollInterval) { await expireOnce() } }
        }
        await connector.close(except: [])
    }

    // MARK: Provisioning

    /// Works off everything that is due now, and returns when nothing is.
    public func provisionOnce() async {
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            while !Task.isCancelled, let claim = await claim() {
                if running == configuration.concurrentRouters {
                    await group.next()
                    running -= 1
                }
                group.addTask { await work(on: claim) }
                running += 1
            }
        }
    }

    private func provisionForever() async {
        // One task a router at the most, and a slow router holds up no other: claims are looked for again as long as
        // there are any, at every hint, and at every poll.
        await withDiscardingTaskGroup { group in
            let slots = Slots(configuration.concurrentRouters)
            let hints = Hints()
            group.addTask {
                await hints.listen(to: service.signals, every: configuration.pollInterval, configuration.sleep)
            }
            while !Task.isCancelled {
                while slots.take() {
                    guard let claim = await claim() else {
                        slots.giveBack()
                        break
                    }
                    group.addTask {
                        await work(on: claim)
                        slots.giveBack()
                        hints.wake()
                    }
                }
                await hints.next()
            }
        }
    }

    private func claim() async -> RouterClaim? {
        await attempt { try await service.claim(owner: owner, ttl: configuration.leaseTime) } ?? nil
    }

    private func work(on claim: RouterClaim) async {
        let router = claim.router
        do {
            try await keeping(claim) {
                try await visit(router, password: claim.password) { connection in
                    while !Task.isCancelled {
                        // Before each chunk and not after it: nothing is begun that another worker may be at already.
                        _ = try await service.renew(claim, ttl: configuration.leaseTime)
                        let work = try await service.work(claim, limit: configuration.chunk)
                        guard !work.isEmpty else { break }
                        let outcomes = try await RouterWork(router: connection).converge(work)
                        try await service.finish(claim, outcomes: outcomes)
                    }
                }
            }
            waits.succeeded(router.id)
            if router.status != .online {
                try await service.recordStatus(router.id, RouterReading(status: .online))
            }
            try await service.release(claim)
        } catch let error as RouterOSError where error.isMisconfiguration {
            // Trying again does not help until somebody puts it right, and a router that counts failed logins may lock us
            // out: once in five minutes, or when the router is read again in order.
            await attempt {
                try await service.recordStatus(router.id, RouterReading(status: .error, detail: error.message))
            }
            await attempt { try await service.release(claim, retryAfter: .seconds(300)) }
        } catch let error as RouterOSError {
            let wait = waits.afterFailure(of: router.id, chance: configuration.random())
            await attempt { try await service.release(claim, retryAfter: wait, error: error.message) }
        } catch {
            // The claim went to another worker, the store is away, or we are being stopped: the work stays recorded.
            report(error)
            await attempt { try await service.release(claim, retryAfter: .seconds(1)) }
        }
    }

    /// Does something on a router for as long as the claim on it holds, which is prolonged meanwhile, however slow the router
    /// is; cancelled when another worker has it.
    private func keeping(_ claim: RouterClaim, _ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await body() }
            group.addTask {
                while true {
                    try await configuration.sleep(configuration.leaseTime / 4)
                    do {
                        _ = try await service.renew(claim, ttl: configuration.leaseTime)
                    } catch let error as BillingError where error.code != .leaseLost {
                        // The store is away; it may be back before the claim ends.
                        continue
                    }
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    // MARK: Time

    /// Ends every voucher whose time is over and does what else the clock brings, unless the machine's clock is in doubt.
    public func expireOnce() async {
        guard isClockTrusted() else { return }
        await attempt { try await upkeep.run() }
    }

    /// Whether the machine's clock may be acted upon: false for a while after somebody set it by more than two minutes.
    ///
    /// Nothing is activated or expired meanwhile. Ask it before you run the jobs of the night, too.
    public func isClockTrusted() -> Bool {
        switch clock.look(wall: now(), elapsed: configuration.elapsed()) {
        case .trusted:
            return true
        case .doubted:
            return false
        case .jumped(let step):
            configuration.onFault(
                BillingError(
                    .unavailable,
                    "The machine's clock was set by \(step.components.seconds) s. Until it is set back, or "
                        + "\(configuration.clockHold.components.seconds) s have passed, no voucher is activated or expired. "
                        + "Check the clock and its time service."
                )
            )
            return false
        }
    }

    // MARK: Watching

    /// Reads every router once and records what it shows.
    public func syncOnce() async {
        guard let watched = await attempt({ try await service.routersToWatch() }) else { return }
        await connector.close(except: Set(watched.map(\.router.id)))
        await withTaskGroup(of: Void.self) { group in
            for (index, router) in watched.enumerated() {
                if index >= configuration.concurrentRouters { await group.next() }
                group.addTask { await sync(router) }
            }
        }
    }

    private func sync(_ watched: WatchedRouter) async {
        let id = watched.router.id
        do {
            guard let (intent, tables, plan) = try await look(at: watched) else { return }
            var reading = tables.reading
            if tables.isComplete { reading.detail = plan.question }
            try await service.recordStatus(id, reading)
            if tables.isComplete { try await putRight(id, plan) }
            // The next reading shows the same use: nothing is lost by waiting for a clock that can be believed.
            guard isClockTrusted() else { return }
            try await service.recordObservations(
                id,
                tables.observations(intent.markers),
                services: tables.services(intent.markers),
                at: tables.readAt,
                begunAt: tables.begunAt,
                complete: tables.isComplete ? Set(SessionKind.allCases) : []
            )
        } catch let error as RouterOSError {
            let status: RouterStatus = error.isMisconfiguration ? .error : .offline
            await attempt { try await service.recordStatus(id, RouterReading(status: status, detail: error.message)) }
        } catch {
            // The store is away or we are being stopped; the next pass reads everything again.
            report(error)
        }
    }

    // MARK: Connections

    /// Uses a router's connection, and a new one if that broke or fell silent.
    ///
    /// A connection that was idle between two visits may have been forgotten on the way, by a firewall or a router that
    /// lost its power, and only shows it now. Whatever is done over a connection here may be done again.
    func visit<Result: Sendable>(
        _ router: Router,
        password: String,
        _ body: @Sendable (any RouterOSCommands) async throws -> Result
    ) async throws -> Result {
        do {
            return try await connector.visit(router, password: password, body)
        } catch let error as RouterOSError where error.isOfConnection {
            return try await connector.visit(router, password: password, body)
        }
    }

    // MARK: Faults

    /// Does something that the next pass will do again if it fails, and reports the failure.
    @discardableResult
    private func attempt<Result>(_ body: () async throws -> Result) async -> Result? {
        do {
            return try await body()
        } catch {
            report(error)
            return nil
        }
    }

    private func report(_ error: any Error) {
        guard !(error is CancellationError), !Task.isCancelled else { return }
        configuration.onFault(error)
    }

    private func repeatForever(every interval: Duration, _ body: () async -> Void) async {
        while !Task.isCancelled {
            await body()
            try? await configuration.sleep(interval)
        }
    }
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
}
