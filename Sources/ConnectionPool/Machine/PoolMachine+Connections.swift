extension PoolMachine {
    func index(of id: ConnectionID) -> Int? { connections.firstIndex { $0.id == id } }

    var hasOpenConnection: Bool {
        connections.contains { $0.phase == .open && !$0.isCondemned }
    }

    /// The connection that a caller gets: the one most in use that has room, of equals the one used last.
    func room(for shares: Int) -> Int? {
        var best: Int?
        for index in connections.indices {
            let candidate = connections[index]
            guard candidate.phase == .open, !candidate.isCondemned,
                shares <= configuration.sharesPerConnection - candidate.sharesInUse
            else { continue }
            guard let incumbent = best.map({ connections[$0] }) else {
                best = index
                continue
            }
            if (candidate.sharesInUse, candidate.lastUse) > (incumbent.sharesInUse, incumbent.lastUse) { best = index }
        }
        return best
    }

    mutating func connected(_ id: ConnectionID, _ now: Moment, _ actions: inout [Action]) {
        guard let index = index(of: id), connections[index].phase == .connecting else { return }
        (failures, retryAt, refusedUntil) = (0, nil, nil)
        guard life == .running else { return startClosing(index, &actions) }
        connections[index].phase = .open
        if let lifetime = configuration.maximumLifetime {
            let jitter = max(0, min(configuration.lifetimeJitter, lifetime).wholeNanoseconds)
            let taken = Int64.random(in: 0...jitter, using: &random)
            connections[index].endOfLife = now + (lifetime - .nanoseconds(taken))
            wake(at: connections[index].endOfLife)
        }
        rest(index, now, &actions)
    }

    mutating func connectFailed(
        _ id: ConnectionID,
        isPermanent: Bool,
        _ now: Moment,
        _ actions: inout [Action]
    ) {
        guard let index = index(of: id), connections[index].phase == .connecting else { return }
        connections.remove(at: index)
        guard life == .running else { return }
        failures = failures.addingSaturated(1)
        retryAt = now + configuration.backoff.delay(afterFailures: failures, using: &random)
        if isPermanent {
            refusedUntil = now + configuration.refusalPause
            retryAt = refusedUntil
            failAll(.connectFailed, &actions)
        } else if !hasOpenConnection, !connections.contains(where: { $0.phase == .connecting }) {
            failAll(.connectFailed, &actions)
        }
    }

    /// A connection that nobody uses any more: kept for the next one, or closed.
    mutating func rest(_ index: Int, _ now: Moment, _ actions: inout [Action]) {
        guard connections[index].phase == .open else { return }
        guard life == .running, !connections[index].isCondemned else { return startClosing(index, &actions) }
        connections[index].idleSince = now
        wake(at: now + configuration.idleTimeout)
    }

    mutating func startClosing(_ index: Int, _ actions: inout [Action]) {
        connections[index].phase = .closing
        connections[index].idleSince = nil
        actions.append(.close(connections[index].id))
    }

    private mutating func wake(at moment: Moment?) {
        guard let moment else { return }
        connectionAlarm = connectionAlarm.map { min($0, moment) } ?? moment
    }

    // MARK: Time

    /// Does what is due at `now`.
    mutating func expire(_ now: Moment, _ actions: inout [Action]) {
        while let number = deadlines.popDue(now, of: waiting) {
            removeWaiter(Ticket(number))
            actions.append(.fail(Ticket(number), .deadline))
        }
        reportLeaks(now, &actions)
        if let alarm = connectionAlarm, alarm <= now {
            connectionAlarm = nil
            for index in connections.indices { retireIfDue(index, now, &actions) }
        }
        if case .closing(let deadline?) = life, deadline <= now { closeByForce(&actions) }
    }

    /// Ends a connection whose time has come, and sets the alarm for one whose time will.
    private mutating func retireIfDue(_ index: Int, _ now: Moment, _ actions: inout [Action]) {
        let connection = connections[index]
        guard connection.phase == .open else { return }
        if let end = connection.endOfLife, !connection.isCondemned {
            if end <= now { connections[index].isCondemned = true } else { wake(at: end) }
        }
        guard let idleSince = connection.idleSince else { return }
        let idleEnd = idleSince + configuration.idleTimeout
        if connections[index].isCondemned || idleEnd <= now { return startClosing(index, &actions) }
        wake(at: idleEnd)
    }

    private mutating func reportLeaks(_ now: Moment, _ actions: inout [Action]) {
        guard let threshold = configuration.leakThreshold else { return }
        while let number = watchedLeases.first(of: leases), let lease = leases[number], lease.since + threshold <= now {
            watchedLeases.removeFirst()
            actions.append(.reportLeak(Ticket(number), held: now - lease.since, site: lease.site))
        }
    }

    // MARK: The end

    mutating func close(_ deadline: Moment, _ now: Moment, _ actions: inout [Action]) {
        switch life {
        case .closed: return
        case .closing(let earlier):
            guard let earlier, deadline < earlier else { return }
            life = .closing(deadline: deadline)
        case .running:
            life = .closing(deadline: deadline)
            // Nothing rests any more.
            connectionAlarm = nil
            failAll(.closed, &actions)
            for index in connections.indices {
                switch connections[index].phase {
                case .connecting: actions.append(.cancelConnect(connections[index].id))
                case .open where connections[index].sharesInUse == 0: startClosing(index, &actions)
                case .open, .closing: break
                }
            }
        }
        if deadline <= now { closeByForce(&actions) }
    }

    private mutating func closeByForce(_ actions: inout [Action]) {
        life = .closing(deadline: nil)
        for index in connections.indices where connections[index].phase == .open {
            startClosing(index, &actions)
        }
    }

    /// Ends the pool when it has been closed and no connection is left.
    mutating func finish(_ actions: inout [Action]) {
        guard case .closing = life, connections.isEmpty else { return }
        (life, connectionAlarm) = (.closed, nil)
        actions.append(.finished)
    }
}
