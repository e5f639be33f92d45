import BillingDomain
import BillingPersistence

/// What a reading of a router shows of sessions, and of use from one reading to the next.
extension Change {
    /// Folds the open sessions of some vouchers into the record of sessions; all of theirs were read.
    func fold(_ shown: [(voucher: Voucher, sessions: [OpenSession])], _ reading: SessionReading) throws {
        let sessions = shown.flatMap { voucher, sessions in
            sessions.map { ObservedSession($0, of: .voucher(voucher.id), .hotspot) }
        }
        _ = try fold(sessions, of: shown.map { .voucher($0.voucher.id) }, reading)
    }

    /// Folds all open sessions of some subjects into the record of sessions; what that changed.
    func fold(
        _ sessions: [ObservedSession],
        of subjects: [SessionSubject],
        _ reading: SessionReading
    ) throws -> [SessionFold.Change] {
        let changes = try SessionFold().fold(
            reading.showing(sessions),
            into: store.openSessions(of: subjects, on: reading.router),
            tenant: tenant,
            identifier: { try identifier() }
        )
        try apply(changes)
        return changes
    }

    /// Ends sessions that a reading is past and did not show, up to a number of them; says how many.
    func endUnseen(_ reading: SessionReading, limit: Int) throws -> Int {
        let open = Query(NetworkSession.Columns.router == reading.router, NetworkSession.Columns.endedAt.isAbsent)
        let isPast = NetworkSession.Columns.routerEpoch < reading.routerEpoch
        let isUnseen = NetworkSession.Columns.lastSeenAt < reading.at
        let isComplete = NetworkSession.Columns.kind.isOne(of: reading.completeKinds)
        let over = reading.completeKinds.isEmpty ? open.where(isPast) : open.where(isPast || (isUnseen && isComplete))
        let changes = SessionFold().fold(
            reading,
            into: try store.records(over.first(limit)),
            tenant: tenant,
            identifier: { Identifier(high: 0, low: 0) }
        )
        try apply(changes)
        return changes.count
    }

    private func apply(_ changes: [SessionFold.Change]) throws {
        var new: [NetworkSession] = []
        for change in changes {
            switch change {
            case .began(let session): new.append(session)
            case .continued(let session, _, _, _), .ended(let session): try store.update(session)
            }
        }
        try store.insert(new)
    }

    /// What a voucher has used more than before, on the days it was used.
    ///
    /// So the days of a voucher add up to its own totals, also of sessions that no reading fell into.
    func use(
        of voucher: Voucher,
        before: Voucher,
        since lastReadAt: Timestamp?,
        until readAt: Timestamp,
        in calendar: any BusinessCalendar
    ) -> [UsageDay] {
        let used = voucher.usage.totals.subtracting(before.usage.totals)
        guard used != VoucherUsage.Counters() else { return [] }
        let firstUse = voucher.activatedAt ?? readAt
        return UsageDay.spread(used, from: max(firstUse, lastReadAt ?? firstUse), until: readAt, in: calendar)
            .map { day, part in
                UsageDay(
                    subject: .voucher(voucher.id),
                    tenant: tenant,
                    router: voucher.router,
                    packageName: voucher.packageName,
                    day: day,
                    uptime: part.uptime,
                    bytesIn: part.bytesIn,
                    bytesOut: part.bytesOut
                )
            }
    }
}

extension ObservedSession {
    /// An open session of somebody.
    init(_ session: OpenSession, of subject: SessionSubject, _ kind: SessionKind) {
        self.init(
            subject: subject,
            kind: kind,
            address: session.address,
            hardwareAddress: session.hardwareAddress,
            uptime: session.used.uptime,
            bytesIn: session.used.bytesIn,
            bytesOut: session.used.bytesOut
        )
    }
}

extension SessionReading {
    /// The same reading with some of its sessions.
    fileprivate func showing(_ sessions: [ObservedSession]) -> SessionReading {
        SessionReading(
            router: router,
            routerEpoch: routerEpoch,
            at: at,
            begunAt: begunAt,
            completeKinds: completeKinds,
            source: source,
            sessions: sessions
        )
    }
}
