import BillingDomain
import RouterOSTesting
import Synchronization

/// Makes things go wrong, as the swarm of a world has it.
final class Fate: Sendable {
    private let world: Parts
    private let swarm: Swarm
    private let chance: Chance
    /// The tables of an earlier day, by the name of the router.
    private let backups = Mutex<[String: String]>([:])

    /// What it can lay hands on.
    struct Parts: Sendable {
        let hosts: [RouterHost]
        let network: SimulatedNetwork
        let crowd: Crowd
        let watch: Watch
        let daemons: Daemons
    }

    init(_ world: Parts, _ swarm: Swarm, _ chance: Chance) {
        self.world = world
        self.swarm = swarm
        self.chance = chance
    }

    func live(_ process: SimulatedProcess) async {
        while !Task.isCancelled {
            try? await process.sleep(chance.time(swarm.troubleInterval / 2...swarm.troubleInterval * 1.5))
            guard !Task.isCancelled, let trouble = chance.element(of: swarm.troubles),
                let host = chance.element(of: world.hosts)
            else { continue }
            world.watch.log.note("trouble", "\(trouble) \(host.name)")
            strike(trouble, host)
        }
    }

    /// Some commands from now, so that it hits whatever part of the work.
    private var soon: Int { chance.number(1...12) }

    private func strike(_ trouble: Swarm.Trouble, _ host: RouterHost) {
        switch trouble {
        case .killDaemon: world.daemons.killOne(for: chance.time(.zero ... .seconds(40)))
        case .pauseDaemon: world.daemons.pauseOne(for: chance.time(.seconds(1)...(.seconds(90))))
        case .wrongClock: world.daemons.setOneClockWrong(slack: swarm.clockSlack)
        case .reboot: inject(.reboot(downFor: chance.time(.zero ... .seconds(40))), host)
        case .longAway:
            world.watch.milestones.reach(.longAway)
            inject(.reboot(downFor: chance.time(.seconds(60)...(.seconds(150)))), host)
        case .powerCut: powerCut(host)
        case .factoryReset: factoryReset(host)
        case .restoredBackup: restoreBackup(host)
        case .stall: inject(.stall, host, lasting: .milliseconds(100)...(.seconds(30)))
        case .blackHole: inject(.blackHole, host, lasting: .milliseconds(100)...(.seconds(30)))
        case .closedPort: inject(.refuseConnections, host, lasting: .seconds(1)...(.seconds(30)))
        case .slowAnswers:
            inject(
                .latency(from: .milliseconds(10), to: .milliseconds(chance.number(20...3_000))),
                host,
                lasting: .seconds(1)...(.seconds(30))
            )
        case .lostAnswer:
            world.watch.milestones.reach(.unknownOutcome)
            inject(.dropConnection(afterCommand: soon), host)
        case .lostCommand: inject(.dropConnection(beforeCommand: soon), host)
        case .refusal: inject(.trap(atCommand: soon, "failure: router is busy"), host)
        case .poison: poison(host)
        case .refusedLogin: inject(.refuseLogin, host, lasting: .seconds(1)...(.seconds(20)))
        case .garbage: inject(.garbage, host, lasting: .milliseconds(100)...(.seconds(5)))
        case .brokenAnswer: inject(.resetConnection(afterBytes: chance.number(0...200)), host)
        case .partition:
            if let daemon = world.daemons.any {
                world.network.part(daemon, from: host, for: chance.time(.seconds(1)...(.seconds(40))))
            }
        case .reset: world.network.breakConnections(to: host, silently: false)
        case .halfOpen:
            world.watch.milestones.reach(.halfOpen)
            world.network.breakConnections(to: host, silently: true)
        case .handRemoval: Hand(host, chance, world.watch).remove()
        case .handSweep: Hand(host, chance, world.watch).sweep()
        case .handEdit: Hand(host, chance, world.watch).edit()
        case .squatter: Hand(host, chance, world.watch).squat()
        }
    }

    private func inject(_ fault: SimulatorFault, _ host: RouterHost, lasting: ClosedRange<Duration>? = nil) {
        let duration = lasting.map(chance.time)
        host.use { $0.inject(fault, after: .zero, lasting: duration) }
    }

    private func powerCut(_ host: RouterHost) {
        world.watch.lost(on: host.name, world.crowd.codes(on: host))
        let before = host.use { $0.column("name", of: RouterHost.users) }
        inject(.powerCut(downFor: chance.time(.zero ... .seconds(40))), host)
        let after = host.use { $0.column("name", of: RouterHost.users) }
        // What its owner had put back a moment ago may be gone again.
        Foreigners.settle(on: host)
        // Where the names are the same, what was counted may not be.
        if swarm.isFlashLate { world.watch.lost(on: host.name, before) }
        if before != after { world.watch.milestones.reach(.forgottenWrites) }
    }

    private func factoryReset(_ host: RouterHost) {
        let names = host.use { $0.column("name", of: RouterHost.users) }
        if names.count > Foreigners.count { world.watch.milestones.reach(.factoryReset) }
        world.watch.lost(on: host.name, names)
        inject(.factoryReset(keepsUser: true), host)
        // The owner puts back what is theirs.
        Foreigners.settle(on: host)
    }

    /// Keeps the tables of a router, or puts back those that were kept.
    private func restoreBackup(_ host: RouterHost) {
        guard host.isUp else { return }
        guard let kept = backups.withLock({ $0.removeValue(forKey: host.name) }) else {
            let tables = host.use { $0.savedTables() }
            return backups.withLock { $0[host.name] = tables }
        }
        let before = host.use { $0.column("name", of: RouterHost.users) }
        guard (try? host.use { try $0.restoreTables(kept) }) != nil else { return }
        world.watch.milestones.reach(.restoredBackup)
        let after = host.use { $0.column("name", of: RouterHost.users) }
        world.watch.lost(on: host.name, Array(Set(before).union(after).union(world.crowd.codes(on: host))))
        Foreigners.settle(on: host)
    }

    /// Whoever writes one of the rows that are still to be written loses the connection: a router has its limits.
    private func poison(_ host: RouterHost) {
        let waiting = world.watch.vouchers.filter { voucher in
            world.watch.host(of: voucher.router) == host.name && voucher.provisioning == .pending
                && voucher.desiredPresence != .absent
                && host.use { $0.values([], ofName: voucher.code, in: RouterHost.users) } == nil
        }
        guard let victim = chance.element(of: waiting) else { return }
        world.network.poison(victim.code)
    }
}
