import BillingDomain
import BillingProvisioning
import RouterOSClient
import RouterOSProtocol
import Synchronization

/// How one program reaches routers: one connection to each, kept until it breaks.
final class SimulatedConnector: RouterConnector {
    private let network: SimulatedNetwork
    private let process: SimulatedProcess
    private let configuration: ConnectionConfiguration
    private let sabotage: Sabotage?
    private let connections = Mutex<[Identifier<Router>: SimulatedConnection]>([:])
    private let doubts = Doubts()

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
            return try await body(sabotage.map { $0.commands(over: connection, router.id, doubts) } ?? connection)
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
