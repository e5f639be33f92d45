extension SessionMachine {
    /// What a sentence from the router means; nil when nobody need know.
    mutating func handle(_ sentence: Sentence) -> Event? {
        hasRecognisedPeer = true
        let kind = sentence.kind
        if case .loggingIn(let attempt) = state { return handleLogin(attempt, sentence, kind) }
        if kind == .fatal {
            endAsAsked(RouterOSError(fatal: sentence, hiding: pending.values.flatMap(\.secrets)))
            return nil
        }
        // Replies without a tag or with a stranger's belong to nothing that we sent.
        guard let tag = sentence.integerTag, let audience = pending[tag]?.audience else { return nil }
        switch kind {
        case .row:
            return audience == .nobody ? nil : .row(tag: tag, sentence)
        case .trap:
            pending[tag]?.hear(trap: sentence)
            return nil
        case .done:
            guard let command = settle(tag), audience != .nobody else { return nil }
            return .completed(tag: tag, result: command.trap.map { .failure($0) } ?? .success(sentence))
        case .fatal, .empty, .other:
            // Only `!done` ends a command: `!empty` comes before one, and so may words of later versions.
            return nil
        }
    }

    /// Forgets a command that the router has finished, and its cancel, which not every router answers.
    private mutating func settle(_ tag: UInt32) -> PendingCommand? {
        guard let command = pending.removeValue(forKey: tag) else { return nil }
        if let cancel = command.cancel, pending[cancel]?.victim == tag { pending[cancel] = nil }
        return command
    }
}
