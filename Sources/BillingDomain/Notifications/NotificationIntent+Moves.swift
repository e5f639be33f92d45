extension NotificationIntent {
    /// Whether ``claim(at:)`` would be allowed.
    public func isDue(at instant: Timestamp) -> Bool {
        switch state {
        case .pending, .failed: notBefore <= instant
        case .sending: (claimedUntil ?? instant) <= instant
        case .sent, .parked, .cancelled: false
        }
    }

    /// pending or failed → sending, once due; also takes over a claim that has run out.
    public mutating func claim(at instant: Timestamp) throws(DomainError) {
        guard isDue(at: instant) else { throw illegal("claim", "only one that waits and is due can be claimed") }
        state = .sending
        attempts = Int(Int64(attempts).saturatingAdding(1))
        claimedUntil = instant + Self.claimLength
    }

    /// sending → sent, with what the channel calls it.
    public mutating func succeed(receipt: String?, at instant: Timestamp) throws(DomainError) {
        guard state == .sending else { throw illegal("complete", "claim it first") }
        state = .sent
        claimedUntil = nil
        self.receipt = receipt
        detail = nil
        endedAt = instant
    }

    /// sending → failed with another attempt later, or parked after ``mostAttempts`` or when trying again is no use.
    public mutating func fail(
        _ detail: String,
        retryAt: Timestamp?
    ) throws(DomainError) {
        guard state == .sending else { throw illegal("fail", "claim it first") }
        claimedUntil = nil
        self.detail = detail
        if let retryAt, attempts < Self.mostAttempts {
            state = .failed
            notBefore = retryAt
        } else {
            state = .parked
        }
    }

    /// failed or parked → pending, due at once, with all its attempts before it.
    public mutating func retry(at instant: Timestamp) throws(DomainError) {
        guard state == .failed || state == .parked else { throw illegal("retry", "only one that failed can be") }
        state = .pending
        attempts = 0
        notBefore = instant
    }

    /// pending, failed or parked → cancelled.
    public mutating func cancel(at instant: Timestamp) throws(DomainError) {
        guard state == .pending || state == .failed || state == .parked else {
            throw illegal("cancel", "only one that waits can be")
        }
        state = .cancelled
        endedAt = instant
    }

    private func illegal(_ move: String, _ why: String) -> DomainError {
        DomainError(.illegalMove, "Cannot \(move) a notification that is \(state.rawValue): \(why).")
    }
}
