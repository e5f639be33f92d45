import BillingDomain
import RouterOSTesting
import Synchronization

/// Makes things go wrong, as the swarm of a world has it.
final class Fate: Sendable {
    private let world: Parts
    private let swarm: Swarm
    private let chance: Chance

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
        case .powerCut: powerCut(host)
        case .factoryReset: factoryReset(host)
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
        guard before != after else { return }
        world.watch.milestones.reach(.forgottenWrites)
        world.watch.lost(on: host.name, before)
    }

    private func factoryReset(_ host: RouterHost) {
        let names = host.use { $0.column("name", of: RouterHost.users) }
        if names.count > Foreigners.count { world.watch.milestones.reach(.factoryReset) }
        world.watch.lost(on: host.name, names)
        inject(.factoryReset(keepsUser: true), host)
        // The owner puts back what is theirs.
        Foreigners.settle(on: host)
    }
}

/// Somebody with Winbox, who changes our rows.
struct Hand {
    private let host: RouterHost
    private let chance: Chance
    private let watch: Watch

    init(_ host: RouterHost, _ chance: Chance, _ watch: Watch) {
        self.host = host
        self.chance = chance
        self.watch = watch
    }

    private var victim: String? {
        let names = host.use { $0.column("name", of: RouterHost.users) }
        return chance.element(of: names.filter(watch.isCode))
    }

    func remove() {
        guard let victim else { return }
        watch.lost(on: host.name, [victim])
        watch.milestones.reach(.handEdit)
        run("remove", [".id": victim])
    }

    func edit() {
        guard let victim else { return }
        watch.milestones.reach(.handEdit)
        switch chance.index(below: 3) {
        case 0: run("set", [".id": victim, "password": "by-hand"])
        case 1: run("set", [".id": victim, "disabled": chance.once(in: 2) ? "yes" : "no"])
        default: run("set", [".id": victim, "comment": "room \(chance.number(1...9))"])
        }
    }

    /// Adds a user of their own whose name is the code of a voucher that is not there yet.
    func squat() {
        let names = Set(host.use { $0.column("name", of: RouterHost.users) })
        let codes = watch.vouchers.filter { watch.host(of: $0.router) == host.name }.map(\.code)
        guard let code = chance.element(of: codes.filter { !names.contains($0) }) else { return }
        run("add", ["name": code, "password": Foreigners.squatter, "comment": "a friend"])
    }

    private func run(_ verb: String, _ attributes: KeyValuePairs<String, String>) {
        // Whatever the router refuses, because it is down for one, is not done.
        host.use { simulator in
            guard simulator.isUp else { return }
            _ = try? simulator.run("\(RouterHost.users)/\(verb)", attributes)
        }
    }
}
