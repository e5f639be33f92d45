import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

/// What a router shows about itself and of everybody who may log in to it at one moment.
struct RouterTables: Sendable {
    let reading: RouterReading
    let users: [HotspotUser]
    let secrets: [PPPSecret]
    /// The sessions that were open before the users were read, and after.
    let hotspotSessions: (before: [HotspotActive], after: [HotspotActive])
    let pppSessions: [PPPActive]
    /// What the links of PPPoE sessions have received from customers and sent to them, by the name of the interface.
    let linkTraffic: [String: (bytesIn: UInt64, bytesOut: UInt64)]
    /// The names of the user profiles, by the menu of the rows that use them.
    let profiles: [ServiceKind: Set<String>]
    /// The profiles of PPP users with their speed and their comment; of the others only the names are known.
    var pppProfiles: [PPPProfile] = []
    /// When the first of the tables was asked for: nothing in them is older.
    let begunAt: Timestamp
    /// When the last of the tables was there.
    let readAt: Timestamp
    /// Whether every row could be read: only then is one that is not among them missing.
    let isComplete: Bool

    /// Reads the tables of a router that has said `reading` about itself.
    ///
    /// The sessions are read before the users and again after them: what a session used moves to the user's row when it
    /// ends, so a row and sessions can be added up only when no session ended in between.
    ///
    /// A row of another shape than documented is passed over; it is somebody's, and must not hide all others.
    static func read(
        _ router: any RouterOSCommands,
        _ reading: RouterReading,
        tableTimeout: Duration,
        now: @Sendable () -> Timestamp
    ) async throws -> RouterTables {
        let begunAt = now()
        let before = try await rows(HotspotActive.self, of: router, timeout: tableTimeout)
        let users = try await rows(HotspotUser.self, of: router, timeout: tableTimeout)
        let sessions = try await rows(HotspotActive.self, of: router, timeout: tableTimeout)
        let secrets = try await rows(PPPSecret.self, of: router, timeout: tableTimeout)
        let links = try await rows(PPPActive.self, of: router, timeout: tableTimeout)
        let traffic = links.rows.isEmpty ? [:] : try await linkTraffic(of: router, timeout: tableTimeout)
        let hotspotProfiles = try await sentences(in: HotspotUserProfile.menu, ["name"], of: router, tableTimeout)
        let pppProfiles = try await sentences(
            in: PPPProfile.menu,
            [".id", "name", "rate-limit", "comment"],
            of: router,
            tableTimeout
        )
        let profiles: [ServiceKind: Set<String>] = [
            .hotspot: Set(hotspotProfiles.compactMap { $0["name"] }),
            .pppoe: Set(pppProfiles.compactMap { $0["name"] }),
        ]
        let unreadable = users.unreadable + sessions.unreadable + secrets.unreadable + links.unreadable
        var reading = reading
        if unreadable > 0 { reading.detail = "\(unreadable) rows could not be read and were passed over." }
        return RouterTables(
            reading: reading,
            users: users.rows,
            secrets: secrets.rows,
            hotspotSessions: (before.rows, sessions.rows),
            pppSessions: links.rows,
            linkTraffic: traffic,
            profiles: profiles,
            pppProfiles: ReadableRows(pppProfiles).rows,
            begunAt: begunAt,
            readAt: now(),
            isComplete: unreadable == 0
        )
    }

    /// What the tables show of our vouchers, or of those that have some codes.
    func observations(_ markers: RouterMarkers, of codes: Set<String>? = nil) -> [VoucherObservation] {
        Self.observations(
            users: users.filter { user in
                (codes?.contains(Voucher.uniqueKey(of: user.name)) ?? true)
                    && RowOwner(comment: user.comment, markers) == .voucher
            },
            sessionsBefore: hotspotSessions.before,
            sessions: hotspotSessions.after,
            at: readAt
        )
    }

    /// The open sessions of users that are no vouchers of ours: some may be customers.
    func services(_ markers: RouterMarkers) -> [ServiceObservation] {
        let vouchers = Set(
            users.filter { RowOwner(comment: $0.comment, markers) == .voucher }.map { Voucher.uniqueKey(of: $0.name) }
        )
        return Self.services(hotspotSessions.after, except: vouchers) + Self.services(pppSessions, linkTraffic)
    }

    /// The hotspot sessions of users other than some vouchers, by the keys of their codes.
    static func services(_ sessions: [HotspotActive], except vouchers: Set<String>) -> [ServiceObservation] {
        sessions.filter { !vouchers.contains(Voucher.uniqueKey(of: $0.user)) }
            .map { ServiceObservation(username: $0.user, kind: .hotspot, session: OpenSession($0)) }
    }

    /// PPPoE sessions with what their links have carried.
    static func services(
        _ sessions: [PPPActive],
        _ traffic: [String: (bytesIn: UInt64, bytesOut: UInt64)]
    ) -> [ServiceObservation] {
        sessions.map { session in
            let used = traffic[interface(of: session.name)] ?? (0, 0)
            return ServiceObservation(
                username: session.name,
                kind: .pppoe,
                session: OpenSession(
                    address: session.address?.description,
                    hardwareAddress: session.callerID,
                    used: .init(session.uptime, used.bytesIn, used.bytesOut)
                )
            )
        }
    }

    /// What the router calls the interface of a PPPoE session.
    private static func interface(of user: String) -> String { "<pppoe-\(user)>" }

    /// Who has an open session that a RADIUS server did not allow, by the menu their rows are in.
    var online: [ServiceKind: Set<String>] {
        [
            .hotspot: Set(hotspotSessions.after.filter { $0.radius != true }.map(\.user)),
            .pppoe: Set(pppSessions.filter { $0.radius != true }.map(\.name)),
        ]
    }

    /// The rows of a menu that can be read, and how many can not.
    static func rows<Row: RouterOSRow>(
        _: Row.Type,
        of router: any RouterOSCommands,
        where query: Query? = nil,
        timeout: Duration? = nil
    ) async throws -> (rows: [Row], unreadable: Int) {
        let answer = try await sentences(in: Row.menu, Row.properties, where: query, of: router, timeout)
        let rows = answer.compactMap { try? Row($0) }
        return (rows, answer.count - rows.count)
    }

    /// `/ppp/active` has no counters of bytes: the interface of each link has.
    ///
    /// Asked for all links, or for those of some users.
    static func linkTraffic(
        of router: any RouterOSCommands,
        _ users: [String]? = nil,
        timeout: Duration? = nil
    ) async throws -> [String: (bytesIn: UInt64, bytesOut: UInt64)] {
        let links = try await sentences(
            in: NetworkInterface.menu,
            ["name", "rx-byte", "tx-byte"],
            where: users.map { users in .any(users.map { .equal("name", interface(of: $0)) }) }
                ?? .equal("type", "pppoe-in"),
            of: router,
            timeout
        )
        return Self.traffic(of: links)
    }

    /// What links have carried; one of which that cannot be read is not among them, for half of it would look like a reset.
    static func traffic(of links: [Sentence]) -> [String: (bytesIn: UInt64, bytesOut: UInt64)] {
        let figures = links.compactMap { link -> (String, (bytesIn: UInt64, bytesOut: UInt64))? in
            guard let name = link["name"], let bytesIn = link["rx-byte"].flatMap({ UInt64($0) }),
                let bytesOut = link["tx-byte"].flatMap({ UInt64($0) })
            else { return nil }
            return (name, (bytesIn, bytesOut))
        }
        return Dictionary(figures, uniquingKeysWith: { first, _ in first })
    }

    private static func sentences(
        in menu: String,
        _ properties: [String],
        where query: Query? = nil,
        of router: any RouterOSCommands,
        _ timeout: Duration?
    ) async throws -> [Sentence] {
        do {
            return try await router.run(.print(menu, properties: properties, where: query), deadline: timeout).rows
        } catch let error as RouterOSError where error.code == .noSuchCommand {
            // A router without the menu has none of its rows.
            return []
        }
    }

    /// One observation for each voucher among users that are vouchers of ours, pure.
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
        let ours = Dictionary(grouping: users) { Voucher.uniqueKey(of: $0.name) }
        return ours.sorted { $0.key < $1.key }.map { code, rows in
            let row = rows.reduce(VoucherUsage.Counters()) { $0.adding(.init($1)) }
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
    /// What the row of a user has counted.
    init(_ user: HotspotUser) { self.init(user.uptime, user.bytesIn, user.bytesOut) }

    fileprivate init(_ uptime: Duration, _ bytesIn: UInt64, _ bytesOut: UInt64) {
        self.init(uptime: uptime, bytesIn: Int64(clamping: bytesIn), bytesOut: Int64(clamping: bytesOut))
    }
}
