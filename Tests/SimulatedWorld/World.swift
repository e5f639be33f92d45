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
        /// The same for two runs in which the same happened.
        package let hash: UInt64
        package let steps: Int
        package let simulated: Duration
        package let milestones: [Milestone: Int]
        /// What happened, where it was kept.
        package let lines: [String]
    }

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
    private let fate: Fate
    private let store: InMemoryStore
    private let template: Template
    private let office: SimulatedProcess
    private let nature: SimulatedProcess
    private let weather: Weather

    /// A world before anything has happened.
    ///
    /// - Parameters:
    ///   - seed: what everything in it follows from.
    ///   - templates: ``Template/all()``.
    ///   - isCalm: whether nothing goes wrong in it.
    ///   - sabotage: the safeguard that is switched off.
    ///   - keepsLines: whether ``Report/lines`` says what happened.
    package init(
        seed: UInt64,
        _ templates: [Template],
        isCalm: Bool = false,
        sabotage: Sabotage? = nil,
        keepsLines: Bool = false
    ) {
        self.seed = seed
        let swarm = isCalm ? Swarm.calm : Swarm.drawn(Chance(seed: seed, part: 1))
        let template = templates[swarm.routers - 1]
        let executor = SeededExecutor(seed: seed)
        log = EventLog(executor, keepsLines: keepsLines)
        hosts = template.routers.enumerated().map { index, router in
            RouterHost(router.host, seed: seed &+ UInt64(index), on: executor)
        }
        let byRouter = Dictionary(uniqueKeysWithValues: zip(template.routers.map(\.id), hosts))
        watch = Watch(executor, log, milestones, byRouter, slack: swarm.clockSlack)
        network = SimulatedNetwork(executor, Chance(seed: seed, part: 2), hosts, log, milestones)
        network.set(swarm.link)
        weather = Weather(swarm.store)
        store = InMemoryStore(copying: template.store)
        let view: @Sendable (SimulatedProcess) -> SimulatedStore = { [store, watch, weather] process in
            SimulatedStore(store, for: process, watch, sabotage) { weather.store }
        }
        daemons = Daemons(
            Daemons.Setting(
                executor: executor,
                seed: seed,
                template: template,
                network: network,
                configuration: ProvisionerConfiguration(
                    syncInterval: swarm.syncInterval,
                    pollInterval: .seconds(4),
                    chunk: swarm.chunk,
                    tableTimeout: .seconds(20),
                    clockHold: .seconds(400),
                    connection: ConnectionConfiguration(connectTimeout: .seconds(5), requestTimeout: .seconds(5))
                ),
                sabotage: sabotage,
                watch: watch,
                store: view
            ),
            Chance(seed: seed, part: 3)
        )
        crowd = Crowd(hosts, Chance(seed: seed, part: 4), watch)
        office = SimulatedProcess("office", on: executor, chance: Chance(seed: seed, part: 5))
        nature = SimulatedProcess("nature", on: executor, chance: Chance(seed: seed, part: 6))
        cashiers = (1...swarm.cashiers).map { [watch] number in
            Cashier(number, template, Chance(seed: seed, part: 100 + UInt64(number)), sabotage, watch)
        }
        fate = Fate(
            Fate.Parts(hosts: hosts, network: network, crowd: crowd, watch: watch, daemons: daemons),
            swarm,
            Chance(seed: seed, part: 7)
        )
        self.swarm = swarm
        self.executor = executor
        self.template = template
        begin(view(office))
    }

    private func begin(_ store: SimulatedStore) {
        for host in hosts {
            Foreigners.settle(on: host)
            if swarm.isFlashLate { host.use { $0.inject(.lateFlash(every: .seconds(25))) } }
        }
        let billing = Billing(store: store, secrets: template.secrets, environment: office.environment)
        for cashier in cashiers { office.begin { [office] in await cashier.work(office, billing) } }
        for _ in 0..<swarm.daemons { daemons.start() }
        nature.begin { [crowd, nature] in await crowd.live(nature) }
        if !swarm.troubles.isEmpty { nature.begin { [fate, nature] in await fate.live(nature) } }
    }

    /// Lets everything happen, puts everything right, waits until all agrees, and ends.
    package func run() -> Report {
        live(until: swarm.duration)
        heal()
        let healed = executor.now
        // Long enough for one reading of every router at least, however much agrees before it.
        live(until: healed + swarm.syncInterval + .seconds(20))
        let agreement = Agreement(hosts: hosts, watch: watch)
        var disagreement = agreement.disagreement()
        while watch.violation == nil, disagreement != nil || !cashiers.allSatisfy(\.isIdle),
            executor.now < healed + Self.settleTime
        {
            live(until: executor.now + .seconds(5))
            disagreement = agreement.disagreement()
        }
        if let disagreement { watch.violate("after \(Self.settleTime) of peace: \(disagreement)") }
        Audit(store: store, template: template, watch: watch, cashiers: cashiers, executor: executor).check()
        end()
        return Report(
            seed: seed,
            violation: watch.violation,
            hash: log.hash,
            steps: executor.steps,
            simulated: executor.now,
            milestones: milestones.reached,
            lines: log.lines
        )
    }

    private func live(until end: Duration) {
        while executor.now < end, watch.violation == nil {
            let most = executor.steps + Self.mostSteps
            executor.run(until: min(end, executor.now + .seconds(5))) { [watch, executor] in
                watch.violation != nil || executor.steps > most
            }
            if executor.steps > most { watch.violate("something goes on without time passing") }
            for host in hosts {
                if let name = Foreigners.disturbed(on: host) {
                    watch.violate("\(name) on \(host.name) is not ours and was changed")
                }
            }
        }
    }

    private func heal() {
        log.note("heal", "all")
        nature.stop()
        crowd.goHome()
        network.heal()
        network.set(
            LinkConditions(latency: .milliseconds(1)...(.milliseconds(3)), stallsOnceIn: 0, stall: .zero ... .zero)
        )
        weather.clear()
        daemons.heal()
        for cashier in cashiers { cashier.close() }
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
            milestones,
            office,
            SimulatedStore(store, for: office, watch, nil) { StoreConditions() }
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
            watch.violate("\(process.name) does not end")
        }
    }
}
