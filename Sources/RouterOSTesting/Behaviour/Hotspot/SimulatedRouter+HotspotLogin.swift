import RouterOSProtocol

/// A device that asks to be let in.
struct HotspotGuest {
    let address: UInt32
    let macAddress: WireText
    var domain: WireText?
}

/// Why a client is not let in.
enum HotspotRefusal {
    case password, macAddress, sessions, uptime, traffic

    /// The words of the login page.
    func trap(of user: WireText) -> Trap {
        switch self {
        case .password: Trap(message: "invalid username or password")
        case .macAddress: Trap(message: "user \(user) is not allowed to log in from this MAC address")
        case .sessions: Trap(message: "no more sessions are allowed for user \(user)")
        case .uptime: Trap(message: "user \(user) has reached uptime limit")
        case .traffic: Trap(message: "user \(user) has reached traffic limit")
        }
    }
}

extension SimulatedRouter {
    private static let users = "/ip/hotspot/user"
    private static let profiles = "/ip/hotspot/user/profile"

    /// Lets a client in by name and password, in the router's own words when it may not; the log says either way.
    ///
    /// The password is nil where something else has proven who it is, a cookie for instance.
    mutating func letIn(
        _ guest: HotspotGuest,
        user name: WireText,
        password: WireText?,
        by method: HotspotSession.Method
    ) throws(Trap) {
        let address = ValueKind.addressText(guest.address)
        do throws(Trap) {
            guard let server = hotspotServer else { throw Trap(message: "no hotspot server is running") }
            guard binding(of: guest) != .blocked else { throw Trap(message: "\(address) is blocked") }
            try open(admit(guest, user: name, password: password, by: method, server))
        } catch {
            note("hotspot,info,debug", "\(name) (\(address)): login failed: \(error.message)")
            throw error
        }
    }

    /// Puts a session on the tables, and tells the log and the profile's script.
    private mutating func open(_ admitted: HotspotSession) {
        var session = admitted
        let setting = { (router: SimulatedRouter, name: String) in
            session.profile.flatMap { router.value(name, of: $0, in: Self.profiles) }
        }
        let rates = setting(self, "rate-limit")
        let target = WireText("\(ValueKind.addressText(session.address))/32")
        let queue = addQueue(named: WireText("<hotspot-\(session.user)>"), target: target, rates)
        session.dynamicRows = [queue].compactMap(\.self) + addToLists(setting(self, "address-list"), session.address)
        see(HotspotGuest(address: session.address, macAddress: session.macAddress))
        hotspot.insert(session)
        awaitEnd(of: .hotspot(session.address))
        changes.append(RowChange(menu: "/ip/hotspot/active", id: session.id, kind: .added))
        let lasting = Self.duration(setting(self, "mac-cookie-timeout"))
        remember(session, lasting: setting(self, "add-mac-cookie") == "true" ? lasting : nil)
        note(
            "hotspot,account,info,debug",
            "\(session.user) (\(ValueKind.addressText(session.address))): logged in"
        )
        runHotspotScript("on-login", of: session, cause: nil)
    }

    /// Checks whether a client may come in; the session it has then.
    private mutating func admit(
        _ guest: HotspotGuest,
        user name: WireText,
        password: WireText?,
        by method: HotspotSession.Method,
        _ server: HotspotServer
    ) throws(Trap) -> HotspotSession {
        guard let id = hotspotUser(name, at: server.id) else { throw HotspotRefusal.password.trap(of: name) }
        let column = { (router: SimulatedRouter, name: String) in router.value(name, of: id, in: Self.users) }
        guard column(self, "disabled") != "true", password.map({ $0 == column(self, "password") ?? "" }) ?? true else {
            throw HotspotRefusal.password.trap(of: name)
        }
        if let bound = column(self, "mac-address"), bound != guest.macAddress, bound != "00:00:00:00:00:00" {
            throw HotspotRefusal.macAddress.trap(of: name)
        }
        guard hotspot[guest.address] == nil else {
            throw Trap(message: "IP \(ValueKind.addressText(guest.address)) is already logged in")
        }
        let profile = column(self, "profile").flatMap { RowID.number($0) }
        let setting = { (router: SimulatedRouter, name: String) in
            profile.flatMap { router.value(name, of: $0, in: Self.profiles) }
        }
        if let shared = setting(self, "shared-users").flatMap({ Magnitude.integer($0) }),
            UInt64(hotspot.count(of: id)) >= shared
        {
            throw HotspotRefusal.sessions.trap(of: name)
        }
        let allowance = try hotspotAllowance(of: id, name, sessionTimeout: setting(self, "session-timeout"))
        return HotspotSession(
            address: guest.address,
            macAddress: guest.macAddress,
            server: server.name,
            interface: server.interface,
            user: name,
            userID: id,
            profile: profile,
            method: method,
            domain: guest.domain,
            comment: column(self, "comment"),
            idleTimeout: Self.duration(setting(self, "idle-timeout")),
            keepaliveTimeout: Self.duration(setting(self, "keepalive-timeout")),
            meter: Meter(beganAt: now, allowance: allowance, rate: traffic.rate(&random)),
            lastMoved: now
        )
    }

    /// The row of a user for a server: its own first, then the one for all servers.
    private func hotspotUser(_ name: WireText, at server: UInt64) -> UInt64? {
        guard let menu = menus[Self.users], let nameColumn = menu.column("name"),
            let serverColumn = menu.column("server")
        else { return nil }
        var key = [WireText?](repeating: nil, count: menu.columns.count)
        key[nameColumn] = name
        key[serverColumn] = RowID.text(server)
        if let own = tables[Self.users]?.id(ofKeyOf: key) { return own }
        key[serverColumn] = nil
        return tables[Self.users]?.id(ofKeyOf: key)
    }

    /// What is left of a user's limits: the size of a limit less what ended sessions have used.
    private func hotspotAllowance(
        of id: UInt64,
        _ name: WireText,
        sessionTimeout: WireText?
    ) throws(Trap) -> Allowance {
        let column = { (name: String) in value(name, of: id, in: Self.users) }
        var allowance = Allowance()
        if let limit = Self.seconds(column("limit-uptime")), limit > 0 {
            let used = Self.seconds(column("uptime")) ?? 0
            guard used < limit else { throw HotspotRefusal.uptime.trap(of: name) }
            allowance.seconds = limit - used
        }
        if let timeout = Self.seconds(sessionTimeout), timeout > 0 {
            allowance.seconds = min(allowance.seconds ?? timeout, timeout)
        }
        let count = { (name: String) in column(name).flatMap { Magnitude.integer($0) } ?? 0 }
        let (usedIn, usedOut) = (count("bytes-in"), count("bytes-out"))
        func left(of limit: UInt64, used: UInt64) throws(Trap) -> UInt64? {
            guard limit > 0 else { return nil }
            guard used < limit else { throw HotspotRefusal.traffic.trap(of: name) }
            return limit - used
        }
        allowance.bytesIn = try left(of: count("limit-bytes-in"), used: usedIn)
        allowance.bytesOut = try left(of: count("limit-bytes-out"), used: usedOut)
        allowance.bytesTotal = try left(of: count("limit-bytes-total"), used: saturatingSum(usedIn, usedOut))
        return allowance
    }

    // MARK: Durations

    static func seconds(_ text: WireText?) -> Int64? { duration(text)?.components.seconds }

    /// A duration in a column; nil for words such as `none`, and for zero, which means the same.
    static func duration(_ text: WireText?) -> Duration? {
        guard let duration = text.flatMap({ Duration(routerOS: $0.description) }), duration > .zero else { return nil }
        return duration
    }

    static func durationText(_ seconds: Int64) -> WireText { WireText(Duration.seconds(seconds).routerOSText) }

    static func durationText(_ duration: Duration) -> WireText { durationText(duration.components.seconds) }
}
