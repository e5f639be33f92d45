import BillingDomain
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Synchronization

/// A router in the world: its own time is the world's, and what it does by itself happens when it is due.
final class RouterHost: Sendable {
    private struct State {
        var at = Duration.zero
        var alarm: Duration?
    }

    static let password = "router-secret"
    /// The menu of hotspot users.
    static let users = "/ip/hotspot/user"
    /// The menu of customers who dial in.
    static let secrets = "/ppp/secret"
    /// The menu of scripts.
    static let scripts = "/system/script"

    let name: String
    private let executor: SeededExecutor
    private let simulator: RouterOSSimulator
    private let state = Mutex(State())

    init(_ name: String, seed: UInt64, on executor: SeededExecutor) {
        self.name = name
        self.executor = executor
        simulator = RouterOSSimulator(.v7_18, credentials: .user("api", password: Self.password), seed: seed)
        simulator.limitTranscript(to: 0)
    }

    var isUp: Bool { use { $0.isUp } }

    /// The names of the hotspot users who are on line.
    var online: Set<String> { Set(use { $0.rows("/ip/hotspot/active") }.compactMap { $0["user"] }) }
    /// The names of the customers who have dialled in.
    var dialled: Set<String> { Set(use { $0.rows("/ppp/active") }.compactMap { $0["name"] }) }

    func isOnline(_ name: String) -> Bool { online.contains(name) }
    func isDialled(_ name: String) -> Bool { dialled.contains(name) }

    /// Looks at the router, or does something with it, at the present time.
    @discardableResult
    func use<Result>(_ body: (RouterOSSimulator) throws -> Result) rethrows -> Result {
        catchUp()
        defer { setAlarm() }
        return try body(simulator)
    }

    private func catchUp() {
        let now = executor.now
        let passed = state.withLock { state in
            defer { state.at = now }
            return now - state.at
        }
        simulator.advance(by: passed)
    }

    /// Sees to it that what the router does by itself happens in time.
    private func setAlarm() {
        guard let due = simulator.nextDue else { return }
        let isNew = state.withLock { state in
            guard state.alarm.map({ due < $0 }) ?? true else { return false }
            state.alarm = due
            return true
        }
        guard isNew else { return }
        executor.after(due - executor.now) { [weak self] in
            self?.state.withLock { if $0.alarm == due { $0.alarm = nil } }
            self?.use { _ in }
        }
    }
}
