import BillingDomain
import BillingProvisioning
import RouterOSClient
import RouterOSProtocol
import Synchronization

/// The network between the programs and the routers.
final class SimulatedNetwork: Sendable {
    private struct State {
        var conditions = LinkConditions(
            latency: .milliseconds(1)...(.milliseconds(5)),
            stallsOnceIn: 0,
            stall: .zero ... .zero
        )
        /// Until when a program and a router, by their names, cannot reach each other.
        var partitions: [Way: Duration] = [:]
        /// The names of rows that break the connection of whoever writes them.
        var poison: Set<String> = []
        var links: [WeakLink] = []
    }

    private struct Way: Hashable {
        let process: String
        let host: String
    }

    private struct WeakLink {
        weak var link: SimulatedLink?
        let host: String
        let process: String
    }

    let executor: SeededExecutor
    let chance: Chance
    let watch: Watch
    private let hosts: [String: RouterHost]
    private let state = Mutex(State())

    init(_ executor: SeededExecutor, _ chance: Chance, _ hosts: [RouterHost], _ watch: Watch) {
        self.executor = executor
        self.chance = chance
        self.watch = watch
        self.hosts = Dictionary(uniqueKeysWithValues: hosts.map { ($0.name, $0) })
    }

    /// What connections are like.
    var conditions: LinkConditions { state.withLock { $0.conditions } }

    func set(_ conditions: LinkConditions) { state.withLock { $0.conditions = conditions } }

    /// Keeps a program and a router apart for a while: what they send arrives afterwards.
    func part(_ process: SimulatedProcess, from host: RouterHost, for duration: Duration) {
        let end = executor.now + duration
        state.withLock { $0.partitions[Way(process: process.name, host: host.name)] = end }
    }

    /// Ends every separation.
    func heal() { state.withLock { $0.partitions = [:] } }

    /// When the separation ends, if there is one.
    func partition(between process: SimulatedProcess, and host: RouterHost) -> Duration? {
        let end = state.withLock { state in
            state.partitions.isEmpty ? nil : state.partitions[Way(process: process.name, host: host.name)]
        }
        return end.flatMap { $0 > executor.now ? $0 : nil }
    }

    /// From now on the connection breaks of whoever writes a row of this name, on any router.
    func poison(_ name: String) { state.withLock { _ = $0.poison.insert(name) } }

    func isPoison(_ name: String) -> Bool { state.withLock { !$0.poison.isEmpty && $0.poison.contains(name) } }

    /// Breaks the connections to a router: by a reset, or so that nobody hears of it.
    func breakConnections(to host: RouterHost, silently: Bool) {
        let links = state.withLock { state in
            state.links.removeAll { $0.link == nil }
            return state.links.filter { $0.host == host.name }.compactMap(\.link)
        }
        for link in links { if silently { link.sever() } else { link.reset() } }
    }

    /// A program has died: its machine ends its connections.
    func hangUp(_ process: SimulatedProcess) {
        let links = state.withLock { $0.links.filter { $0.process == process.name }.compactMap(\.link) }
        for link in links { link.hangUp() }
    }

    /// Opens a connection and signs in.
    func connect(
        _ process: SimulatedProcess,
        to router: Router,
        password: String,
        _ configuration: ConnectionConfiguration
    ) async throws -> SimulatedConnection {
        guard let host = hosts[router.host] else {
            throw RouterOSError(.nameResolution, "no address is known", isSafeToRetry: true, endpoint: router.host)
        }
        try await process.sleep(conditions.delay(chance))
        guard partition(between: process, and: host) == nil, host.isUp else {
            try await process.sleep(configuration.connectTimeout)
            throw RouterOSError(.connectTimeout, "no answer", isSafeToRetry: true, endpoint: host.name)
        }
        let link = SimulatedLink(self, host, process)
        let connection = SimulatedConnection(link, process, self, to: router, configuration)
        guard connection.attach() else {
            throw RouterOSError(.connectionRefused, "nothing listens", isSafeToRetry: true, endpoint: host.name)
        }
        state.withLock { $0.links.append(WeakLink(link: link, host: host.name, process: process.name)) }
        try await connection.logIn(user: router.username, password: password)
        return connection
    }
}
