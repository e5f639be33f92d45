import BillingDomain
import BillingPersistence
import RouterOSTesting
import Synchronization

/// What may become of a voucher, and what never.
extension Watch {
    func inserted(voucher row: [StoreValue]) {
        guard let voucher = try? Voucher(row: row) else { return violate(.lawfulMoves, "a voucher cannot be read") }
        let isNew = state.withLock { state in
            state.vouchers[voucher.id] = voucher
            state.order.append(voucher.id)
            return state.codes.updateValue(voucher.id, forKey: voucher.code) == nil
        }
        if !isNew { violate(.noVoucherDoubled, "the code \(voucher.code) was made twice") }
    }

    func updated(voucher row: [StoreValue], by process: SimulatedProcess, _ commit: inout Commit) {
        guard let voucher = try? Voucher(row: row) else { return violate(.lawfulMoves, "a voucher cannot be read") }
        let known = state.withLock { $0.vouchers.updateValue(voucher, forKey: voucher.id) }
        guard let before = known else { return violate(.lawfulMoves, "a voucher was changed that was never made") }
        let truth = truth(of: voucher.code)
        if !Self.mayBecome(voucher, before) {
            violate(.lawfulMoves, "\(voucher.code) went from \(before.access) to \(voucher.access)")
        }
        checkTime(of: voucher, before, truth)
        checkUse(of: voucher, before, truth)
        if voucher.provisioning != before.provisioning { checkRouter(of: voucher, by: process) }
        if process.isDaemon, before.provisioning == .present, voucher.provisioning == .pending,
            voucher.access == before.access, voucher.expiresAt == before.expiresAt
        {
            milestones.reach(.putBack)
            // Where somebody else's row has its name, nothing is changed.
            let row = hosts[voucher.router]?.use { $0.values(["comment"], ofName: voucher.code, in: RouterHost.users) }
            let isOurs = row.map { ($0[0] ?? "").hasPrefix("VOUCHER_SYSTEM|") } ?? true
            if isOurs { commit.putRight[voucher.router, default: 0] += 1 }
        }
    }

    private func checkTime(of voucher: Voucher, _ before: Voucher, _ truth: Truth) {
        let now = now
        if before.activatedAt == nil, let first = voucher.activatedAt {
            milestones.reach(.firstUse)
            guard let login = truth.firstLogin else {
                return violate(.nothingEarly, "\(voucher.code) began without a login")
            }
            // A router counts whole seconds.
            if first < login - .seconds(2) - slack {
                violate(.nothingEarly, "\(voucher.code) began at \(first), before \(login)")
            }
            if first > now + slack { violate(.nothingEarly, "\(voucher.code) began at \(first), after now, \(now)") }
        }
        guard before.access != .expired, voucher.access == .expired else { return }
        if voucher.activatedAt != nil {
            milestones.reach(.expiry)
            guard let end = voucher.expiresAt, end <= now + slack else {
                return violate(
                    .nothingEarly,
                    "\(voucher.code) expired at \(now), valid until \(voucher.expiresAt.map { "\($0)" } ?? "-")"
                )
            }
        } else if voucher.activateBy.map({ $0 > now + slack }) ?? true {
            violate(.nothingEarly, "\(voucher.code) expired unused")
        }
    }

    private func checkUse(of voucher: Voucher, _ before: Voucher, _ truth: Truth) {
        if voucher.access == .depleted, before.access != .depleted { milestones.reach(.depletion) }
        guard voucher.usage != before.usage else { return }
        if voucher.usage.bytesTotal > truth.bytes {
            violate(
                .useCountedOnce,
                "\(voucher.code) was charged \(voucher.usage.bytesTotal) bytes and used \(truth.bytes)"
            )
        }
        let (totals, earlier) = (voucher.usage.totals, before.usage.totals)
        if totals.uptime < earlier.uptime || totals.bytesIn < earlier.bytesIn || totals.bytesOut < earlier.bytesOut {
            violate(.useCountedOnce, "\(voucher.code) was used less than before")
        }
        if voucher.access == .active, let limit = voucher.dataLimit?.bytes, voucher.usage.bytesTotal >= limit {
            violate(.allowance, "\(voucher.code) goes on although \(voucher.usage.bytesTotal) of \(limit) are used")
        }
    }

    /// What is said of a row on a router is so there.
    private func checkRouter(of voucher: Voucher, by process: SimulatedProcess) {
        guard voucher.provisioning == .present || voucher.provisioning == .removed, let host = hosts[voucher.router],
            !hasLostLately(host)
        else { return }
        let row = host.use { $0.values([], ofName: voucher.code, in: RouterHost.users) }
        if voucher.provisioning == .present, row == nil {
            violate(.presentIsThere, "\(voucher.code) is called present by \(process.name) and is not on its router")
        }
        if voucher.desiredPresence != .enabled, host.isOnline(voucher.code) {
            violate(.cutOffIsOffLine, "\(voucher.code) is called cut off by \(process.name) and is on line")
        }
    }

    private static func mayBecome(_ voucher: Voucher, _ before: Voucher) -> Bool {
        guard voucher.access != before.access else { return true }
        switch (before.access, voucher.access) {
        case (.revoked, _): return false
        case (.unused, .depleted): return voucher.activatedAt != nil
        case (.active, .unused): return false
        case (.expired, .active), (.expired, .unused), (.depleted, .active), (.depleted, .unused):
            return voucher.extensionCount > before.extensionCount
        case (.expired, .depleted), (.depleted, .expired), (.expired, .disabled), (.depleted, .disabled): return false
        case (.disabled, .unused): return voucher.activatedAt == nil
        default: return true
        }
    }
}
