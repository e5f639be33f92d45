import RouterOSProtocol

extension SimulatedRouter {
    /// A typical packet, from which packet counters are made up.
    private static let packetBytes: UInt64 = 800

    /// `/ip/hotspot/active/login`: puts a client online, in the router's own words when it may not.
    mutating func logIn(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        var values: [String: WireText] = [:]
        for (name, value) in request.attributes {
            guard let argument = menu.arguments.first(where: { $0.name == name }) else { throw .unknownParameter(name) }
            guard !value.isEmpty else { continue }
            guard let canonical = argument.kind.canonical(value) else { throw .invalidValue(name, argument.kind) }
            values[name] = canonical
        }
        guard let name = values["user"] else { throw .missingValue("user") }
        guard let address = values["ip"].flatMap({ Magnitude.address($0) }).flatMap({ UInt32(exactly: $0) }),
            address != 0
        else { throw Trap(message: "unknown host IP 0.0.0.0") }
        let macAddress = values["mac-address"] ?? Self.macAddress(of: address)

        guard let users = menus[RouterMenus.hotspotUser], let id = tables[users.path]?.id(ofKey: name),
            let row = tables[users.path]?.row(id)
        else { throw Trap(message: "invalid username or password") }
        let user = { (column: String) in users.column(column).flatMap { row.values[$0] } }
        guard user("disabled") != "true", user("password") ?? "" == values["password"] ?? "" else {
            throw Trap(message: "invalid username or password")
        }
        if let bound = user("mac-address"), bound != macAddress, bound != "00:00:00:00:00:00" {
            throw Trap(message: "user \(name) is not allowed to log in from this MAC address")
        }
        guard !sessions.contains(where: { $0.address == address }) else {
            throw Trap(message: "IP \(ValueKind.addressText(address)) is already logged in")
        }
        let profile = profileValues(of: user("profile"))
        if let shared = profile("shared-users").flatMap({ Magnitude.integer($0) }),
            sessions.count(where: { $0.userID == id }) >= shared
        {
            throw Trap(message: "no more sessions are allowed for user \(name)")
        }
        let session = HotspotSession(
            address: address,
            macAddress: macAddress,
            user: name,
            userID: id,
            keepaliveTimeout: profile("keepalive-timeout"),
            comment: user("comment"),
            beganAt: now,
            allowance: try allowance(of: name, user, sessionTimeout: profile("session-timeout")),
            rate: traffic.rate(&random)
        )
        sessions.append(session)
        changed(menu, session.id)
        return Answer()
    }

    /// What is left of a user's limits, the size of a limit less what ended sessions have used.
    private func allowance(
        of name: WireText,
        _ user: @escaping (String) -> WireText?,
        sessionTimeout: WireText?
    ) throws(Trap) -> HotspotSession.Allowance {
        var allowance = HotspotSession.Allowance()
        let usedSeconds = Self.seconds(user("uptime")) ?? 0
        if let limit = Self.seconds(user("limit-uptime")), limit > 0 {
            guard usedSeconds < limit else { throw Trap(message: "user \(name) has reached uptime limit") }
            allowance.seconds = limit - usedSeconds
        }
        if let timeout = Self.seconds(sessionTimeout), timeout > 0 {
            allowance.seconds = min(allowance.seconds ?? timeout, timeout)
        }
        let count = { (column: String) in user(column).flatMap { Magnitude.integer($0) } ?? 0 }
        let (usedIn, usedOut) = (count("bytes-in"), count("bytes-out"))
        func left(of limit: UInt64, used: UInt64) throws(Trap) -> UInt64? {
            guard limit > 0 else { return nil }
            guard used < limit else { throw Trap(message: "user \(name) has reached traffic limit") }
            return limit - used
        }
        allowance.bytesIn = try left(of: count("limit-bytes-in"), used: usedIn)
        allowance.bytesOut = try left(of: count("limit-bytes-out"), used: usedOut)
        allowance.bytesTotal = try left(of: count("limit-bytes-total"), used: saturatingSum(usedIn, usedOut))
        return allowance
    }

    /// Moves bytes for every session of a user, ending those that have no allowance left; `false` when the user is not online.
    mutating func addTraffic(user: WireText, bytesIn: UInt64, bytesOut: UInt64) -> Bool {
        var isOnline = false
        for index in sessions.indices where sessions[index].user == user {
            isOnline = true
            sessions[index].extraIn = saturatingSum(sessions[index].extraIn, bytesIn)
            sessions[index].extraOut = saturatingSum(sessions[index].extraOut, bytesOut)
        }
        endSpentSessions(until: now)
        return isOnline
    }

    /// Ends the sessions whose allowance is used up by an instant, each at the moment it happens.
    mutating func endSpentSessions(until time: Duration) {
        for session in sessions {
            guard let end = session.end, end <= time else { continue }
            // Traffic may use up an allowance at once, but never before now.
            endSession(session, at: max(end, now))
        }
    }

    /// Ends the sessions of these ids, as `remove` does.
    mutating func endSessions(_ ids: [UInt64]) {
        for session in sessions where ids.contains(session.id) { endSession(session, at: now) }
    }

    /// Ends every session in good order, as a router that shuts down.
    mutating func endAllSessions() {
        endSessions(sessions.map(\.id))
        tellListeners()
    }

    /// The power goes: connections and sessions are lost, and with the sessions whatever they have used.
    mutating func cutPower() {
        dropConnections()
        sessions = []
        changes = []
        bootedAt = now
    }

    /// A session is over: only now do its figures reach the row of the user.
    private mutating func endSession(_ session: HotspotSession, at end: Duration) {
        sessions.removeAll { $0.id == session.id }
        if let menu = menus[RouterMenus.hotspotActive] { changed(menu, session.id, isRemoved: true) }
        guard let menu = menus[RouterMenus.hotspotUser], var values = tables[menu.path]?.row(session.userID)?.values
        else { return }
        func add(_ amount: UInt64, to name: String) {
            guard let column = menu.column(name) else { return }
            let old = values[column].flatMap { Magnitude.integer($0) } ?? 0
            values[column] = WireText(saturatingSum(old, amount))
        }
        let (bytesIn, bytesOut) = (session.bytesIn(at: end), session.bytesOut(at: end))
        add(bytesIn, to: "bytes-in")
        add(bytesOut, to: "bytes-out")
        add(bytesIn / Self.packetBytes, to: "packets-in")
        add(bytesOut / Self.packetBytes, to: "packets-out")
        if let column = menu.column("uptime") {
            let total = (Self.seconds(values[column]) ?? 0).addingReportingOverflow(session.seconds(at: end))
            values[column] = Self.durationText(total.overflow ? .max : total.partialValue)
        }
        tables[menu.path]?.replace(session.userID, values: values)
        changed(menu, session.userID)
    }

    /// The row of a session, up to the second.
    func describe(_ session: HotspotSession, _ menu: Menu) -> VisibleRow {
        let seconds = session.seconds(at: now)
        let (bytesIn, bytesOut) = (session.bytesIn(at: now), session.bytesOut(at: now))
        let values: [String: WireText?] = [
            "server": RouterMenus.hotspotServer,
            "user": session.user,
            "address": ValueKind.addressText(session.address),
            "mac-address": session.macAddress,
            "login-by": "http-pap",
            "uptime": Self.durationText(seconds),
            "session-time-left": session.allowance.seconds.map { Self.durationText(max(0, $0 - seconds)) },
            "idle-time": "0s",
            "keepalive-timeout": session.keepaliveTimeout,
            "bytes-in": WireText(bytesIn),
            "bytes-out": WireText(bytesOut),
            "packets-in": WireText(bytesIn / Self.packetBytes),
            "packets-out": WireText(bytesOut / Self.packetBytes),
            "limit-bytes-in": session.allowance.bytesIn.map { WireText($0) },
            "limit-bytes-out": session.allowance.bytesOut.map { WireText($0) },
            "limit-bytes-total": session.allowance.bytesTotal.map { WireText($0) },
            "radius": "false",
            "blocked": "false",
            "comment": session.comment,
        ]
        return VisibleRow(id: session.id, values: menu.attributes.map { values[$0.name] ?? nil })
    }

    /// The columns of the profile a user row refers to.
    private func profileValues(of reference: WireText?) -> (String) -> WireText? {
        guard let menu = menus[RouterMenus.hotspotProfile], let id = reference.flatMap({ RowID.number($0) }),
            let row = tables[menu.path]?.row(id)
        else { return { _ in nil } }
        return { column in menu.column(column).flatMap { row.values[$0] } }
    }

    private static func seconds(_ text: WireText?) -> Int64? {
        text.flatMap { Duration(routerOS: $0.description) }?.components.seconds
    }

    private static func durationText(_ seconds: Int64) -> WireText {
        WireText(Duration.seconds(seconds).routerOSText)
    }

    /// The hardware address of a client that gave none: locally administered, made from its IP address.
    private static func macAddress(of address: UInt32) -> WireText {
        let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: address >> UInt32($0)) }
        let digits = ([0x02, 0x00] + bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
        return WireText(digits.joined(separator: ":"))
    }
}
