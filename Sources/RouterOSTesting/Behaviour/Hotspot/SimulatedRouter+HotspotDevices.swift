/// What a row of `/ip/hotspot/ip-binding` makes of a device.
enum HotspotBinding {
    case regular, bypassed, blocked
}

extension SimulatedRouter {
    /// A device shows itself to the hotspot.
    mutating func see(_ guest: HotspotGuest) {
        guard let server = hotspotServer else { return }
        if let known = hotspot.host(guest.address), known.macAddress != guest.macAddress {
            // Nobody goes online on another's account: whoever was there is gone.
            endHotspotSession(guest.address, cause: "lost host")
            loseHost(guest.address)
        }
        let isNew = hotspot.host(guest.address) == nil
        hotspot.see(
            .init(
                address: guest.address,
                macAddress: guest.macAddress,
                server: server.name,
                seenAt: now,
                lastSeen: now,
                isBypassed: binding(of: guest) == .bypassed
            )
        )
        if isNew { changes.append(RowChange(menu: "/ip/hotspot/host", id: UInt64(guest.address), kind: .added)) }
        awaitEnd(of: .host(guest.address))
    }

    /// When a device without a session is forgotten; nil while it has one, or may stay for ever.
    func hostEnd(_ address: UInt32) -> Duration? {
        guard hotspot[address] == nil, let host = hotspot.host(address), !host.isBypassed else { return nil }
        return hotspotServer?.idleTimeout.map { host.lastSeen + $0 }
    }

    mutating func loseHost(_ address: UInt32) {
        guard hotspot.host(address) != nil else { return }
        hotspot.lose(address)
        agenda.remove(.session(.host(address)))
        changes.append(RowChange(menu: "/ip/hotspot/host", id: UInt64(address), kind: .removed))
    }

    /// What the first binding that fits says of a device.
    func binding(of guest: HotspotGuest) -> HotspotBinding {
        let path = "/ip/hotspot/ip-binding"
        for row in tables[path]?.rows ?? [] {
            let column = { (name: String) in value(name, of: row.id, in: path) }
            guard column("disabled") != "true" else { continue }
            let (bound, range) = (column("mac-address"), column("address"))
            guard bound != nil || range != nil, bound.map({ $0 == guest.macAddress }) ?? true,
                range.map({ Self.range($0)?.contains(guest.address) ?? false }) ?? true
            else { continue }
            switch column("type") {
            case "bypassed": return .bypassed
            case "blocked": return .blocked
            default: return .regular
            }
        }
        return .regular
    }

    /// The addresses of `10.0.0.1`, `10.0.0.0/24` or `10.0.0.1-10.0.0.9`.
    static func range(_ text: WireText) -> ClosedRange<UInt32>? {
        let ends = text.bytes.split(separator: UInt8(ascii: "-"))
        if ends.count == 2 {
            guard let low = address(WireText(ends[0])), let high = address(WireText(ends[1])), low <= high else {
                return nil
            }
            return low...high
        }
        let parts = text.bytes.split(separator: UInt8(ascii: "/"))
        guard let base = parts.first.flatMap({ address(WireText($0)) }) else { return nil }
        guard parts.count == 2 else { return base...base }
        guard let length = Magnitude.integer(WireText(parts[1])), length <= 32 else { return nil }
        let mask = length == 0 ? 0 : UInt32.max << UInt32(32 - length)
        return base & mask...base | ~mask
    }

    static func address(_ text: WireText) -> UInt32? { Magnitude.address(text).flatMap { UInt32(exactly: $0) } }

    /// The hardware address of a client that gave none: locally administered, made from its IP address.
    static func macAddress(of address: UInt32) -> WireText {
        let bytes = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: address >> UInt32($0)) }
        let digits = ([0x02, 0x00] + bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
        return WireText(digits.joined(separator: ":"))
    }

    // MARK: In without a password

    /// Lets a device in that need not show who it is; `false` when it must.
    mutating func recognise(_ guest: HotspotGuest) throws(Trap) -> Bool {
        guard let server = hotspotServer, binding(of: guest) != .blocked else { return false }
        see(guest)
        guard binding(of: guest) == .regular, hotspot[guest.address] == nil else { return true }
        if server.lets("mac"), let id = tables["/ip/hotspot/user"]?.id(ofName: guest.macAddress) {
            let password = value("password", of: id, in: "/ip/hotspot/user") ?? ""
            if password.isEmpty || password == guest.macAddress {
                try letIn(guest, user: guest.macAddress, password: nil, by: .mac)
                return true
            }
        }
        for (method, isMACCookie) in [("mac-cookie", true), ("cookie", false)] as [(WireText, Bool)]
        where server.lets(method) {
            let key = HotspotCookie.Key(macAddress: guest.macAddress, isMACCookie: isMACCookie)
            guard let cookie = hotspot.cookies[key], cookie.expiresAt > now else { continue }
            try letIn(guest, user: cookie.user, password: nil, by: isMACCookie ? .macCookie : .cookie)
            return true
        }
        return false
    }

    /// Keeps what lets the device of a session in again, by its hardware address for as long as its profile says.
    mutating func remember(_ session: HotspotSession, lasting: Duration?) {
        guard let server = hotspotServer, session.method != .trial, session.method != .mac else { return }
        if server.lets("mac-cookie"), let lasting {
            bake(session, isMACCookie: true, lasting)
        }
        let isTyped = session.method == .httpCHAP || session.method == .httpPAP
        if server.lets("cookie"), isTyped || session.method == .cookie, let lifetime = server.cookieLifetime {
            bake(session, isMACCookie: false, lifetime)
        }
    }

    private mutating func bake(_ session: HotspotSession, isMACCookie: Bool, _ lasting: Duration) {
        hotspot.bake(
            HotspotCookie.Key(macAddress: session.macAddress, isMACCookie: isMACCookie),
            user: session.user,
            domain: session.domain,
            expiresAt: now + lasting
        )
    }

    // MARK: Trials

    /// Lets a device try the hotspot for a while, once in each period.
    mutating func tryOut(_ guest: HotspotGuest) throws(Trap) {
        let (users, profiles) = ("/ip/hotspot/user", "/ip/hotspot/profile")
        guard let server = hotspotServer, server.lets("trial"),
            let profile = value("profile", of: server.id, in: "/ip/hotspot").flatMap({ RowID.number($0) })
        else { throw Trap(message: "trial users are not allowed") }
        let (limit, period) = trialTerms(of: profile, in: profiles)
        let name = WireText("T-\(guest.macAddress)")
        if let id = tables[users]?.id(ofName: name) {
            if let began = trials[guest.macAddress], began + period <= now {
                trials[guest.macAddress] = now
                store(["uptime": "0s"], in: id, of: users)
            }
        } else {
            trials[guest.macAddress] = now
            let trialProfile = value("trial-user-profile", of: profile, in: profiles) ?? "*0"
            _ = addDynamic(users, ["name": name, "limit-uptime": limit, "profile": trialProfile])
        }
        try letIn(guest, user: name, password: nil, by: .trial)
    }

    /// How long a trial lasts, and after how long there is another: half an hour in a day unless the profile says.
    private func trialTerms(of profile: UInt64, in path: String) -> (limit: WireText, period: Duration) {
        // Before 7 both stood in one setting: `30m/1d`.
        let both = value("trial-uptime", of: profile, in: path)?.bytes.split(separator: UInt8(ascii: "/"))
            .map { WireText($0) }
        let limit = value("trial-uptime-limit", of: profile, in: path) ?? both?.first
        let period = value("trial-uptime-reset", of: profile, in: path) ?? both?.dropFirst().first
        return (Self.durationText(Self.seconds(limit) ?? 1_800), Self.duration(period) ?? .seconds(86_400))
    }
}
