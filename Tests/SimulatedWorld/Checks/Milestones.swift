import Synchronization

/// Something rare that has to happen in some worlds, or they prove nothing about it.
package enum Milestone: String, Sendable, CaseIterable {
    /// A worker died or stood still with a router in its hands, and another took it over.
    case takeover
    /// A worker that had lost its router came back and was refused.
    case zombieRefused
    /// The answer to a write was lost.
    case unknownOutcome
    /// The answer of a commit was lost.
    case lostAnswer
    /// Word of new work was lost on its way.
    case lostHint
    /// A router lost its power before it had written to flash what it was told.
    case forgottenWrites
    /// A router was taken back to its factory settings while vouchers stood on it, as if another stood in its place.
    case factoryReset
    /// A router was given the tables of an earlier day.
    case restoredBackup
    /// A router was away for a minute and more.
    case longAway
    /// A connection that one end believes in and the other does not.
    case halfOpen
    /// Somebody changed or removed rows of ours by hand.
    case handEdit
    /// A program was killed and started again.
    case restart
    /// A clock was set wrong by so much that nothing may be done by it.
    case clockDoubted
    /// A command had to wait for its turn.
    case waitedForTurn
    /// Many rows were written by a script.
    case bulkScript
    /// The connection broke because of one row.
    case poison
    /// A voucher was first used, ended by time, ended by its data.
    case firstUse, expiry, depletion
    /// A voucher was taken back or switched off while its customer was on line.
    case cutOff
    /// A customer's account was switched off on its router; a customer dialled in.
    case suspension, dialled
    /// A voucher that was missing on its router was put back.
    case putBack
    /// So much of a router was to be changed at once that somebody was asked.
    case massChangeAsked
}

/// Which milestones a world has reached, and how often.
package final class Milestones: Sendable {
    private let counts = Mutex<[Milestone: Int]>([:])

    package init() {}

    func reach(_ milestone: Milestone) { counts.withLock { $0[milestone, default: 0] += 1 } }

    package var reached: [Milestone: Int] { counts.withLock { $0 } }
}
