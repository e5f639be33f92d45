import BillingDomain
import RouterOSClient
import RouterOSProtocol
import Synchronization

/// One connection for each router, kept between visits and made anew when address or credentials change.
final class RouterConnections: RouterConnector {
    private struct Entry {
        let target: [String]
        let client: RouterClient
    }

    private let configuration: ConnectionConfiguration
    private let loops: [EventLoop]
    private let entries = Mutex<[Identifier<Router>: Entry]>([:])
    private let made = Mutex<UInt>(0)

    /// Connections that are made as told and share a number of event loops, 64 at the most.
    init(_ configuration: ConnectionConfiguration, loops: Int = 1) {
        self.configuration = configuration
        self.loops = loops < 2 ? [.shared] : EventLoop.several(min(loops, 64))
    }

    func visit<Result: Sendable>(
        _ router: Router,
        password: String,
        _ body: @Sendable (any RouterOSCommands) async throws -> Result
    ) async throws -> Result {
        try await client(for: router, password: password).with { connection in
            do {
                return try await body(connection)
            } catch let error as RouterOSError where error.isOfConnection {
                // This connection only: others may be on a new one already.
                await connection.close()
                throw error
            }
        }
    }

    func close(except routers: Set<Identifier<Router>>) async {
        let closed = entries.withLock { entries in
            let closed = entries.filter { !routers.contains($0.key) }
            for router in closed.keys { entries[router] = nil }
            return closed.values.map(\.client)
        }
        for client in closed { await client.close() }
    }

    /// The loops in turn.
    private var nextLoop: EventLoop {
        let number = made.withLock { made in
            made &+= 1
            return made
        }
        return loops[Int(number % UInt(loops.count))]
    }

    /// The client for a router as it is recorded now.
    private func client(for router: Router, password: String) async -> RouterClient {
        let target = [router.host, String(router.port), router.username, password]
        let (client, replaced) = entries.withLock { entries -> (RouterClient, RouterClient?) in
            if let entry = entries[router.id], entry.target == target { return (entry.client, nil) }
            let endpoint = RouterEndpoint(
                router.host,
                port: UInt16(clamping: router.port),
                as: .user(router.username, password: password)
            )
            // The provisioner has its own pace and its own idea of when to come back.
            let client = RouterClient(
                endpoint,
                ClientConfiguration(
                    connection: configuration,
                    retry: .never,
                    rateLimit: .unlimited,
                    breaker: .never
                ),
                on: nextLoop
            )
            let replaced = entries.updateValue(Entry(target: target, client: client), forKey: router.id)
            return (client, replaced?.client)
        }
        await replaced?.close()
        return client
    }
}

extension RouterOSError {
    /// Whether the connection broke or fell silent, so that a new one may do better.
    var isOfConnection: Bool { code == .connectionClosed || code == .deadlineExceeded }
}
