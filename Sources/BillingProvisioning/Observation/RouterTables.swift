import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

/// What a router shows about itself and our vouchers at one moment.
struct RouterTables: Sendable {
    let reading: RouterReading
    let observations: [VoucherObservation]
    /// The open sessions of users that are no vouchers of ours: some may be customers.
    let services: [ServiceObservation]
    /// When the last of the tables was there.
    let readAt: Timestamp
    /// Whether every row could be read: only then is a voucher that is not among them missing.
    let isComplete: Bool

    /// Reads a router.
    ///
    /// The sessions are read before the users and again after them: what a session used moves to the user's row when it
    /// ends, so a row and sessions can be added up only when no session ended in between.
    ///
    /// A row of another shape than documented is passed over; it is somebody's, and must not hide all others.
    static func read(
        _ router: LeasedRouter,
        tableTimeout: Duration,
        now: @Sendable () -> Timestamp
    ) async throws -> RouterTables {
        let identity = try await router.get(SystemIdentity.self)
        let resource = try await router.get(SystemResource.self)
        let before = try await rows(HotspotActive.self, of: router, tableTimeout)
        let users = try await rows(HotspotUser.self, of: router, tableTimeout)
        let sessions = try await rows(HotspotActive.self, of: router, tableTimeout)
        let readAt = now()
        let unreadable = users.unreadable + sessions.unreadable
        return RouterTables(
            reading: RouterReading(
                status: .online,
                detail: unreadable == 0 ? nil : "\(unreadable) rows could not be read and were passed over.",
                identity: identity.name,
                version: resource.version,
                uptime: resource.uptime
            ),
            observations: observations(
                users: users.rows,
                sessionsBefore: before.rows,
                sessions: sessions.rows,
                at: readAt
            ),
            services: services(users: users.rows, sessions: sessions.rows),
            readAt: readAt,
            isComplete: unreadable == 0
        )
    }

    private static func rows<Row: RouterOSRow>(
        _: Row.Type,
        of router: LeasedRouter,
        _ timeout: Duration
    ) async throws -> (rows: [Row], unreadable: Int) {
        let answer = try await router.run(.print(Row.menu, properties: Row.properties), deadline: timeout).rows
        let rows = answer.compactMap { try? Row($0) }
        return (rows, answer.count - rows.count)
    }

    /// One observation for each voucher of ours that is on the router, pure.
    ///
    /// Counters of a voucher whose sessions changed while they were read are left to the next reading.
    static func observations(
        users: [HotspotUser],
        sessionsBefore: [HotspotActive],
        sessions: [HotspotActive],
        at now: Timestamp
    ) -> [VoucherObservation] {
        let openBefore = Dictionary(grouping: sessionsBefore) { Voucher.uniqueKey(of: $0.user) }
        let open = Dictionary(grouping: sessions) { Voucher.uniqueKey(of: $0.user) }
        // A code may stand on several hotspot servers of one router: together they are one voucher.
        let ours = Dictionary(grouping: users.filter(\.isOurs)) { Voucher.uniqueKey(of: $0.name) }
        return ours.sorted { $0.key < $1.key }.map { code, rows in
            let row = rows.reduce(VoucherUsage.Counters()) { $0.adding(.init($1.uptime, $1.bytesIn, $1.bytesOut)) }
            let sessions = (open[code] ?? []).sorted { $0.uptime > $1.uptime }
            let longest = sessions.first?.uptime
            return VoucherObservation(
                code: code,
                evidence: longest == nil ? .userCounters : .activeSession,
                // One device at a time cannot have used that much in less.
                at: now - max(longest ?? .zero, row.uptime),
                row: isSame(openBefore[code] ?? [], sessions) ? row : nil,
                session: longest.map { _ in
                    sessions.reduce(VoucherUsage.Counters()) { $0.adding(.init($1.uptime, $1.bytesIn, $1.bytesOut)) }
                },
                devices: sessions.compactMap { $0.macAddress.flatMap { DeviceAddress($0.description) } },
                openSessions: sessions.map(OpenSession.init)
            )
        }
    }

    /// The hotspot sessions of users that are no vouchers of ours, pure.
    static func services(users: [HotspotUser], sessions: [HotspotActive]) -> [ServiceObservation] {
        let ours = Set(users.filter(\.isOurs).map { Voucher.uniqueKey(of: $0.name) })
        return sessions.filter { !ours.contains(Voucher.uniqueKey(of: $0.user)) }
            .map { ServiceObservation(username: $0.user, kind: .hotspot, session: OpenSession($0)) }
    }
}

extension OpenSession {
    fileprivate init(_ session: HotspotActive) {
        self.init(
            address: session.address?.description,
            hardwareAddress: session.macAddress?.description,
            used: .init(session.uptime, session.bytesIn, session.bytesOut)
        )
    }
}

extension RouterTables {
    /// Whether two readings show the same sessions, the later one further on.
    private static func isSame(_ earlier: [HotspotActive], _ later: [HotspotActive]) -> Bool {
        guard earlier.count == later.count else { return false }
        // Ids are given again, so the time a session has lasted must not have begun anew.
        let uptimes = Dictionary(later.map { ($0.id, $0.uptime) }, uniquingKeysWith: { first, _ in first })
        return earlier.allSatisfy { session in uptimes[session.id].map { $0 >= session.uptime } ?? false }
    }
}

extension VoucherUsage.Counters {
    fileprivate init(_ uptime: Duration, _ bytesIn: UInt64, _ bytesOut: UInt64) {
        self.init(uptime: uptime, bytesIn: Int64(clamping: bytesIn), bytesOut: Int64(clamping: bytesOut))
    }
}
