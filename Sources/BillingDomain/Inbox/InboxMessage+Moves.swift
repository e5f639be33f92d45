extension InboxMessage {
    /// Whether a repetition of this message has nothing left to do.
    public var makesDuplicates: Bool { state == .done }

    /// Whether ``claim(at:)`` would be allowed.
    public func isDue(at instant: Timestamp) -> Bool {
        switch state {
        case .received, .failed: notBefore <= instant
        case .processing: (claimedUntil ?? instant) <= instant
        case .done, .quarantined: false
        }
    }

    /// received or failed → processing, once due; also takes over a claim that has run out.
    public mutating func claim(at instant: Timestamp) throws(DomainError) {
        guard isDue(at: instant) else { throw illegal("process", "only one that waits and is due can be") }
        state = .processing
        attempts = Int(Int64(attempts).saturatingAdding(1))
        claimedUntil = instant + Self.claimLength
    }

    /// processing → done; in the transaction that puts its effect into the books.
    public mutating func complete(_ detail: String, at instant: Timestamp) throws(DomainError) {
        guard state == .processing else { throw illegal("complete", "claim it first") }
        end(.done, detail)
        endedAt = instant
    }

    /// processing → failed with another attempt later, or quarantined after ``mostAttempts``.
    public mutating func fail(_ detail: String, retryAt: Timestamp) throws(DomainError) {
        guard state == .processing else { throw illegal("fail", "claim it first") }
        end(attempts < Self.mostAttempts ? .failed : .quarantined, detail)
        notBefore = retryAt
    }

    /// received, processing or failed → quarantined: a person must decide.
    public mutating func quarantine(_ detail: String) throws(DomainError) {
        guard state != .done, state != .quarantined else {
            throw illegal("quarantine", "it is settled or there already")
        }
        end(.quarantined, detail)
    }

    /// quarantined → received: to be processed again at once.
    public mutating func release(at instant: Timestamp) throws(DomainError) {
        guard state == .quarantined else { throw illegal("release", "only a quarantined one can be") }
        state = .received
        attempts = 0
        notBefore = instant
    }

    /// Puts newly sealed headers in place of those that an older key sealed.
    public mutating func reseal(_ sealed: [UInt8]) { sealedHeaders = sealed }

    /// quarantined → done without effect, for a reason.
    public mutating func dismiss(_ reason: String, at instant: Timestamp) throws(DomainError) {
        guard state == .quarantined else { throw illegal("dismiss", "only a quarantined one can be") }
        end(.done, reason)
        endedAt = instant
    }

    private mutating func end(_ state: InboxState, _ detail: String) {
        self.state = state
        self.detail = detail
        claimedUntil = nil
        if state == .done { sealedHeaders = [] }
    }

    private func illegal(_ move: String, _ why: String) -> DomainError {
        DomainError(.illegalMove, "Cannot \(move) a message that is \(state.rawValue): \(why).")
    }
}
