extension PoolMachine {
    /// How the connections are used.
    package struct Figures: Sendable, Hashable {
        /// In use by one or more callers.
        package var leased = 0
        /// Open and free.
        package var idle = 0
        /// Being opened.
        package var connecting = 0
        /// Being closed.
        package var closing = 0
        /// Callers that wait.
        package var waiting = 0
        /// Callers that have a lease.
        package var leases = 0

        package init() {}
    }

    /// How the connections are used now.
    package var figures: Figures {
        var figures = Figures()
        for connection in connections {
            switch connection.phase {
            case .connecting: figures.connecting += 1
            case .closing: figures.closing += 1
            case .open where connection.sharesInUse == 0: figures.idle += 1
            case .open: figures.leased += 1
            }
        }
        figures.waiting = waiting.count
        figures.leases = leases.count
        return figures
    }
}

extension PoolMachine {
    /// How many entries the queues hold, those of callers that have left included: never more than twice the living and 64
    /// for each queue.
    package var bookkeeping: Int { queue.count + deadlines.count + watchedLeases.count }
}
