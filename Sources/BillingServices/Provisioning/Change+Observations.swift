import BillingDomain
import BillingPersistence

extension Change {
    /// Folds what a reading of a router's tables shows of some codes into their vouchers.
    mutating func fold(
        _ seen: [(code: String, observations: [VoucherObservation])],
        _ reading: SessionReading,
        lastReadAt: Timestamp?
    ) throws -> ObservationSummary {
        let readAt = min(reading.at, now)
        var summary = ObservationSummary()
        let vouchers = Dictionary(
            try store.vouchers(router: reading.router, codes: seen.map(\.code)).map {
                (Voucher.uniqueKey(of: $0.code), $0)
            },
            uniquingKeysWith: { first, _ in first }
        )
        let calendar = try calendar()
        var use: [UsageDay] = []
        var sessions: [(voucher: Voucher, sessions: [OpenSession])] = []
        for (code, observations) in seen {
            guard let before = vouchers[code] else {
                summary.foreign += 1
                continue
            }
            if observations.contains(where: \.isOnline) {
                summary.online += 1
            }
            var voucher = before
            try voucher.observe(observations, readAt: readAt, lastReadAt: lastReadAt, in: calendar)
            try note(observations.flatMap(\.devices), of: &voucher, at: readAt)
            try noteSharing(of: voucher, observations.flatMap(\.openSessions), at: readAt, in: calendar)
            if voucher != before {
                try settle(voucher, before: before, summary: &summary)
            }
            use += self.use(of: voucher, before: before, since: lastReadAt, until: readAt, in: calendar)
            sessions.append((voucher, observations.flatMap(\.openSessions)))
        }
        try store.add(use) { try identifier() }
        try fold(sessions, reading)
        return summary
    }

    /// Notes that a router's tables were read in full.
    func noteSync(of id: Identifier<Router>, readAt: Timestamp) throws {
        guard var router = try store.router(id), router.removedAt == nil else { return }
        let before = router
        let instant = min(readAt, now)
        router.lastSync = instant
        router.lastSeen = max(router.lastSeen ?? instant, instant)
        guard router != before else { return }
        try store.update(router)
    }

    private mutating func settle(
        _ voucher: Voucher,
        before: Voucher,
        summary: inout ObservationSummary
    ) throws {
        summary.updated += 1
        if before.activatedAt == nil, voucher.activatedAt != nil {
            summary.activated += 1
            try postFirstUse(of: voucher)
            try audit("voucher.activate", "voucher:\(voucher.id)", voucher.maskedCode)
        }
        let isSameOnRouter =
            voucher.access == before.access && voucher.lockedDevice == before.lockedDevice
            && voucher.activatedAt == before.activatedAt && voucher.expiresAt == before.expiresAt
            && voucher.desiredProfile == before.desiredProfile
        guard !isSameOnRouter else {
            try store.update(voucher)
            return
        }
        if let first = before.activatedAt, let better = voucher.activatedAt, better != first {
            try audit("voucher.first-use", "voucher:\(voucher.id)", "\(first) → \(better)")
        }
        if voucher.access == .depleted {
            summary.depleted += 1
            try audit("voucher.deplete", "voucher:\(voucher.id)", voucher.maskedCode)
        }
        if voucher.access == .expired {
            summary.expired += 1
            try audit("voucher.expire", "voucher:\(voucher.id)", voucher.maskedCode)
        }
        try settleEnd(of: voucher, before: before)
        try converge([voucher])
    }

    /// Writes down the devices that were seen, and locks a voucher to the first where its terms say so.
    private func note(_ devices: [DeviceAddress], of voucher: inout Voucher, at instant: Timestamp) throws {
        guard !devices.isEmpty, voucher.activatedAt != nil else { return }
        let known = Dictionary(try store.devices(of: voucher.id).map { ($0.address, $0) }) { first, _ in first }
        var seen: Set<DeviceAddress> = []
        for address in devices where seen.insert(address).inserted {
            let isForeign = try voucher.access == .active && !voucher.meet(address)
            if isForeign { try audit("voucher.foreign-device", "voucher:\(voucher.id)", address.description) }
            guard var device = known[address] else {
                // A voucher that is shared out has no end of devices; those beyond the first hundred tell nothing new.
                guard known.count < 100 else { continue }
                let device = VoucherDevice(
                    id: try identifier(),
                    tenant: tenant,
                    voucher: voucher.id,
                    address: address,
                    firstSeenAt: instant
                )
                try store.insert(device)
                if isForeign {
                    let own = voucher.lockedDevice?.description ?? "another device"
                    try alertAnomaly(of: voucher, "\(address)", "It is locked to \(own) and used by \(address).")
                }
                continue
            }
            let before = device
            device.see(at: instant)
            if device != before { try store.update(device) }
        }
    }
}

extension Change {
    /// Tells of a voucher that more devices use at once than may share it, once a day.
    private func noteSharing(
        of voucher: Voucher,
        _ sessions: [OpenSession],
        at instant: Timestamp,
        in calendar: any BusinessCalendar
    ) throws {
        guard voucher.access == .active, sessions.count > voucher.terms.sharedUsers else { return }
        let named = Set(sessions.compactMap(\.hardwareAddress)).count
        let devices = named + sessions.count { $0.hardwareAddress == nil }
        guard devices > voucher.terms.sharedUsers else { return }
        let detail = "\(devices) devices use it at once; \(voucher.terms.sharedUsers) may."
        try alertAnomaly(of: voucher, "shared:\(calendar.date(instant))", detail)
    }

    private func alertAnomaly(of voucher: Voucher, _ occurrence: String, _ detail: String) throws {
        try alert(
            .sessionAnomaly,
            about: store.router(voucher.router),
            occurrence: "\(voucher.id):\(occurrence)",
            ["voucher": voucher.maskedCode, "voucher-id": voucher.id.description, "detail": detail]
        )
    }
}

extension Voucher {
    /// What sightings made at `readAt` do to a voucher, pure: counters, first use, and what ends by them.
    ///
    /// A voucher that shows use for the first time was unused when the router was read before, so its first use is no
    /// earlier than that, whatever its counters add up to: several devices count side by side. Better evidence of one in
    /// use moves its first use back, no further than to when it was last known to be unused.
    mutating func observe(
        _ observations: [VoucherObservation],
        readAt: Timestamp,
        lastReadAt: Timestamp?,
        in calendar: any BusinessCalendar = FixedOffsetCalendar.utc
    ) throws {
        for observation in observations {
            if let row = observation.row {
                usage.observe(row: row, session: observation.session, at: readAt)
            } else if observation.isOnline {
                usage.markOnline(at: readAt)
            }
        }
        if access == .unused {
            let earliest = observations.filter(\.showsUse).min { ($0.at, $1.evidence) < ($1.at, $0.evidence) }
            if let earliest {
                let floor = max(createdAt, lastReadAt ?? createdAt)
                let firstUse = max(floor, min(earliest.at, readAt))
                if try !endIfDue(at: firstUse) {
                    try activate(at: firstUse, evidence: earliest.evidence, notBefore: floor, calendar: calendar)
                }
            }
        } else if access == .active || access == .disabled, activatedAt != nil {
            for observation in observations where observation.showsUse {
                try improveActivation(
                    to: min(observation.at, readAt),
                    evidence: observation.evidence,
                    calendar: calendar
                )
            }
        }
        try endIfDue(at: readAt)
    }
}
