import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import RouterOSClient
import RouterOSTesting

/// A whole business under one seed: routers, a network, workers, a database, people, and things that go wrong.
///
/// Everything runs on one thread and one clock that jumps. Two worlds of one seed are the same in every step.
package final class World {
    /// What became of a world.
    package struct Report: Sendable {
        package let seed: UInt64
        /// What was wrong; nil for nothing.
        package let violation: String?
        /// Which law that broke.
        package let law: Law?
        /// The same for two runs in which the same happened.
        package let hash: UInt64
        package let steps: Int
        package let simulated: Duration
        package let milestones: [Milestone: Int]
        /// What happened, where it was kept.
        package let lines: [String]
    }

    /// How long routers may take, when nothing goes wrong any more, to show what the records want.
    private static let settleTime = Duration.seconds(300)
    /// More than any five seconds of a world that gets on take.
    private static let mostSteps = 100_000

    private let seed: UInt64
    private let swarm: Swarm
    private let executor: SeededExecutor
    private let log: EventLog
    private let milestones = Milestones()
    private let watch: Watch
    private let hosts: [RouterHost]
    private let network: SimulatedNetwork
    private let daemons: Daemons
    private let crowd: Crowd
    private let cashiers: [Cashier]
    private let clerk: Clerk
    private let fate: Fate
    private let board: HintBoard
    private var healedAt: Duration?
    private let store: InMemoryStore
    private let template: Template
    private let office: SimulatedProcess
    private let nature: SimulatedProcess
    private let weather: Weather

    /// A world before anything has happened.
    ///
    /// - Parameters:
    ///   - seed: what everything in it follows from.
    ///   - templates: what worlds begin with.
    ///   - isCalm: whether nothing goes wrong in it.
    ///   - sabotage: the safeguard that is switched off.
    ///   - keepsLines: whether ``Report/lines`` says what happened.
    package init(
        seed: UInt64,
        _ templates: Templates,
        isCalm: Bool = false,
        sabotage: Sabotage? = nil,
        keepsLines: Bool = false
    ) {
        self.seed = seed
        let swarm = isCalm ? Swarm.calm : Swarm.drawn(Chance(seed: seed, part: 1))
        guard let template = templates.template(for: swarm) else { preconditionFailure("no template for \(swarm)") }
        let executor = SeededExecutor(seed: seed)
        log = EventLog(executor, keepsLines: keepsLines)
        hosts = template.routers.enumerated().map { index, router in
            RouterHost(router.host, seed: seed &+ UInt64(index), on: executor)
        }
        let byRouter = Dictionary(uniqueKeysWithValues: zip(template.routers.map(\.id), hosts))
        watch = Watch(
            log,
            milestones,
            executor,
            byRouter,
            slack: swarm.clockSlack,
            commandRate: swarm.commandRate
        )
        network = SimulatedNetwork(executor, Chance(seed: seed, part: 2), hosts, watch)
        network.set(swarm.link)
        weather = Weather(swarm.store)
        store = InMemoryStore(copying: template.store)
        board = HintBoard(Chance(seed: seed, part: 8), milestones)
        let view: @Sendable (SimulatedProcess) -> SimulatedStore = { [store, watch, weather, board] process in
            SimulatedStore(store, for: process, watch, sabotage, board) { weather.store }
        }
        daemons = Daemons(
            Daemons.Setting(
                executor: executor,
                seed: seed,
                template: template,
                network: network,
                configuration: Self.configuration(swarm, sabotage),
                sabotage: sabotage,
                watch: watch,
                store: view
            ),
            Chance(seed: seed, part: 3)
        )
        crowd = Crowd(hosts, Chance(seed: seed, part: 4), watch)
        office = SimulatedProcess("office", on: executor, chance: Chance(seed: seed, part: 5))
        nature = SimulatedProcess("nature", on: executor, chance: Chance(seed: seed, part: 6))
        let billing = Billing(store: view(office), secrets: template.secrets, environment: office.environment)
        let desk = { [office] (name: String, part: UInt64) in
            Desk(name, office, billing, template, Chance(seed: seed, part: part), sabotage)
        }
        cashiers = (1...swarm.cashiers).map { [watch] number in
            Cashier(
                desk("cashier-\(number)", 100 + UInt64(number)),
                template,
                stock: number == 1 ? swarm.stock : 0,
                watch
            )
        }
        clerk = Clerk(desk("clerk", 100), template, subscribers: swarm.subscribers, watch)
        fate = Fate(
            Fate.Parts(hosts: hosts, network: network, crowd: crowd, watch: watch, daemons: daemons),
            swarm,
            Chance(seed: seed, part: 7)
        )
        self.swarm = swarm
        self.executor = executor
        self.template = template
        begin()
    }

    private static func configuration(_ swarm: Swarm, _ sabotage: Sabotage?) -> ProvisionerConfiguration {
        ProvisionerConfiguration(
            syncInterval: swarm.syncInterval,
            statusInterval: swarm.statusInterval,
            pollInterval: swarm.pollInterval,
            watchInterval: .seconds(4),
            chunk: swarm.chunk...(2 * swarm.chunk),
            heedsCommandRate: swarm.commandRate != nil && sabotage != .noBudget,
            tableTimeout: .seconds(20),
            clockHold: .seconds(400),
            connection: ConnectionConfiguration(connectTimeout: .seconds(5), requestTimeout: .seconds(5))
        )
    }

    private func begin() {
        for host in hosts {
            Foreigners.settle(on: host)
            if swarm.isFlashLate { host.use { $0.inject(.lateFlash(every: .seconds(25))) } }
        }
        for cashier in cashiers { office.begin { await cashier.work() } }
        if swarm.subscribers > 0 { office.begin { [clerk] in await clerk.work() } }
        for _ in 0..<swarm.daemons { daemons.start() }
        nature.begin { [crowd, nature] in await crowd.live(nature) }
        if !swarm.troubles.isEmpty { nature.begin { [fate, nature] in await fate.live(nature) } }
    }

    /// Lets everything happen, puts everything right, waits until all agrees, and ends.
    package func run() -> Report {
        live(until: swarm.duration)
        heal()
        settle()
        let audit = Audit(
            store: store,
            template: template,
            watch: watch,
            cashiers: cashiers,
            clerk: clerk,
            executor: executor
        )
        audit.check()
        end()
        return Report(
            seed: seed,
            violation: watch.violation.map { "\($0.law.rawValue): \($0.what)" },
            law: watch.violation?.law,
            hash: log.hash,
            steps: executor.steps,
            simulated: executor.now,
            milestones: milestones.reached,
            lines: log.lines
        )
    }

    private func settle() {
        let healed = executor.now
        // Long enough for one reading of every router at least, however much agrees before it.
        live(until: healed + swarm.syncInterval + .seconds(10))
        let agreement = Agreement(hosts: hosts, watch: watch, network: network)
        var disagreement = agreement.disagreement()
        while watch.violation == nil, disagreement != nil || !isIdle, executor.now < healed + Self.settleTime {
            live(until: executor.now + .seconds(5))
            disagreement = agreement.disagreement()
        }
        if let disagreement { watch.violate(.convergence, "after \(Self.settleTime) of peace: \(disagreement)") }
        if !isIdle { watch.violate(.everythingEnds, "somebody at a counter waits for ever") }
    }

    private var isIdle: Bool { clerk.isIdle && cashiers.allSatisfy(\.isIdle) }

    private func live(until end: Duration) {
        while executor.now < end, watch.violation == nil {
            let most = executor.steps + Self.mostSteps
            executor.run(until: min(end, executor.now + .seconds(5))) { [watch, executor] in
                watch.violation != nil || executor.steps > most
            }
            if executor.steps > most { watch.violate(.everythingEnds, "something goes on without time passing") }
            for host in hosts {
                if let name = Foreigners.disturbed(on: host) {
                    watch.violate(.foreignRows, "\(name) on \(host.name) is not ours and was changed")
                }
            }
            checkLateness()
        }
    }

    /// What is over has ended, if a worker has been well for long enough to see to it.
    private func checkLateness() {
        let now = executor.now
        let atPeace = swarm.syncInterval + .seconds(15)
        let isAtPeace = healedAt.map { now - $0 >= atPeace } ?? false
        let time = isAtPeace ? atPeace : swarm.syncInterval + .seconds(swarm.store.isMild ? 20 : 75)
        guard now > time, daemons.isSound(since: now - time),
            let voucher = watch.overdue(since: watch.now - time)
        else { return }
        watch.violate(.nothingLate, "\(voucher.code) goes on although it ended at \(voucher.expiresAt ?? watch.now)")
    }

    private func heal() {
        log.note("heal", "all")
        healedAt = executor.now
        nature.stop()
        crowd.goHome()
        network.heal()
        network.set(
            LinkConditions(latency: .milliseconds(1)...(.milliseconds(3)), stallsOnceIn: 0, stall: .zero ... .zero)
        )
        weather.clear()
        daemons.heal()
        for cashier in cashiers { cashier.close() }
        clerk.close()
        for host in hosts {
            host.use { simulator in
                simulator.clearFaults()
                simulator.powerOn()
            }
            Foreigners.tidy(host, watch)
        }
        Operator(
            template,
            network,
            watch,
            office,
            SimulatedStore(store, for: office, watch, nil, board) { StoreConditions() }
        )
        .begin()
    }

    /// Ends every program, and finds those that do not end.
    private func end() {
        for process in [office, nature] + daemons.all { process.kill() }
        executor.run(until: executor.now + .seconds(3_600)) { [office, nature, daemons] in
            ([office, nature] + daemons.all).allSatisfy { !$0.isRunning }
        }
        for process in [office, nature] + daemons.all where process.isRunning {
            watch.violate(.everythingEnds, "\(process.name) does not end")
        }
    }
}
