public import BillingDomain
import BillingPersistence
public import BillingServices
import RouterOSClient

/// Keeps routers as the records want them, and the records as the routers show them.
///
/// ```swift
/// let provisioner = Provisioner(billing: billing)
/// await provisioner.run()          // converges, until its task is cancelled
/// ```
///
/// Work that is recorded is done, whatever happens in between: a router that is off, a connection that breaks, a process
/// that dies. A router is visited under a claim, by one worker at a time, for whatever is due on it. Nothing is sent to a
/// router inside a transaction, nor once its claim may be another's; nothing is written without the claim.
public struct Provisioner: Sendable {
    let service: ProvisioningService
    let configuration: ProvisionerConfiguration
    let connector: any RouterConnector
    let budgets: RouterBudgets
    let waits: RetryWaits
    let chunks: ChunkSizes
    let scripts = ScriptNotes()
    let readings: LiveReadings
    let now: @Sendable () -> Timestamp
    /// The name under which this one claims routers; no other ever has it.
    public let owner: String
    private let upkeep: VoucherUpkeep
    private let clock: SharedClockWatch

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
        self.connector = connector ?? RouterConnections(configuration.connection, loops: configuration.loops)
        budgets = RouterBudgets(elapsed: configuration.elapsed, sleep: configuration.sleep)
        waits = RetryWaits(longest: configuration.longestRetry)
        chunks = ChunkSizes(configuration.chunk)
        readings = LiveReadings(age: configuration.liveReadingAge, elapsed: configuration.elapsed)
        clock = SharedClockWatch(hold: configuration.clockHold)
        now = environment.now
        owner = "provisioner-" + (0..<2).map { _ in String(configuration.random(), radix: 36) }.joined()
    }

    /// Where what it does is counted.
    public var figures: ProvisionerFigures { configuration.figures }

    // MARK: For ever

    /// Provisions, watches and expires until the task is cancelled, then closes its connections.
    public func run() async {
        let groups = RouterGroup.allCases.map { (group: $0, hints: Hints()) }
        await withDiscardingTaskGroup { tasks in
            for (group, hints) in groups {
                tasks.addTask { await visitForever(group, hints) }
                let interval = group == .working ? configuration.pollInterval : configuration.watchInterval
                tasks.addTask { await hints.tick(every: interval, configuration.sleep) }
            }
            tasks.addTask { for await _ in service.signals { for (_, hints) in groups { hints.wake() } } }
            tasks.addTask {
                for await hint in service.hints where hint.tables.isEmpty || hint.tables.contains(OutboxJob.table.name)
                {
                    for (_, hints) in groups { hints.wake() }
                }
            }
            tasks.addTask {
                await repeatForever(every: configuration.watchInterval) {
                    await expireOnce()
                    figures.cameRound(.expiring)
                }
            }
            tasks.addTask { await repeatForever(every: .seconds(300)) { await forgetRemoved() } }
        }
        await connector.close(except: [])
    }

    /// One task a router at the most, and a slow router holds up no other: claims are looked for again as long as there are
    /// any, at every hint, and at every interval.
    private func visitForever(_ group: RouterGroup, _ hints: Hints) async {
        await withDiscardingTaskGroup { tasks in
            let slots = Slots(places(in: group))
            while !Task.isCancelled {
                figures.cameRound(ProvisionerFigures.Loop(group))
                while slots.take() {
                    guard let (claim, trust) = await claim(group) else {
                        slots.giveBack()
                        break
                    }
                    tasks.addTask {
                        await visit(claim, trust)
                        slots.giveBack()
                        hints.wake()
                    }
                }
                await hints.next()
            }
        }
    }

    private func repeatForever(every interval: Duration, _ body: () async -> Void) async {
        while !Task.isCancelled {
            await body()
            try? await configuration.sleep(interval)
        }
    }

    private func forgetRemoved() async {
        guard let inUse = await attempt({ try await service.routers() }) else { return }
        let routers = Set(inUse.map(\.id))
        await connector.close(except: routers)
        budgets.keep(routers)
        chunks.keep(routers)
        scripts.keep(routers)
        readings.keep(routers)
    }

    // MARK: Once

    /// Works off everything that waits for routers and is due now, and returns when nothing is.
    public func provisionOnce() async { await visitAll([.working, .away]) }

    /// Reads every router once and records what it shows; does what else is due there.
    public func syncOnce() async {
        await attempt { try await service.hasten([.status, .sync]) }
        await watchOnce()
        await forgetRemoved()
    }

    /// Looks at every router where that is due, does what else is due there, and returns.
    public func watchOnce() async { await visitAll([.watched, .away]) }

    private func visitAll(_ groups: [RouterGroup]) async {
        await withTaskGroup(of: Void.self) { tasks in
            var running = 0
            for group in groups {
                // Each that is away once: of very many, one is always due again.
                var left = group == .away ? await attempt({ try await service.routers() })?.count ?? 0 : .max
                while !Task.isCancelled, left > 0, let (claim, trust) = await claim(group) {
                    left -= 1
                    while running >= places(in: group) {
                        await tasks.next()
                        running -= 1
                    }
                    tasks.addTask { await visit(claim, trust, waitsForTurns: true) }
                    running += 1
                }
            }
        }
    }

    /// How many routers of a group are visited at the same time.
    private func places(in group: RouterGroup) -> Int {
        group == .away ? configuration.concurrentAwayRouters : configuration.concurrentRouters
    }

    private func claim(_ group: RouterGroup) async -> (RouterClaim, LeaseTrust)? {
        let begun = configuration.elapsed()
        let answer = await attempt {
            try await service.claim(owner: owner, of: group, ttl: configuration.leaseTime)
        }
        guard let answer else { return nil }
        figures.claimed(answer == nil ? nil : group, in: configuration.elapsed() - begun)
        guard let claim = answer else { return nil }
        return (claim, LeaseTrust(configuration.leaseTime, begun: begun, elapsed: configuration.elapsed))
    }

    // MARK: Time

    /// Ends every voucher whose time is over and does what else the clock brings, unless the machine's clock is in doubt.
    public func expireOnce() async {
        // By the time that a transaction has its turn the clock may have been set.
        let instant = trustedInstant()
        if let step = clock.untold, await attempt({ try await service.recordClockStep(step) }) != nil {
            clock.told(step)
        }
        guard let instant else { return }
        await attempt { try await upkeep.run(until: instant) }
    }

    /// Whether the machine's clock may be acted upon; see ``trustedInstant()``.
    public func isClockTrusted() -> Bool { trustedInstant() != nil }

    /// What the machine's clock says; nil for a while after somebody set it by more than two minutes.
    ///
    /// Nothing is activated or expired meanwhile. Run the jobs of the night up to this instant, too, and no further: the clock
    /// may be set while a transaction waits for its turn.
    public func trustedInstant() -> Timestamp? {
        let instant = now()
        guard !configuration.trustsClock else { return instant }
        switch clock.look(wall: instant, elapsed: configuration.elapsed()) {
        case .trusted:
            return instant
        case .doubted:
            return nil
        case .jumped(let step):
            configuration.onFault(
                BillingError(
                    .unavailable,
                    "The machine's clock was set by \(step.components.seconds) s. Until it is set back, or "
                        + "\(configuration.clockHold.components.seconds) s have passed, no voucher is activated or expired. "
                        + "Check the clock and its time service."
                )
            )
            return nil
        }
    }

    // MARK: Faults

    /// Does something that the next pass will do again if it fails, and reports the failure.
    @discardableResult
    func attempt<Result>(_ body: () async throws -> Result) async -> Result? {
        do {
            return try await body()
        } catch {
            report(error)
            return nil
        }
    }

    func report(_ error: any Error) {
        guard !(error is CancellationError), !Task.isCancelled else { return }
        configuration.onFault(error)
    }
}
