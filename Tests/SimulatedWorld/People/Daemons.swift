import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import RouterOSClient
import Synchronization

/// The workers of a world: each a program of its own over the one store.
final class Daemons: Sendable {
    private struct State {
        var processes: [SimulatedProcess] = []
        var ended: [SimulatedProcess] = []
        var incarnations = 0
    }

    /// What a worker is started with.
    struct Setting: Sendable {
        let executor: SeededExecutor
        let seed: UInt64
        let template: Template
        let network: SimulatedNetwork
        let configuration: ProvisionerConfiguration
        let sabotage: Sabotage?
        let watch: Watch
        let store: @Sendable (SimulatedProcess) -> SimulatedStore
    }

    private let setting: Setting
    private let chance: Chance
    private let state = Mutex(State())

    init(_ setting: Setting, _ chance: Chance) {
        self.setting = setting
        self.chance = chance
    }

    /// Any of them that lives.
    var any: SimulatedProcess? { chance.element(of: state.withLock { $0.processes }) }

    /// All that ever lived.
    var all: [SimulatedProcess] { state.withLock { $0.ended + $0.processes } }

    /// Whether one of them has run well since an instant or longer.
    func isSound(since instant: Duration) -> Bool {
        state.withLock { $0.processes.contains { $0.soundSince.map { $0 <= instant } ?? false } }
    }

    /// Starts one more.
    func start() {
        let number = state.withLock { state in
            state.incarnations += 1
            return state.incarnations
        }
        let chance = Chance(seed: setting.seed, part: 1_000 + UInt64(number))
        let process = SimulatedProcess("d\(number)", isDaemon: true, on: setting.executor, chance: chance)
        state.withLock { $0.processes.append(process) }
        let store = setting.store(process)
        let billing = Billing(store: store, secrets: setting.template.secrets, environment: process.environment)
        let provisioner = Provisioner(
            billing: billing,
            configuration: configuration(of: process),
            environment: process.environment,
            connector: SimulatedConnector(
                setting.network,
                process,
                setting.configuration.connection,
                setting.sabotage
            )
        )
        process.begin { await provisioner.run() }
        guard setting.sabotage == .hintsOnly else { return }
        process.begin {
            // What the clock brings is no matter of hints.
            while !Task.isCancelled {
                await provisioner.expireOnce()
                try? await process.sleep(.seconds(4))
            }
        }
    }

    private func configuration(of process: SimulatedProcess) -> ProvisionerConfiguration {
        var configuration = setting.configuration
        configuration.sleep = { try await process.sleep($0) }
        configuration.random = { process.chance.bits() }
        switch setting.sabotage {
        case .trustClock: configuration.elapsed = { process.wall - SimulatedProcess.beginning }
        case .noLeaseTrust: configuration.elapsed = { process.executor.now - process.pausedTime }
        default: configuration.elapsed = { process.executor.now }
        }
        if setting.sabotage == .hintsOnly {
            configuration.pollInterval = .seconds(3_600)
            configuration.watchInterval = .seconds(3_600)
        }
        let milestones = setting.watch.milestones
        configuration.onFault = { error in
            guard let error = error as? BillingError else { return }
            if error.code == .leaseLost { milestones.reach(.zombieRefused) }
            if error.message.contains("clock was set") { milestones.reach(.clockDoubted) }
        }
        return configuration
    }

    /// Kills one; another one starts after a time.
    func killOne(for duration: Duration) {
        guard let victim = any else { return }
        setting.watch.milestones.reach(.restart)
        state.withLock { state in
            state.processes.removeAll { $0 === victim }
            state.ended.append(victim)
        }
        victim.kill()
        setting.network.hangUp(victim)
        setting.executor.after(duration) { [weak self] in self?.start() }
    }

    /// Stops one for a while: it goes on where it was, whatever has happened since.
    func pauseOne(for duration: Duration) {
        guard let victim = any, !victim.isPaused else { return }
        victim.pause()
        setting.executor.after(duration) { victim.resume() }
    }

    /// Sets the clock of one: by less than is doubted, or by very much.
    func setOneClockWrong(slack: Duration) {
        guard let victim = any else { return }
        if slack > .zero {
            victim.setClock(wrongBy: chance.time(.zero - slack / 2...slack / 2))
        } else {
            let error = chance.time(.seconds(300)...(.seconds(400 * 86_400)))
            victim.setClock(wrongBy: chance.once(in: 2) ? error : .zero - error)
        }
    }

    /// Puts everything right that is wrong with them.
    func heal() {
        for process in state.withLock({ $0.processes }) {
            process.resume()
            process.setClock(wrongBy: .zero)
        }
    }
}
