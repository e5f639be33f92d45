/// Which caller uses which connection, and when connections are opened and closed: the whole behaviour of a pool without
/// its connections, its clock and its threads.
///
/// The rules:
/// - Callers are served in the order in which they came; none is overtaken, also not by one that asks for less.
/// - A caller shares a connection that is in use rather than one that is not, and takes the one used last rather than one
///   that has rested: what is not needed grows old and is closed.
/// - A connection is opened when those that are open and those being opened have no room for everybody who waits.
/// - A caller that gives up does not stop the opening of a connection: it will serve the next one.
/// - When opening fails, and no connection is open nor another being opened, everybody who waits fails with that error.
///   After a failure one connection at a time is tried, after a wait by ``Backoff``, and only while somebody waits.
/// - When it fails for good (a password that is refused), everybody who waits fails, and so does everybody who comes within
///   ``PoolConfiguration/refusalPause`` while no connection is open. None is opened before that has passed, and then only
///   for somebody who waits.
/// - Once closed, no lease is given; the end is when no connection is left, at the deadline by force.
package struct PoolMachine: Sendable {
    struct Connection: Sendable {
        enum Phase: Sendable, Hashable {
            /// Being opened. Becomes open, or goes.
            case connecting
            /// Usable: idle without shares in use, leased with. Becomes closing, or goes.
            case open
            /// Being closed. Goes.
            case closing
        }

        let id: ConnectionID
        var phase = Phase.connecting
        var sharesInUse = 0
        /// When it was last given back, in the order of such events.
        var lastUse: UInt64 = 0
        var idleSince: Moment?
        var endOfLife: Moment?
        /// Whether it is closed as soon as nobody uses it, and nobody new does.
        var isCondemned = false
    }

    struct Waiter: Sendable {
        let shares: Int
        let deadline: Moment?
        let site: CallSite
    }

    struct Lease: Sendable {
        let connection: ConnectionID
        let shares: Int
        let since: Moment
        let site: CallSite
    }

    enum Life: Sendable, Hashable {
        case running
        /// No lease is given any more; after the deadline, which is nil once it has passed, all are taken away.
        case closing(deadline: Moment?)
        case closed
    }

    let configuration: PoolConfiguration
    var connections: [Connection] = []
    var waiting: [UInt64: Waiter] = [:]
    var leases: [UInt64: Lease] = [:]
    var life = Life.running

    var queue = LiveQueue()
    var deadlines = DeadlineQueue()
    var watchedLeases = LiveQueue()
    /// Shares that those who wait ask for.
    var sharesAwaited = 0
    /// Nothing is due for a connection before this.
    var connectionAlarm: Moment?

    var failures = 0
    var retryAt: Moment?
    var refusedUntil: Moment?

    private var lastConnection: UInt64 = 0
    private var uses: UInt64 = 0
    var random: JitterSource

    /// Makes a pool without connections.
    package init(_ configuration: PoolConfiguration = PoolConfiguration()) {
        var configuration = configuration
        configuration.maximumConnections = max(1, configuration.maximumConnections)
        configuration.maximumConnecting = max(1, configuration.maximumConnecting)
        configuration.sharesPerConnection = max(1, min(configuration.sharesPerConnection, 1_000_000))
        self.configuration = configuration
        random = JitterSource(seed: configuration.seed)
    }

    /// Takes in what happened, and says what to do, in order.
    package mutating func handle(_ event: Event, at now: Moment) -> [Action] {
        var actions: [Action] = []
        // What is due comes first: a lease given back too late is no longer for a caller whose time was up.
        expire(now, &actions)
        switch event {
        case .acquire(let ticket, let shares, let deadline, let site):
            acquire(ticket, Waiter(shares: max(1, shares), deadline: deadline, site: site), now, &actions)
        case .cancel(let ticket):
            if removeWaiter(ticket) { actions.append(.fail(ticket, .cancelled)) }
        case .release(let ticket, let isClean):
            release(ticket, isClean: isClean, now, &actions)
        case .connected(let id):
            connected(id, now, &actions)
        case .connectFailed(let id, let isPermanent):
            connectFailed(id, isPermanent: isPermanent, now, &actions)
        case .closed(let id):
            connections.removeAll { $0.id == id }
        case .tick:
            break
        case .close(let deadline):
            close(deadline, now, &actions)
        }
        serve(now, &actions)
        finish(&actions)
        return actions
    }

    /// When the next `tick` is due, if nothing happens before; nil for never.
    ///
    /// One that comes too early does no harm.
    package var nextDeadline: Moment? {
        mutating get {
            var next = deadlines.earliest(of: waiting)
            func consider(_ moment: Moment?) {
                guard let moment else { return }
                next = next.map { min($0, moment) } ?? moment
            }
            consider(connectionAlarm)
            if !waiting.isEmpty { consider(retryAt) }
            if let threshold = configuration.leakThreshold,
                let oldest = watchedLeases.first(of: leases).flatMap({ leases[$0] })
            {
                consider(oldest.since + threshold)
            }
            if case .closing(let deadline) = life { consider(deadline) }
            return next
        }
    }

    // MARK: Callers

    private mutating func acquire(_ ticket: Ticket, _ waiter: Waiter, _ now: Moment, _ actions: inout [Action]) {
        guard waiting[ticket.number] == nil, leases[ticket.number] == nil else {
            return actions.append(.reportMisuse(ticket))
        }
        guard life == .running else { return actions.append(.fail(ticket, .closed)) }
        guard waiter.shares <= configuration.sharesPerConnection else {
            return actions.append(.fail(ticket, .tooManyShares))
        }
        if waiting.isEmpty, let index = room(for: waiter.shares) {
            return lease(ticket, waiter, index, now, &actions)
        }
        if let deadline = waiter.deadline, deadline <= now { return actions.append(.fail(ticket, .deadline)) }
        if let refusedUntil, now < refusedUntil, !hasOpenConnection {
            return actions.append(.fail(ticket, .connectFailed))
        }
        guard waiting.count < configuration.maximumWaiters else {
            return actions.append(.fail(ticket, .tooManyWaiters))
        }
        waiting[ticket.number] = waiter
        sharesAwaited += waiter.shares
        queue.append(ticket.number)
        if let deadline = waiter.deadline { deadlines.insert(ticket.number, deadline) }
    }

    private mutating func release(_ ticket: Ticket, isClean: Bool, _ now: Moment, _ actions: inout [Action]) {
        guard let lease = leases.removeValue(forKey: ticket.number) else {
            return actions.append(.reportMisuse(ticket))
        }
        if configuration.leakThreshold != nil { watchedLeases.compact(to: leases) }
        // It may be gone since.
        guard let index = index(of: lease.connection) else { return }
        connections[index].sharesInUse -= lease.shares
        uses += 1
        connections[index].lastUse = uses
        if !isClean { connections[index].isCondemned = true }
        if connections[index].sharesInUse == 0 { rest(index, now, &actions) }
    }

    /// Takes out a caller that waits; false when it does not.
    @discardableResult
    mutating func removeWaiter(_ ticket: Ticket) -> Bool {
        guard let waiter = waiting.removeValue(forKey: ticket.number) else { return false }
        sharesAwaited -= waiter.shares
        queue.compact(to: waiting)
        deadlines.compact(to: waiting)
        return true
    }

    /// Tells everybody who waits, in the order in which they came.
    mutating func failAll(_ reason: Reason, _ actions: inout [Action]) {
        while let number = queue.first(of: waiting) {
            removeWaiter(Ticket(number))
            actions.append(.fail(Ticket(number), reason))
        }
    }

    private mutating func lease(
        _ ticket: Ticket,
        _ waiter: Waiter,
        _ index: Int,
        _ now: Moment,
        _ actions: inout [Action]
    ) {
        connections[index].sharesInUse += waiter.shares
        connections[index].idleSince = nil
        let id = connections[index].id
        leases[ticket.number] = Lease(connection: id, shares: waiter.shares, since: now, site: waiter.site)
        if configuration.leakThreshold != nil { watchedLeases.append(ticket.number) }
        actions.append(.lease(ticket, id))
    }

    /// Gives what there is to those who wait, and asks for what is missing.
    private mutating func serve(_ now: Moment, _ actions: inout [Action]) {
        while let number = queue.first(of: waiting), let waiter = waiting[number],
            let index = room(for: waiter.shares)
        {
            removeWaiter(Ticket(number))
            lease(Ticket(number), waiter, index, now, &actions)
        }
        guard !waiting.isEmpty, life == .running else { return }
        if let retryAt {
            guard retryAt <= now else { return }
            self.retryAt = nil
        }
        var connecting = connections.count { $0.phase == .connecting }
        let limit = failures == 0 ? configuration.maximumConnecting : 1
        while connecting < limit, connections.count < configuration.maximumConnections,
            connecting == 0 || connecting.multipliedSaturated(by: configuration.sharesPerConnection) < sharesAwaited
        {
            lastConnection += 1
            connecting += 1
            connections.append(Connection(id: ConnectionID(lastConnection)))
            actions.append(.connect(ConnectionID(lastConnection)))
        }
    }
}
