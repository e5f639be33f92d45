import BillingDomain
import BillingPersistence

extension Change {
    /// Takes over what a visit showed of a router in use, and says whether its status is another now; what waits for one
    /// that came back is due at once, and those who look after it are told what they have to know.
    ///
    /// What a reading in full brought up stands until the next one.
    @discardableResult
    mutating func take(_ reading: RouterReading, of id: Identifier<Router>) throws -> Bool {
        guard var router = try store.router(id), router.removedAt == nil else { return false }
        let before = router
        router.status = reading.status
        if reading.isFull || reading.detail != nil || reading.status != before.status {
            router.statusDetail = reading.detail
        }
        router.identity = reading.identity ?? router.identity
        router.routerOSVersion = reading.version ?? router.routerOSVersion
        if let uptime = reading.uptime { router.note(uptime: uptime, bootedAt: reading.bootedAt) }
        if reading.status == .online {
            router.lastSeen = now
        }
        try follow(router, since: before.status)
        try noteHealth(of: router, reading)
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

    /// Keeps the record of when a router could not be used, and tells of it once that has lasted.
    private func follow(_ router: Router, since before: RouterStatus) throws {
        guard router.status != .online || before != .online else { return }
        let open = try store.first(
            Query(RouterDowntime.Columns.router == router.id, RouterDowntime.Columns.endedAt.isAbsent)
        )
        if router.status == .online {
            guard var downtime = open else { return }
            downtime.end(at: now)
            try store.update(downtime)
            guard downtime.alertedAs != nil else { return }
            let away = downtime.length(at: now)
            let told = ["since": downtime.beganAt.description, "seconds": "\(away.components.seconds)"]
            try alert(.routerBack, about: router, occurrence: downtime.id.description, told)
            return
        }
        var downtime: RouterDowntime
        if let open {
            downtime = open
        } else {
            downtime = RouterDowntime(
                id: try identifier(),
                tenant: tenant,
                router: router.id,
                beganAt: now,
                status: router.status
            )
            try store.insert(downtime)
        }
        let known = downtime
        downtime.observe(router.status, router.statusDetail)
        let delay = Duration.seconds(try store.settings()[.offlineAlertDelay])
        if downtime.alert(at: now, after: delay) {
            try alert(
                router.status == .error ? .syncFailed : .routerOffline,
                about: router,
                occurrence: downtime.id.description,
                ["since": downtime.beganAt.description, "detail": router.statusDetail ?? ""]
            )
        }
        if downtime != known { try store.update(downtime) }
    }

    /// Keeps the record of how a router is, and tells of a clock that is wrong and of what keeps it from being brought into
    /// agreement.
    private func noteHealth(of router: Router, _ reading: RouterReading) throws {
        guard reading.vitals != nil || reading.clockDrift != nil || reading.isFull else { return }
        let known = try store.find(RouterHealth.id(of: router.id))
        let vitals = reading.vitals ?? RouterVitals()
        var health = known ?? RouterHealth(tenant: tenant, router: router.id, readAt: now, vitals: vitals)
        if reading.vitals != nil { health.observe(vitals, at: now) }
        if let drift = reading.clockDrift, health.observe(clockDrift: drift, at: now) {
            let told = ["seconds": "\(drift.components.seconds)"]
            try alert(.routerClock, about: router, occurrence: "\(router.id):\(now.microsecondsSince1970)", told)
        }
        if reading.isFull, health.observe(reading.trouble, at: now), let trouble = reading.trouble {
            try alert(
                trouble.alert,
                about: router,
                occurrence: "\(router.id):\(now.microsecondsSince1970)",
                ["detail": reading.detail ?? ""]
            )
        }
        if known == nil { try store.insert(health) } else if health != known { try store.update(health) }
    }
}
