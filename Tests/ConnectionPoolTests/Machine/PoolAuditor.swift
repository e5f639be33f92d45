import ConnectionPool

/// What a pool may do and must do, kept apart from how it does it: follows events and actions, and notes every breach.
struct PoolAuditor {
    typealias Machine = PoolMachine

    struct Connection {
        var phase = Phase.connecting
        var shares = 0
        var isSpoilt = false
        var idleSince: Moment?
    }

    enum Phase { case connecting, open, closing }

    let configuration: PoolConfiguration
    var connections: [Machine.ConnectionID: Connection] = [:]
    /// In the order in which they came.
    var waiting: [(ticket: Machine.Ticket, shares: Int, deadline: Moment?)] = []
    var leases: [Machine.Ticket: (connection: Machine.ConnectionID, shares: Int, since: Moment)] = [:]
    var answered: Set<Machine.Ticket> = []
    var reported: Set<Machine.Ticket> = []
    var isClosed = false
    var closeDeadline: Moment?
    var finishes = 0
    var misuses = 0
    var failuresInARow = 0
    var breaches: [String] = []

    init(_ configuration: PoolConfiguration) { self.configuration = configuration }

    mutating func require(_ condition: Bool, _ law: @autoclosure () -> String) {
        if !condition { breaches.append(law()) }
    }

    /// Takes in one step of the machine.
    mutating func follow(_ event: Machine.Event, _ actions: [Machine.Action], at now: Moment) {
        var misuse = false
        switch event {
        case .acquire(let ticket, let shares, let deadline, _):
            if leases[ticket] != nil || waiting.contains(where: { $0.ticket == ticket }) {
                misuse = true
            } else {
                answered.remove(ticket)
                waiting.append((ticket, shares, deadline))
            }
        case .release(let ticket, let isClean):
            if let lease = leases.removeValue(forKey: ticket) {
                connections[lease.connection]?.shares -= lease.shares
                if !isClean { connections[lease.connection]?.isSpoilt = true }
                if connections[lease.connection]?.shares == 0 { connections[lease.connection]?.idleSince = now }
            } else {
                misuse = true
            }
        case .connected(let id) where connections[id]?.phase == .connecting:
            connections[id]?.phase = .open
            connections[id]?.idleSince = now
            failuresInARow = 0
        case .connectFailed(let id, _) where connections[id]?.phase == .connecting:
            connections[id] = nil
            failuresInARow += 1
        case .closed(let id): connections[id] = nil
        case .close(let deadline):
            isClosed = true
            closeDeadline = min(deadline, closeDeadline ?? deadline)
        case .connected, .connectFailed, .cancel, .tick: break
        }
        misuses = 0
        for action in actions { follow(action, event, now) }
        let reported = misuses
        require(reported == (misuse ? 1 : 0), "P7: \(reported) misuses reported for \(event)")
        standing(now)
    }

    private mutating func follow(_ action: Machine.Action, _ event: Machine.Event, _ now: Moment) {
        switch action {
        case .connect(let id):
            require(connections[id] == nil, "a connection's number is used twice")
            require(!isClosed, "P8: connects after close")
            connections[id] = Connection()
            let connecting = connections.values.count { $0.phase == .connecting }
            require(
                connecting <= (failuresInARow > 0 ? 1 : configuration.maximumConnecting),
                "\(connecting) connections are being opened"
            )
        case .cancelConnect(let id):
            require(isClosed && connections[id]?.phase == .connecting, "gives up a connection that is wanted")
        case .lease(let ticket, let id):
            guard let first = waiting.first, first.ticket == ticket else {
                return breaches.append("P3 P4 P5: \(ticket) is served out of turn")
            }
            waiting.removeFirst()
            answered.insert(ticket)
            require(!isClosed, "P8: leases after close")
            require((first.deadline ?? now) >= now, "P4: serves a caller whose time is up")
            guard let connection = connections[id], connection.phase == .open, !connection.isSpoilt else {
                return breaches.append("P9: leases a connection that is not fit")
            }
            require(connection.shares + first.shares <= configuration.sharesPerConnection, "too many share")
            connections[id]?.shares += first.shares
            connections[id]?.idleSince = nil
            leases[ticket] = (id, first.shares, now)
        case .fail(let ticket, let reason):
            guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else {
                return breaches.append("P3: \(ticket) is answered and does not wait")
            }
            let waiter = waiting.remove(at: index)
            answered.insert(ticket)
            switch reason {
            case .deadline: require(waiter.deadline.map { $0 <= now } ?? false, "times out early")
            case .cancelled: require(event == .cancel(ticket), "cancels uninvited")
            case .closed: require(isClosed, "says closed and is not")
            case .connectFailed: require(failuresInARow > 0, "says that connecting failed")
            case .tooManyWaiters: require(waiting.count >= configuration.maximumWaiters, "turns away too early")
            case .tooManyShares: require(waiter.shares > configuration.sharesPerConnection, "turns away wrongly")
            }
        case .close(let id):
            guard let connection = connections[id], connection.phase != .closing else {
                return breaches.append("closes twice")
            }
            let isForced = isClosed && (closeDeadline ?? now) <= now
            require(connection.shares == 0 || isForced, "closes a connection in use")
            connections[id]?.phase = .closing
        case .reportLeak(let ticket, let held, _):
            require(reported.insert(ticket).inserted, "reports a lease twice")
            require(leases[ticket].map { now - $0.since == held } ?? false, "reports a lease that is none")
            require(configuration.leakThreshold.map { held >= $0 } ?? false, "reports a lease too early")
        case .reportMisuse: misuses += 1
        case .finished:
            finishes += 1
            require(isClosed && connections.isEmpty && finishes == 1, "P8: finishes wrongly")
        }
    }

    /// What holds after every step.
    private mutating func standing(_ now: Moment) {
        let count = connections.count
        require(count <= configuration.maximumConnections, "P1: \(count) connections")
        if isClosed {
            require(waiting.isEmpty, "P8: somebody waits after close")
            require(!connections.isEmpty || finishes == 1, "P8: no connection is left and it has not finished")
            if let closeDeadline, closeDeadline <= now {
                require(
                    connections.values.allSatisfy { $0.phase == .closing || $0.phase == .connecting },
                    "P8: a connection survives the deadline"
                )
            }
            return
        }
        require(waiting.allSatisfy { $0.deadline.map { $0 > now } ?? true }, "P3: waits beyond its deadline")
        for lease in leases where configuration.leakThreshold.map({ now - lease.value.since >= $0 }) ?? false {
            require(reported.contains(lease.key), "a lease that lasts is not reported")
        }
        for connection in connections.values where connection.phase == .open {
            require(connection.shares > 0 || !connection.isSpoilt, "P9: keeps a spoilt connection")
            if let idleSince = connection.idleSince {
                require(now - idleSince < configuration.idleTimeout, "P10: idle for too long")
            }
        }
    }

    /// What holds of the machine after every step; `isOld` tells the connections whose lifetime has passed.
    mutating func compare(_ machine: inout Machine, at now: Moment) {
        var figures = Machine.Figures()
        for connection in connections.values {
            switch connection.phase {
            case .connecting: figures.connecting += 1
            case .closing: figures.closing += 1
            case .open: if connection.shares == 0 { figures.idle += 1 } else { figures.leased += 1 }
            }
        }
        (figures.waiting, figures.leases) = (waiting.count, leases.count)
        require(machine.figures == figures, "P2: \(machine.figures) is not \(figures)")
        let next = machine.nextDeadline
        require(next.map { $0 > now } ?? true, "P10: is due already, at \(String(describing: next)) \(now)")
        if let earliest = waiting.compactMap(\.deadline).min() {
            require(next.map { $0 <= earliest } ?? false, "P10: would miss a caller's deadline")
        }
        guard let first = waiting.first else { return }
        if configuration.maximumLifetime == nil {
            let hasRoom = connections.values.contains {
                $0.phase == .open && !$0.isSpoilt && $0.shares + first.shares <= configuration.sharesPerConnection
            }
            require(!hasRoom, "P6: somebody waits and there is room")
        }
        // Whoever waits, waits for something that will come.
        let isComing = connections.values.contains { $0.phase != .open || $0.shares > 0 }
        require(isComing || next != nil, "P3: waits for nothing")
        if failuresInARow == 0, figures.connecting == 0 {
            require(connections.count == configuration.maximumConnections, "waits while a connection could be opened")
        }
    }
}
