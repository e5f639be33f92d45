/// Why a pool gave no connection; an error of connecting itself is thrown as it is.
package enum PoolError: Error, Sendable {
    /// None became free in time; how the connections were used, and why the last attempt to open one failed.
    case deadline(PoolMachine.Figures, lastFailure: (any Error)?)
    /// The pool has been closed.
    case closed
    /// Too many wait already.
    case tooManyWaiters(limit: Int)
    /// More was asked for than one connection has.
    case tooManyShares(limit: Int)
}
