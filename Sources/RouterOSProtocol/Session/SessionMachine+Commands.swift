extension SessionMachine {
    /// Sends a command and returns the tag that its rows and its completion will carry.
    ///
    /// - Throws: ``RouterOSError``: `connectionClosed` when the session is not ready, `invalidCommand` for a path that is
    ///   none, `limitExceeded` when ``maximumInFlight`` commands are under way. Nothing is sent then.
    public mutating func submit(_ command: Command) throws(RouterOSError) -> UInt32 {
        switch state {
        case .ready: break
        case .fresh, .loggingIn: throw .notOpen(isLoggedIn: false)
        case .quitting, .closed: throw .notOpen(isLoggedIn: true)
        }
        guard command.path.hasPrefix("/"), command.path.utf8.count > 1 else { throw .pathWithoutSlash }
        guard pending.count < maximumInFlight else { throw .tooManyInFlight(maximumInFlight) }
        return send(command, to: .everything)
    }

    /// Tells the router to stop working on a command, whose end is still to be heard.
    ///
    /// For streams such as `listen`, which end no other way. Rows that are on their way are still delivered, then exactly
    /// one completion: a success when the command was interrupted or ended by itself in the meantime, a failure when
    /// something else was wrong with it. Nothing happens for a command that is unknown, over, cancelled or abandoned.
    /// A router that does not answer leaves the command open: ``abandon(_:)`` it after a while.
    public mutating func cancel(_ tag: UInt32) {
        guard case .everything = pending[tag]?.audience else { return }
        pending[tag]?.audience = .untilCancelled
        sendCancel(of: tag)
    }

    /// Stops listening to a command and tells the router to stop working on it.
    ///
    /// For commands whose deadline has passed or whose caller has gone. No event of that tag follows: rows and completions
    /// still under way are swallowed, in whatever order the router sends them. A command that is unknown or over already
    /// is left alone.
    public mutating func abandon(_ tag: UInt32) {
        epilogue.removeAll { $0.tag == tag }
        switch pending[tag]?.audience {
        case .everything:
            pending[tag]?.audience = .nobody
            sendCancel(of: tag)
        case .untilCancelled:
            pending[tag]?.audience = .nobody
        case .nobody, nil:
            break
        }
    }

    /// Asks the router to end the session, after what was submitted.
    ///
    /// The router answers by ending it, over TLS without a word: send what ``takeOutgoing()`` has, then end the connection
    /// and ``close(_:)``, without waiting for an answer. The last event is then `closed` without an error, unless the router
    /// sends what cannot be read; commands still under way fail with code `connectionClosed`. Does nothing unless the
    /// session is ready.
    public mutating func quit() {
        guard isReady else { return }
        state = .quitting
        encoder.append(Command("/quit"))
    }

    private mutating func send(
        _ command: Command,
        to audience: PendingCommand.Audience,
        cancelling victim: UInt32? = nil
    ) -> UInt32 {
        var command = command
        let tag = nextTag()
        command.tag = tag
        // Registered before the bytes leave: an answer cannot come too early.
        pending[tag] = PendingCommand(command, to: audience, batch: batch, cancelling: victim)
        encoder.append(command)
        return tag
    }

    private mutating func sendCancel(of tag: UInt32) {
        // After a /quit the router reads nothing more.
        guard isReady else { return }
        let cancel = send(Command("/cancel") { $0["tag"] = String(tag) }, to: .nobody, cancelling: tag)
        pending[tag]?.cancel = cancel
    }
}
