import ConnectionPool
import RouterOSProtocol

extension RouterOSConnection {
    /// Notes when a call is due.
    func noteDeadline(of call: Call) {
        guard let deadline = call.deadline else { return }
        deadlines.insert(call.ticket, at: deadline)
        if deadlines.count > 64, deadlines.count > 2 * (calls.count + held.count) + 2 {
            deadlines.compact { $0.current != .over }
        }
        armTimer(deadline)
    }

    private func armTimer(_ due: ContinuousClock.Instant) {
        if let timer {
            guard due < timer.due else { return }
            loop.cancel(timer.handle)
        }
        timer = (loop.schedule(at: due) { [weak self] in self?.assumeIsolated { $0.expireCalls() } }, due)
    }

    private func expireCalls() {
        timer = nil
        let now = loop.now
        while let ticket = deadlines.popDue(now) {
            guard let call = call(with: ticket), let deadline = call.deadline else { continue }
            // A stream moves its deadline with every row, and a reader that takes its time is not the router's fault.
            if deadline > now || call.isFull {
                let later = now.later(by: max(call.patience ?? .zero, .seconds(1)))
                deadlines.insert(ticket, at: call.isFull ? later : deadline)
                continue
            }
            if case .sent = ticket.current { suspectedSince = suspectedSince ?? now }
            abandon(ticket, deadlineError(of: call))
        }
        checkSuspect(now)
        if let next = deadlines.first?.deadline { armTimer(next) }
    }

    private func call(with ticket: Call.Ticket) -> Call? {
        switch ticket.current {
        case .sent(let tag): calls[tag]
        case .held(let number): held[number]
        case .new, .over: nil
        }
    }

    private func deadlineError(of call: Call) -> RouterOSError {
        if case .held = call.ticket.current { return .neverSent(call.command.path, endpoint) }
        return .deadline(call.command.path, endpoint)
    }

    /// Gives up a router that does not even answer a cancel: it is gone, whatever the socket pretends.
    private func checkSuspect(_ now: ContinuousClock.Instant) {
        guard let since = suspectedSince else { return }
        // While reading pauses nothing can be heard, alive or not.
        if lastHeard >= since || isPaused || session.isClosed {
            suspectedSince = nil
        } else if now >= since.later(by: configuration.requestTimeout) {
            end(.silent(endpoint))
        } else {
            armTimer(since.later(by: configuration.requestTimeout))
        }
    }

    /// Asks the router for a sign of life whenever it has been silent for long.
    func keepAlive() {
        guard let interval = configuration.keepAlive, interval > .zero, session.isReady else { return }
        let now = loop.now
        if now - lastHeard >= interval, !isPaused, !isClosing, signOfLife == nil { askForSignOfLife() }
        let next = max(lastHeard.later(by: interval), now.later(by: interval / 2))
        keepAliveTimer = loop.schedule(at: next) { [weak self] in self?.assumeIsolated { $0.keepAlive() } }
    }

    private func askForSignOfLife() {
        let ticket = Call.Ticket()
        signOfLife = ticket
        let command = Command("/system/identity/print") { $0[".proplist"] = "name" }
        start(command, for: .keepAlive, ticket, patience: configuration.requestTimeout)
    }
}
