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
        var partitions: [String: Duration] = [:]
        var links: [WeakLink] = []
    }

    private struct WeakLink {
        weak var link: SimulatedLink?
        let host: String
        let process: String
    }

    let executor: SeededExecutor
    let chance: Chance
    let log: EventLog
    let milestones: Milestones
    private let hosts: [String: RouterHost]
    private let state = Mutex(State())

    init(_ executor: SeededExecutor, _ chance: Chance, _ hosts: [RouterHost], _ log: EventLog, _ milestones: Milestones)
    {
        self.executor = executor
        self.chance = chance
        self.log = log
        self.milestones = milestones
        self.hosts = Dictionary(uniqueKeysWithValues: hosts.map { ($0.name, $0) })
    }

    /// What connections are like.
    var conditions: LinkConditions { state.withLock { $0.conditions } }

    func set(_ conditions: LinkConditions) { state.withLock { $0.conditions = conditions } }

    /// Keeps a program and a router apart for a while: what they send arrives afterwards.
    func part(_ process: SimulatedProcess, from host: RouterHost, for duration: Duration) {
        let end = executor.now + duration
        state.withLock { $0.partitions["\(process.name) \(host.name)"] = end }
    }

    /// Ends every separation.
    func heal() { state.withLock { $0.partitions = [:] } }

    /// When the separation ends, if there is one.
    func partition(between process: SimulatedProcess, and host: RouterHost) -> Duration? {
        let end = state.withLock { $0.partitions["\(process.name) \(host.name)"] }
        return end.flatMap { $0 > executor.now ? $0 : nil }
    }

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
        let connection = SimulatedConnection(link, process, endpoint: host.name, configuration)
        guard connection.attach() else {
            throw RouterOSError(.connectionRefused, "nothing listens", isSafeToRetry: true, endpoint: host.name)
        }
        state.withLock { $0.links.append(WeakLink(link: link, host: host.name, process: process.name)) }
        try await connection.logIn(user: router.username, password: password)
        return connection
    }
}

/// How one program reaches routers: one connection to each, kept until it breaks.
final class SimulatedConnector: RouterConnector {
    private let network: SimulatedNetwork
    private let process: SimulatedProcess
    private let configuration: ConnectionConfiguration
    private let sabotage: Sabotage?
    private let connections = Mutex<[Identifier<Router>: SimulatedConnection]>([:])

    init(
        _ network: SimulatedNetwork,
        _ process: SimulatedProcess,
        _ configuration: ConnectionConfiguration,
        _ sabotage: Sabotage?
    ) {
        self.network = network
        self.process = process
        self.configuration = configuration
        self.sabotage = sabotage
    }

    func visit<Result: Sendable>(
        _ router: Router,
        password: String,
        _ body: @Sendable (any RouterOSCommands) async throws -> Result
    ) async throws -> Result {
        let connection = try await connection(to: router, password)
        do {
            return try await body(sabotage.map { $0.commands(over: connection) } ?? connection)
        } catch let error as RouterOSError where error.code == .connectionClosed || error.code == .deadlineExceeded {
            connection.close()
            throw error
        }
    }

    private func connection(to router: Router, _ password: String) async throws -> SimulatedConnection {
        if let open = connections.withLock({ $0[router.id] }), open.isOpen { return open }
        let connection = try await network.connect(process, to: router, password: password, configuration)
        connections.withLock { $0[router.id] = connection }
        return connection
    }

    func close(except routers: Set<Identifier<Router>>) async {
        let closed = connections.withLock { connections in
            let closed = connections.filter { !routers.contains($0.key) }.sorted { $0.key < $1.key }
            for (id, _) in closed { connections[id] = nil }
            return closed.map(\.value)
        }
        for connection in closed { connection.close() }
    }
}
