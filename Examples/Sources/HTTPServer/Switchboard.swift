import Synchronization

/// Every open connection, and the way of whole requests to the handlers.
final class Switchboard: Sendable {
    /// A request that waits for its handler.
    struct Call: Sendable {
        let request: HTTPRequest
        let number: Int
        let connection: Connection
        /// Holds the body's share of the budget until the handler is done with it.
        let lease: BodyLease
    }

    let limits: HTTPServer.Limits
    let policy: HTTPServer.Policy
    private let budget: BodyBudget
    let calls: AsyncStream<Call>
    private let feed: AsyncStream<Call>.Continuation
    private let connections = Mutex<[ObjectIdentifier: Connection]>([:])

    init(limits: HTTPServer.Limits, policy: HTTPServer.Policy) {
        self.limits = limits
        self.policy = policy
        budget = BodyBudget(limits.bodies)
        // Unbounded in name only: a connection has one call at most, and connections are bounded.
        (calls, feed) = AsyncStream.makeStream(of: Call.self, bufferingPolicy: .unbounded)
    }

    func opened(_ connection: Connection) {
        connections.withLock { open in
            // Before places run out, whoever occupies one without asking for anything has to go, oldest first.
            if open.count >= limits.connections - limits.connections / 5 { open.values.longestIdle?.hangUp() }
            open[ObjectIdentifier(connection)] = connection
        }
    }

    func closed(_ connection: Connection) {
        connection.move { $0.closed(now: .now) }
        _ = connections.withLock { $0.removeValue(forKey: ObjectIdentifier(connection)) }
    }

    /// Looks at a head.
    /// - Returns: The answer to a request that is refused, or `nil` where its body may come.
    func receive(_ head: RequestHead, target: String, on connection: Connection) -> HTTPResponse? {
        do throws(HTTPRefusal) {
            let request = try head.request(target: target) { min(limits.body, policy.bodyLimit($0)) }
            let lease = BodyLease(budget)
            connection.move { $0.accepted(request, target: target, lease: lease, now: .now) }
            return nil
        } catch {
            connection.move { $0.refused(now: .now) }
            return final(error)
        }
    }

    /// The answer to a refused request, after which the connection ends.
    func final(_ refusal: HTTPRefusal) -> HTTPResponse {
        var response = policy.response(refusal)
        response.headers["Connection"] = "close"
        return response
    }

    /// Hands a whole request of a connection that has just been suspended to its handler.
    func connect(_ call: Call, target: String) {
        if case .enqueued = feed.yield(call) { return }
        let refusal = HTTPRefusal(.serviceUnavailable, "The server is stopping.", target: target)
        call.connection.answer(policy.response(refusal), to: call.number)
    }

    /// Takes no more requests; those in progress go on.
    func stop() {
        feed.finish()
    }

    /// Whether a request is in progress.
    var isBusy: Bool {
        connections.withLock { $0.values.contains { $0.move(\.isBusy) } }
    }

    /// Ends what has taken too long.
    func sweep(now: ContinuousClock.Instant) {
        var late: [(connection: Connection, number: Int, refusal: HTTPRefusal)] = []
        connections.withLock { open in
            for connection in open.values {
                let (breach, number) = connection.move { ($0.breach(limits: limits, now: now), $0.request) }
                switch breach {
                // Under the lock: a connection leaves the table before its socket is closed, so the number is its own.
                case .hangUp: connection.hangUp()
                case .answer(let refusal): late.append((connection, number, refusal))
                case nil: break
                }
            }
        }
        for (connection, number, refusal) in late { connection.answer(policy.response(refusal), to: number) }
    }
}

extension Collection<Connection> {
    /// The connection that has owed the head of a request longest.
    fileprivate var longestIdle: Connection? {
        var longest: (connection: Connection, since: ContinuousClock.Instant)?
        for connection in self {
            guard let since = connection.move(\.idleSince) else { continue }
            if let present = longest, present.since <= since { continue }
            longest = (connection, since)
        }
        return longest?.connection
    }
}
