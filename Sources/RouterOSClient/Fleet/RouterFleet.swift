package import ConnectionPool
import Synchronization

/// Many routers, each with a client of its own.
///
/// ```swift
/// let fleet = RouterFleet(FleetConfiguration(loops: 2, commandsPerMinute: 100))
/// try await fleet[endpoint].get(SystemResource.self)
/// ```
///
/// What happens to one router does not touch the others: each has its own connections, rate limit, breaker and retry budget.
/// Two limits are common to all, and are made so that routers in trouble cannot use them up for the others: a second retry
/// budget, ``FleetConfiguration/retryBudget``, and that of handshakes, ``FleetConfiguration/maximumHandshakes``. Safe to use from
/// any task.
public final class RouterFleet: Sendable {
    /// How the routers are treated.
    public let configuration: FleetConfiguration

    private struct State {
        var clients: [RouterEndpoint: RouterClient] = [:]
        var nextLoop = 0
        var isClosed = false
    }

    private let loops: [EventLoop]
    private let scheduler: any Scheduler
    private let budget: SharedRetryBudget
    package let handshakes: HandshakeGate
    private let state = Mutex(State())

    /// Makes a fleet without routers.
    public convenience init(_ configuration: FleetConfiguration = FleetConfiguration()) {
        let loops = EventLoop.several(min(max(1, configuration.loops), FleetConfiguration.maximumLoops))
        self.init(configuration, loops, LoopScheduler(loop: loops.first ?? .shared))
    }

    package init(_ configuration: FleetConfiguration, _ loops: [EventLoop], _ scheduler: any Scheduler) {
        self.configuration = configuration
        self.loops = loops
        self.scheduler = scheduler
        budget = SharedRetryBudget(ratio: configuration.retryBudget, floor: 100)
        handshakes = HandshakeGate(HandshakeLimiter(limit: configuration.maximumHandshakes), on: scheduler)
    }

    /// The client of a router; the same one for equal endpoints, and a closed one when the fleet has been closed.
    public subscript(endpoint: RouterEndpoint) -> RouterClient {
        state.withLock { state in
            if let client = state.clients[endpoint] { return client }
            let loop = loops.isEmpty ? .shared : loops[state.nextLoop % loops.count]
            state.nextLoop = (state.nextLoop + 1) % max(1, loops.count)
            let client = RouterClient(endpoint, configuration.client, on: loop, scheduler, budget, handshakes)
            if state.isClosed { client.beginClosing() }
            state.clients[endpoint] = client
            return client
        }
    }

    /// How many routers have a client.
    public var count: Int { state.withLock { $0.clients.count } }

    /// Forgets clients that are no longer used, from time to time; returns when its task is cancelled, with every client closed.
    ///
    /// The only place where background work lives. A fleet without it works, and keeps every client that it has ever had.
    public func run() async {
        let pause = max(configuration.forgetAfter / 4, .seconds(1))
        while (try? await scheduler.sleep(until: scheduler.now + pause)) != nil { forgetUnused() }
        await close()
    }

    /// Forgets the clients that nobody has used for ``FleetConfiguration/forgetAfter`` and nobody holds; their connections end.
    public func forgetUnused() {
        let limit = scheduler.now + (.zero - configuration.forgetAfter)
        let forgotten = state.withLock { state in
            var forgotten: [RouterClient] = []
            for endpoint in Array(state.clients.keys) {
                guard var client = state.clients.removeValue(forKey: endpoint) else { continue }
                if client.isUnused(since: limit), isKnownUniquelyReferenced(&client) {
                    forgotten.append(client)
                } else {
                    state.clients[endpoint] = client
                }
            }
            return forgotten
        }
        // Their end closes connections: outside the lock.
        withExtendedLifetime(forgotten) {}
    }

    /// Closes every client, after `grace` at the latest, those of later included: all of their calls fail with code `unavailable`.
    public func close(grace: Duration = .zero) async {
        let clients = state.withLock { state in
            state.isClosed = true
            defer { state.clients = [:] }
            return Array(state.clients.values)
        }
        await withDiscardingTaskGroup { group in
            for client in clients { group.addTask { await client.close(grace: grace) } }
        }
    }
}
