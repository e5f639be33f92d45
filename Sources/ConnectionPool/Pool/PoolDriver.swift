/// What a pool does with connections, and whom it tells.
package struct PoolDriver<Connection: Sendable>: Sendable {
    /// Something worth a note.
    package enum Report: Sendable {
        /// The connections are used differently.
        case figures(PoolMachine.Figures)
        /// A lease lasts longer than the threshold.
        case leak(held: Duration, site: CallSite)
        /// A lease was given back twice; the second time did nothing.
        case misuse
        /// A lease was let go of without being given back; its connection is closed.
        case dropped(site: CallSite)
    }

    /// Opens a connection; cancelled when the pool is closed.
    package var connect: @Sendable () async throws -> Connection
    /// Closes one.
    package var close: @Sendable (Connection) async -> Void
    /// Arranges that the end of a connection is told, whoever ended it: once, and at once when it has ended already.
    package var watch: @Sendable (Connection, @escaping @Sendable () -> Void) async -> Void = { _, _ in }
    /// Whether an error of `connect` makes asking again useless.
    package var isPermanent: @Sendable (any Error) -> Bool = { _ in false }
    /// Hears of things, at times under a lock: must return soon and not call the pool.
    package var report: (@Sendable (Report) -> Void)?

    package init(
        connect: @escaping @Sendable () async throws -> Connection,
        close: @escaping @Sendable (Connection) async -> Void
    ) {
        self.connect = connect
        self.close = close
    }
}
