/// What must hold in every world, by the name that a report gives.
package enum Law: String, Sendable, CaseIterable {
    /// As many vouchers are kept as were handed out, and each stands on its router or has ended.
    case noVoucherLost
    /// No code is made twice, and no name stands twice on a router.
    case noVoucherDoubled
    /// What customers used is counted once: never more than it was, and all of it that a router has not forgotten.
    case useCountedOnce
    /// No voucher begins before somebody logs in, nor ends before its time is over.
    case nothingEarly
    /// No voucher goes on for long after its time was over while a worker could have ended it.
    case nothingLate
    /// No voucher moves data beyond what was bought, again after each time that its router forgot it.
    case allowance
    /// What is called cut off is not on line.
    case cutOffIsOffLine
    /// What is called present stands there.
    case presentIsThere
    /// Nothing that has gone for good is brought to a router again.
    case goneIsGone
    /// Nothing that is not ours is changed.
    case foreignRows
    /// Nothing is written over a connection on which the menu was not read before: what may have been written already is
    /// not sent again blindly.
    case readBeforeWrite
    /// No worker sends a router anything while another one holds it, or nobody.
    case oneHolder
    /// No write of a worker that has lost its router is accepted.
    case noStaleEpoch
    /// No worker sends a router more commands than it may be sent.
    case commandRate
    /// Nothing is sent to a router inside a transaction.
    case nothingSentInside
    /// Much of a router is not changed at once without asking.
    case massChangeAsked
    /// The books balance, their chain is whole, and the money is where it should be.
    case books
    /// Vouchers and accounts move only as they may.
    case lawfulMoves
    /// Once nothing goes wrong any more, routers come to show what the records want.
    case convergence
    /// Every process ends when it is told to, and time passes while it runs.
    case everythingEnds
}
