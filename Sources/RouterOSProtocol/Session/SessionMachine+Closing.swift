extension SessionMachine {
    /// The connection ended: by the peer, by an error, or because we want it to.
    ///
    /// What was received before still counts. Everything in flight then fails with `error`, marked as safe to retry where
    /// the command's bytes were never handed over, and not safe where they were; a refusal that was heard stays that
    /// refusal. After ``quit()`` this is how a session ends without one. Does nothing when the session is over already.
    public mutating func close(_ error: RouterOSError) {
        guard !isClosed else { return }
        var heard: [Event] = []
        while !isClosed, let event = nextEvent() { heard.append(event) }
        if !isClosed { endAsAsked(error) }
        epilogue.append(contentsOf: heard.reversed())
    }

    /// Ends the session with `error`, or without one when it was asked to end.
    mutating func endAsAsked(_ error: RouterOSError) {
        if case .quitting = state { end(nil) } else { end(error) }
    }

    /// Settles everything in flight, each command once, and ends the session.
    mutating func end(_ error: RouterOSError?) {
        state = .closed
        for tag in pending.keys.sorted() {
            guard let command = pending[tag], command.audience != .nobody else { continue }
            var failure = error ?? .endedHere
            failure.isSafeToRetry = command.batch == batch
            // A refusal that was heard stays one, though its last word was lost.
            epilogue.append(.completed(tag: tag, result: .failure(command.trap ?? failure)))
        }
        epilogue.append(.closed(error))
        epilogue.reverse()
        pending = [:]
        encoder = SentenceEncoder()
        decoder = SentenceDecoder(limits: limits)
    }
}
