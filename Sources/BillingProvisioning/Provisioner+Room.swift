import BillingDomain
import BillingServices

extension Provisioner {
    /// How much of what waits for a router goes there now.
    enum Room {
        /// So many rows, each by itself.
        case rows(Int)
        /// All of it, new rows by a script, with so many commands for each menu beside those that read.
        case bulk(commands: Int)
        /// Nothing before this has passed.
        case after(Duration)
    }

    /// What reading before and after and looking for profiles and sessions takes.
    private static let besideRows = 4
    /// What stock leaves to those who wait.
    private static let leftByStock = 2

    /// How much of some work, all of it of one urgency, the budget of its router allows now.
    func room(for work: [ProvisioningWork], _ claim: RouterClaim) -> Room {
        guard let rate = configuration.rate(claim.settings) else { return .rows(work.count) }
        let id = claim.router.id
        let left = budgets.left(for: id, rate)
        let isStock = work.first?.job.urgency == .ordinary
        let beside = Self.besideRows + (isStock ? Self.leftByStock : 0)
        let alone = scripts.alone(on: id)
        let path = BulkPath(
            rows: work.count { $0.entry.record.desiredPresence == .enabled && !alone.contains($0.entry.subject) },
            left: left.now - beside,
            perMinute: rate,
            isPermitted: claim.settings[.addsByScript] && scripts.mayBeUsed(on: id)
        )
        if path == .script {
            let least = Self.besideRows + BulkPath.commands
            let wanted = min(left.most, max(least, min(beside + BulkPath.commands, left.most * 3 / 4)))
            guard left.now >= wanted else { return .after(budgets.wait(for: wanted, of: id, rate)) }
            let menus = Set(work.map(\.entry.kind)).count
            return .bulk(commands: max(1, (left.now - beside) / max(1, menus)))
        }
        // Few rows at a time are dear, since each chunk is read before and after; but who asks for all there ever is may never
        // be given it beside those that read.
        let wanted = min(work.count, max(1, left.most - beside))
        if left.now >= wanted + beside { return .rows(wanted) }
        if left.now >= left.most * 3 / 4, left.now > beside { return .rows(min(wanted, left.now - beside)) }
        return .after(budgets.wait(for: wanted + beside, of: id, rate))
    }
}
