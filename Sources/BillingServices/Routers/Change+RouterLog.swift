import BillingDomain
import BillingPersistence

extension Change {
    /// Writes a change of a router's record to the audit trail and to the router's own log.
    func log(
        _ action: String,
        of router: Identifier<Router>,
        _ detail: String = "",
        before: String? = nil,
        after: String? = nil
    ) throws {
        try audit(action, "router:\(router)", detail, before: before, after: after)
        try record(action, on: router, .succeeded, detail: detail)
    }

    /// Takes over what a visit showed of a router in use, and says whether its status is another now; what waits for one
    /// that came back is due at once.
    @discardableResult
    mutating func take(_ reading: RouterReading, of id: Identifier<Router>) throws -> Bool {
        guard var router = try store.router(id), router.removedAt == nil else { return false }
        let before = router
        router.status = reading.status
        router.statusDetail = reading.detail
        router.identity = reading.identity ?? router.identity
        router.routerOSVersion = reading.version ?? router.routerOSVersion
        if let uptime = reading.uptime { router.note(uptime: uptime) }
        if reading.status == .online {
            router.lastSeen = now
        }
        guard router != before else { return false }
        try store.update(router)
        guard router.status != before.status else { return false }
        try audit("router.status", "router:\(id)", "\(before.status) → \(router.status)")
        try record(
            "router.status",
            on: id,
            router.status == .online ? .succeeded : .failed,
            detail: "\(before.status) → \(router.status)" + (reading.detail.map { ": \($0)" } ?? "")
        )
        if router.status == .online {
            try retry(id)
        }
        return true
    }
}
