/// The right of one process to start background jobs, for a while.
///
/// The number of the term grows with every election and fences: what is done under an earlier term is refused. All
/// instants are those of the store's clock, except in ``trusts(since:now:margin:)``.
public struct LeaderTerm: Hashable, Sendable {
    /// A term ends this long after it was last renewed.
    public static let length = Duration.seconds(15)

    /// The number of the term, 1 for the first.
    public let number: Int64

    /// Who leads: one name for each running process, never reused.
    public let owner: String

    /// When it was elected.
    public let electedAt: Timestamp

    /// When another may be elected.
    public private(set) var until: Timestamp

    /// Recreates a stored term.
    public init(number: Int64, owner: String, electedAt: Timestamp, until: Timestamp) {
        self.number = number
        self.owner = owner
        self.electedAt = electedAt
        self.until = until
    }

    /// The term after another: elects `owner` if nobody leads; `nil` while somebody does.
    ///
    /// An end farther away than ``length`` was written while the clock was wrong, and counts as past.
    public static func elect(_ owner: String, after last: LeaderTerm?, at now: Timestamp) -> LeaderTerm? {
        if let last, now < last.until, last.until <= now + length { return nil }
        return LeaderTerm(
            number: (last?.number ?? 0).saturatingAdding(1),
            owner: owner,
            electedAt: now,
            until: now + length
        )
    }

    /// Renews the term for its owner.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/illegalMove`` for another process, or another term of the same
    ///   one; also once it has ended, because somebody may have seen that.
    public mutating func renew(_ owner: String, number: Int64, at now: Timestamp) throws(DomainError) {
        guard owner == self.owner, number == self.number else {
            throw DomainError(.illegalMove, "Cannot renew term \(number): term \(self.number) is another's.")
        }
        guard now < until else { throw DomainError(.illegalMove, "Cannot renew term \(number): it has ended.") }
        until = max(until, now + Self.length)
    }

    /// Gives the term up, so that another may be elected at once.
    public mutating func resign(_ owner: String, number: Int64, at now: Timestamp) throws(DomainError) {
        guard owner == self.owner, number == self.number else {
            throw DomainError(.illegalMove, "Cannot resign from term \(number): term \(self.number) is another's.")
        }
        until = min(until, now)
    }

    /// Whether a leader may still trust its term, by its own clock alone.
    ///
    /// - Parameters:
    ///   - attempt: When it *began* the last renewal that succeeded: the store's clock ran while the answer came.
    ///   - now: The present moment of the same clock.
    ///   - margin: What is kept back for clocks that run unevenly.
    /// - Returns: Whether it may act.
    public static func trusts(since attempt: Timestamp, now: Timestamp, margin: Duration = .seconds(3)) -> Bool {
        now >= attempt && now - attempt < length - margin
    }
}
