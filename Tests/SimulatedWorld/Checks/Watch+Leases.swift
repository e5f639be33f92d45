import BillingDomain
import BillingPersistence
import RouterOSProtocol
import Synchronization

/// Who may do something to a router.
extension Watch {
    /// Notes who holds a router; the routers that are given back by this very change.
    func updated(queue row: [StoreValue], by process: SimulatedProcess) -> [Identifier<Router>] {
        guard process.isDaemon, let queue = try? RouterQueue(row: row) else { return [] }
        let holder = state.withLock { $0.holders[queue.router] }
        if queue.owner != nil, queue.epoch > holder?.epoch ?? 0 {
            if let holder {
                if holder.until > now {
                    violate(.oneHolder, "\(process.name) claimed a router that \(holder.process) holds")
                }
                if holder.process != process.name { milestones.reach(.takeover) }
            }
            hold(queue, process)
        } else if let holder {
            // A look that is asked for changes nothing about the lease.
            guard queue.owner == nil else {
                if holder.process == process.name { hold(queue, process) }
                return []
            }
            guard holder.process == process.name else {
                violate(.noStaleEpoch, "\(process.name) gave back a router that \(holder.process) holds")
                return []
            }
            return [queue.router]
        }
        return []
    }

    private func hold(_ queue: RouterQueue, _ process: SimulatedProcess) {
        state.withLock {
            $0.holders[queue.router] = Holder(process: process.name, epoch: queue.epoch, until: queue.until)
        }
    }

    func requireHolder(of router: Identifier<Router>, _ process: SimulatedProcess, _ what: String) {
        let holder = state.withLock { $0.holders[router] }
        guard holder?.process == process.name else {
            return violate(
                .noStaleEpoch,
                "\(process.name) \(what) of a router that \(holder?.process ?? "nobody") holds"
            )
        }
    }

    func updated(router row: [StoreValue], by process: SimulatedProcess) {
        guard let router = try? Router(row: row) else { return violate(.lawfulMoves, "a router cannot be read") }
        state.withLock { $0.details[router.id] = router.statusDetail }
        if process.isDaemon { requireHolder(of: router.id, process, "wrote the state") }
    }

    // MARK: Commands

    /// A worker sends a command; `hasRead` says whether its menu was read over the same connection.
    func sent(
        _ command: Command,
        to router: Identifier<Router>,
        by process: SimulatedProcess,
        hasRead: Bool
    ) {
        if process.isInTransaction { violate(.nothingSentInside, "\(command.path) was sent inside a transaction") }
        guard process.isDaemon else { return }
        let holder = state.withLock { $0.holders[router] }
        if holder?.process != process.name {
            violate(
                .oneHolder,
                "\(process.name) sent \(command.path) to a router that \(holder?.process ?? "nobody") holds"
            )
        }
        if let commandRate { count(router, process, commandRate) }
        guard !command.path.hasSuffix("/print") else { return }
        if !hasRead { violate(.readBeforeWrite, "\(process.name) sent \(command.path) without having read the menu") }
        if command.path == RouterHost.scripts + "/run" { milestones.reach(.bulkScript) }
        for name in command.namesOfNewRows {
            guard let voucher = voucher(name), voucher.desiredPresence == .absent, voucher.provisioning == .removed
            else { continue }
            violate(.goneIsGone, "\(name) is \(voucher.access), gone, and brought back by \(process.name)")
        }
    }

    private func count(_ router: Identifier<Router>, _ process: SimulatedProcess, _ rate: Int) {
        let now = executor.now
        let interval = Duration.seconds(60) / rate
        let burst = max(10, rate / 6)
        let (ahead, pause) = state.withLock { state in
            let horizon = max(state.horizons[router] ?? .zero, now) + interval
            state.horizons[router] = horizon
            state.longestPause = max(state.longestPause, process.longestPause)
            return (horizon - now, state.longestPause)
        }
        if ahead > interval * (burst - 1) { milestones.reach(.waitedForTurn) }
        // Whoever stood still sends what has had its turn meanwhile, as long as the lease lasts.
        let allowed = interval * burst + min(pause, .seconds(20)) + .milliseconds(1)
        if ahead > allowed {
            let name = host(of: router) ?? ""
            violate(.commandRate, "\(name) is sent more than \(rate) commands a minute, now by \(process.name)")
        }
    }
}
