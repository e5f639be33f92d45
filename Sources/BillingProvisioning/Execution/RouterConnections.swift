import BillingDomain
import RouterOSClient
import Synchronization

/// One connection for each router, kept between visits and made anew when address or credentials change.
final class RouterConnections: Sendable {
    private struct Entry {
        let target: [String]
        let client: RouterClient
    }

    private let configuration: ConnectionConfiguration
    private let entries = Mutex<[Identifier<Router>: Entry]>([:])

    init(_ configuration: ConnectionConfiguration) {
        self.configuration = configuration
    }

    /// The client for a router as it is recorded now.
    func client(for router: Router, password: String) async -> RouterClient {
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
                configuration: ClientConfiguration(
                    connection: configuration,
                    retry: .never,
                    rateLimit: .unlimited,
                    breaker: .never
                )
            )
            let replaced = entries.updateValue(Entry(target: target, client: client), forKey: router.id)
            return (client, replaced?.client)
        }
        await replaced?.close()
        return client
    }

    /// The routers that have a client.
    var routers: Set<Identifier<Router>> { entries.withLock { Set($0.keys) } }

    /// Ends the connections to some routers.
    func close(_ routers: Set<Identifier<Router>>) async {
        let closed = entries.withLock { entries in routers.compactMap { entries.removeValue(forKey: $0)?.client } }
        for client in closed { await client.close() }
    }
}
