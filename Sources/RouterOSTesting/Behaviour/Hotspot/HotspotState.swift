/// Who is in sight of the hotspot, who is logged in, and who need not type a password again.
struct HotspotState: Sendable {
    /// A device in sight of the hotspot.
    struct Host: Sendable {
        let address: UInt32
        let macAddress: WireText
        let server: WireText
        let seenAt: Duration
        /// When it last did anything but be logged in.
        var lastSeen: Duration
        /// Whether a row of `/ip/hotspot/ip-binding` lets it pass without a login.
        var isBypassed = false
    }

    private(set) var sessions = Roster<UInt32, HotspotSession>()
    private(set) var hosts = Roster<UInt32, Host>()
    private(set) var cookies = Roster<HotspotCookie.Key, HotspotCookie>()
    private var sessionsOfUser: [UInt64: Int] = [:]
    private var addressesOfName: [WireText: [UInt32]] = [:]
    private var keysOfCookies: [UInt64: HotspotCookie.Key] = [:]
    private var lastCookie: UInt64 = 0

    // MARK: Sessions

    subscript(address: UInt32) -> HotspotSession? { sessions[address] }

    /// How many sessions a user has.
    func count(of userID: UInt64) -> Int { sessionsOfUser[userID] ?? 0 }

    /// Where a user is logged in, by the name it had then.
    func addresses(of user: WireText) -> [UInt32] { addressesOfName[user] ?? [] }

    mutating func insert(_ session: HotspotSession) {
        guard sessions[session.address] == nil else { return }
        sessions.insert(session, for: session.address)
        sessionsOfUser[session.userID, default: 0] += 1
        addressesOfName[session.user, default: []].append(session.address)
    }

    mutating func update(_ address: UInt32, _ change: (inout HotspotSession) -> Void) {
        sessions.update(address, change)
    }

    mutating func remove(_ address: UInt32) -> HotspotSession? {
        guard let session = sessions.remove(address) else { return nil }
        let rest = count(of: session.userID) - 1
        sessionsOfUser[session.userID] = rest > 0 ? rest : nil
        var addresses = self.addresses(of: session.user)
        addresses.removeAll { $0 == address }
        addressesOfName[session.user] = addresses.isEmpty ? nil : addresses
        return session
    }

    // MARK: Devices

    func host(_ address: UInt32) -> Host? { hosts[address] }

    /// A device shows itself.
    mutating func see(_ host: Host) {
        hosts.insert(host, for: host.address)
        hosts.update(host.address) { known in
            known.lastSeen = host.lastSeen
            known.isBypassed = host.isBypassed
        }
    }

    mutating func update(host address: UInt32, _ change: (inout Host) -> Void) { hosts.update(address, change) }

    mutating func lose(_ address: UInt32) { hosts.remove(address) }

    // MARK: Cookies

    /// Remembers a device; a cookie it had is renewed.
    mutating func bake(_ key: HotspotCookie.Key, user: WireText, domain: WireText?, expiresAt: Duration) {
        lastCookie += 1
        if let old = cookies.remove(key) { keysOfCookies[old.id] = nil }
        keysOfCookies[lastCookie] = key
        cookies.insert(
            HotspotCookie(id: lastCookie, key: key, user: user, domain: domain, expiresAt: expiresAt),
            for: key
        )
    }

    func cookie(_ id: UInt64) -> HotspotCookie? { keysOfCookies[id].flatMap { cookies[$0] } }

    mutating func removeCookies(_ ids: [UInt64]) {
        for id in ids {
            if let key = keysOfCookies.removeValue(forKey: id) { cookies.remove(key) }
        }
    }
}
