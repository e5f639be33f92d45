/// The life of one connection, as a pure value: whose turn it is, what has arrived, and when patience ends.
///
/// A connection is suspended from ``ended(now:)`` until the one ``answer(_:to:now:)`` that returns `true`; whoever gets
/// that `true` resumes it. That makes "resumed exactly once" a property of this type and not of its callers.
struct ConnectionMachine {
    enum Phase {
        /// Between requests, or inside a request line.
        case waiting
        /// The target is known; headers may still be arriving.
        case heading(target: String, place: RequestLayout.Part)
        /// The head is good; the body may still be arriving, and counts against the budget of all bodies.
        case receiving(HTTPRequest, target: String, lease: BodyLease)
        /// The rest of a body that nobody will read.
        case discarding(HTTPRefusal)
        /// Suspended: a handler owns the request.
        case handling(target: String)
        /// The answer is known and not yet queued.
        case answered(HTTPResponse)
        /// The answer is on its way to the client.
        case responding
        /// The socket is gone.
        case closed
    }

    /// What becomes of a request that has arrived to its end.
    enum Ending {
        /// The caller suspends the connection and has the request handled; the lease lives as long as the body.
        case handle(HTTPRequest, target: String, lease: BodyLease)
        case refuse(HTTPRefusal)
    }

    /// What has to happen when patience has ended.
    enum Breach {
        /// Shut the socket down: the peer is too slow.
        case hangUp
        /// Answer on the handler's behalf.
        case answer(HTTPRefusal)
    }

    private(set) var phase: Phase = .waiting
    /// Counts the requests of this connection, so that a late answer cannot reach the next request.
    private(set) var request = 0
    /// Whether the socket was shut down from outside, so that only its close is still to come.
    private(set) var isHungUp = false
    private var since: ContinuousClock.Instant

    init(now: ContinuousClock.Instant) {
        since = now
    }

    /// The request line has been read.
    mutating func began(target: String, at place: RequestLayout.Part, now: ContinuousClock.Instant) {
        guard case .waiting = phase else { return }
        request += 1
        // The time of the first head goes on from the accept. Later ones may have come after a rest.
        if request > 1 { since = now }
        phase = .heading(target: target, place: place)
    }

    /// The headers have been read and the request may come.
    mutating func accepted(
        _ request: HTTPRequest,
        target: String,
        lease: BodyLease,
        now: ContinuousClock.Instant
    ) {
        guard case .heading = phase else { return }
        enter(.receiving(request, target: target, lease: lease), now)
    }

    /// The headers have been read and the request is refused.
    mutating func refused(now: ContinuousClock.Instant) {
        enter(.responding, now)
    }

    /// The target of a request whose headers have not been looked at, and where the parser keeps it.
    var unseenHead: (target: String, place: RequestLayout.Part)? {
        if case .heading(let target, let place) = phase { (target, place) } else { nil }
    }

    /// A piece of the body; `false` where it is longer than announced, which the parser should have prevented.
    mutating func received(body bytes: UnsafeRawBufferPointer, limit: Int) -> Bool {
        if case .discarding = phase { return true }
        guard case .receiving(var request, let target, let lease) = phase, bytes.count <= limit - request.body.count
        else { return false }
        guard lease.extend(by: bytes.count) else {
            phase = .discarding(
                HTTPRefusal(.serviceUnavailable, "Too much is arriving at once. Try again in a moment.", target: target)
            )
            return true
        }
        phase = .waiting  // gives the array up, so that appending does not copy it
        request.body.append(contentsOf: bytes)
        phase = .receiving(request, target: target, lease: lease)
        return true
    }

    /// The request has arrived to its end.
    mutating func ended(now: ContinuousClock.Instant) -> Ending? {
        switch phase {
        case .receiving(let request, let target, let lease):
            enter(.handling(target: target), now)
            return .handle(request, target: target, lease: lease)
        case .discarding(let refusal):
            enter(.responding, now)
            return .refuse(refusal)
        default: return nil
        }
    }

    /// The answer to a request; `true` exactly once per request, and then the caller resumes the connection.
    mutating func answer(_ response: HTTPResponse, to request: Int, now: ContinuousClock.Instant) -> Bool {
        guard case .handling = phase, request == self.request else { return false }
        enter(.answered(response), now)
        return true
    }

    /// The answer to queue now, if there is one.
    mutating func takeAnswer(now: ContinuousClock.Instant) -> HTTPResponse? {
        guard case .answered(let response) = phase else { return nil }
        enter(.responding, now)
        return response
    }

    /// The request is over, well or not.
    mutating func completed(now: ContinuousClock.Instant) {
        if case .closed = phase { return }
        enter(.waiting, now)
    }

    /// The socket is about to be closed.
    mutating func closed(now: ContinuousClock.Instant) {
        enter(.closed, now)
    }

    /// The socket has been shut down from outside.
    mutating func hungUp() {
        isHungUp = true
    }

    /// Whether a request is in progress that deserves to be finished before the server stops.
    var isBusy: Bool {
        switch phase {
        case .handling, .answered, .responding: true
        case .waiting, .heading, .receiving, .discarding, .closed: false
        }
    }

    /// Since when nothing but a head is awaited, which is when a connection can be spared; `nil` otherwise.
    var idleSince: ContinuousClock.Instant? {
        switch phase {
        case .waiting, .heading: isHungUp ? nil : since
        case .receiving, .discarding, .handling, .answered, .responding, .closed: nil
        }
    }

    /// What to do about a peer or a handler that has taken too long.
    func breach(limits: HTTPServer.Limits, now: ContinuousClock.Instant) -> Breach? {
        let taken = now - since
        switch phase {
        case .waiting, .heading: return taken > limits.headers ? .hangUp : nil
        case .receiving, .discarding: return taken > limits.request ? .hangUp : nil
        case .responding: return taken > limits.response ? .hangUp : nil
        case .handling(let target):
            let message = "This took too long. Look whether it was done before trying again."
            return taken > limits.handler
                ? .answer(HTTPRefusal(.serviceUnavailable, message, target: target)) : nil
        case .answered, .closed: return nil
        }
    }

    private mutating func enter(_ phase: Phase, _ now: ContinuousClock.Instant) {
        self.phase = phase
        since = now
    }
}
