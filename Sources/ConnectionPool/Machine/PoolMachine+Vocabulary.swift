extension PoolMachine {
    /// A connection, numbered by the machine.
    package struct ConnectionID: Sendable, Hashable {
        package let number: UInt64

        package init(_ number: UInt64) { self.number = number }
    }

    /// One caller, from asking to giving back; numbered by the caller, never twice.
    package struct Ticket: Sendable, Hashable {
        package let number: UInt64

        package init(_ number: UInt64) { self.number = number }
    }

    /// What happened.
    package enum Event: Sendable, Hashable {
        /// Somebody wants `shares` of a connection, and no longer after `deadline`.
        case acquire(Ticket, shares: Int, deadline: Moment?, site: CallSite)
        /// Whoever waits does so no longer; nothing happens when it has its lease, or its answer.
        case cancel(Ticket)
        /// A lease is given back; not clean when nobody else may use the connection after it.
        case release(Ticket, isClean: Bool)
        /// A connection that was asked for is open.
        case connected(ConnectionID)
        /// A connection that was asked for did not come about; for good when asking again is no use.
        case connectFailed(ConnectionID, isPermanent: Bool)
        /// A connection is gone: it failed, or was closed as asked.
        case closed(ConnectionID)
        /// Time has passed.
        case tick
        /// The pool is to end; leases have until `deadline`.
        case close(deadline: Moment)
    }

    /// What to do.
    package enum Action: Sendable, Hashable {
        /// Open a connection, and tell how it went.
        case connect(ConnectionID)
        /// Give up opening a connection; its end is told all the same.
        case cancelConnect(ConnectionID)
        /// Let a caller use a connection.
        case lease(Ticket, ConnectionID)
        /// Tell a caller that there is no connection for it.
        case fail(Ticket, Reason)
        /// Close a connection, and tell when it is done.
        case close(ConnectionID)
        /// Tell that a lease has lasted long.
        case reportLeak(Ticket, held: Duration, site: CallSite)
        /// Tell that a ticket was used twice.
        case reportMisuse(Ticket)
        /// Tell whoever waits for the end that no connection is left.
        case finished
    }

    /// Why a caller has no connection.
    package enum Reason: Sendable, Hashable {
        /// Its deadline has passed.
        case deadline
        /// It asked for that.
        case cancelled
        /// The pool has ended.
        case closed
        /// Too many wait already.
        case tooManyWaiters
        /// It asked for more shares than a connection has.
        case tooManyShares
        /// Connecting failed, now or so recently that it was not tried again.
        case connectFailed
    }
}
