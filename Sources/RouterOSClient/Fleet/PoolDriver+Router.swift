package import ConnectionPool
import RouterOSProtocol

extension PoolConfiguration {
    /// The pool of a client.
    init(_ client: ClientConfiguration, seed: UInt64) {
        self.init()
        maximumConnections = max(1, client.maximumConnections)
        maximumConnecting = 2
        sharesPerConnection = Self.shares(client)
        idleTimeout = client.idleTimeout
        maximumLifetime = client.maximumLifetime
        lifetimeJitter = (client.maximumLifetime ?? .zero) / 10
        leakThreshold = client.leakThreshold
        self.seed = seed
    }

    /// How many shares a connection of a client has.
    static func shares(_ client: ClientConfiguration) -> Int { max(1, min(client.commandsPerConnection, 1_000_000)) }
}

extension PoolDriver where Connection == RouterOSConnection {
    /// Connects to a router, and tells the observer.
    package init(
        _ router: RouterEndpoint,
        _ configuration: ConnectionConfiguration,
        on loop: EventLoop,
        _ handshakes: HandshakeGate? = nil
    ) {
        let handshakes = handshakes.map(RouterHandshakes.init)
        self.init(
            connect: {
                do {
                    let connection = try await RouterOSConnection.connect(
                        to: router,
                        configuration: configuration,
                        on: loop,
                        handshakes?.newTurn()
                    )
                    handshakes?.succeeded()
                    return connection
                } catch {
                    handshakes?.failed(error)
                    throw error
                }
            },
            close: { await $0.close() }
        )
        isPermanent = { ($0 as? RouterOSError)?.isRefusal ?? false }
        watch = { await $0.whenEnded($1) }
        guard let observer = configuration.observer else { return }
        let endpoint = router.description
        report = { report in
            switch report {
            case .figures(let figures):
                let event = ClientEvent.poolChanged(
                    endpoint: endpoint,
                    .init(
                        leased: figures.leased,
                        idle: figures.idle,
                        connecting: figures.connecting,
                        waiting: figures.waiting
                    )
                )
                observer.observe(event)
            case .leak(let held, let site):
                observer.observe(.leaseOverdue(endpoint: endpoint, held: held, site: site.description))
            case .dropped(let site):
                observer.observe(.leaseMisused(endpoint: endpoint, site: site.description))
            case .misuse:
                observer.observe(.leaseMisused(endpoint: endpoint, site: nil))
            }
        }
    }
}
