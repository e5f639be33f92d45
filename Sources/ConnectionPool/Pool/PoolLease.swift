import Synchronization

/// Leave to use a connection, until it is given back.
///
/// One that is let go of without being given back is reported, and its connection closed: nobody knows what is under way on it.
package final class PoolLease<Connection: Sendable>: Sendable {
    /// What may be used.
    package let connection: Connection

    let ticket: PoolMachine.Ticket
    private let pool: Pool<Connection>
    private let site: CallSite
    private let isReturned = Atomic(false)

    init(_ connection: Connection, _ ticket: PoolMachine.Ticket, of pool: Pool<Connection>, _ site: CallSite) {
        self.connection = connection
        self.ticket = ticket
        self.pool = pool
        self.site = site
    }

    deinit {
        if !isReturned.load(ordering: .relaxed) { pool.dropped(ticket, site) }
    }

    /// Gives the connection back; a second time is reported and does nothing.
    ///
    /// - Parameter isClean: whether somebody else may use it; otherwise it is closed when the last of those who share it is done.
    package func release(isClean: Bool = true) {
        isReturned.store(true, ordering: .relaxed)
        pool.release(ticket, isClean: isClean)
    }
}
