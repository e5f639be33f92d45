import RouterOSProtocol

extension Behaviour {
    /// `/ip/hotspot/active`.
    static let hotspotActive = Behaviour(
        rows: { router, menu in router.hotspot.sessions.elements.map { router.describe($0, menu) } },
        row: { router, menu, id in
            UInt32(exactly: id).flatMap { router.hotspot[$0] }.map { router.describe($0, menu) }
        },
        remove: { router, ids in
            for id in ids { router.endHotspotSession(UInt32(truncatingIfNeeded: id), cause: "admin reset") }
        },
        verbs: ["login": { router, menu, request throws(Trap) in try router.logIn(menu, request) }]
    )

    /// `/ip/hotspot/cookie`.
    static let hotspotCookie = Behaviour(
        rows: { router, menu in
            router.hotspot.cookies.elements.filter { $0.expiresAt > router.now }.map { router.describe($0, menu) }
        },
        row: { router, menu, id in
            router.hotspot.cookie(id).flatMap { $0.expiresAt > router.now ? router.describe($0, menu) : nil }
        },
        remove: { router, ids in router.hotspot.removeCookies(ids) }
    )

    /// `/ip/hotspot/host`.
    static let hotspotHost = Behaviour(
        rows: { router, menu in router.hotspot.hosts.elements.map { router.describe($0, menu) } },
        row: { router, menu, id in
            UInt32(exactly: id).flatMap { router.hotspot.host($0) }.map { router.describe($0, menu) }
        },
        remove: { router, ids in
            for address in ids.map({ UInt32(truncatingIfNeeded: $0) }) {
                router.endHotspotSession(address, cause: "admin reset")
                router.loseHost(address)
            }
        },
        verbs: ["make-binding": { router, menu, request throws(Trap) in try router.makeBindings(menu, request) }]
    )

    /// `/ip/hotspot/ip-binding`: whoever is bypassed or blocked from now on is logged in no more.
    static let hotspotBinding = Behaviour(follow: { router, _ in router.bindDevices() })
}

extension SimulatedRouter {
    /// `/ip/hotspot/active/login`: puts a client online without a login page.
    fileprivate mutating func logIn(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        let values = try arguments(of: menu, request)
        guard let user = values["user"] else { throw .missingValue("user") }
        guard let address = values["ip"].flatMap({ Magnitude.address($0) }).flatMap({ UInt32(exactly: $0) }),
            address != 0
        else { throw Trap(message: "unknown host IP 0.0.0.0") }
        let macAddress =
            values["mac-address"] ?? hotspot.host(address)?.macAddress ?? Self.macAddress(of: address)
        let guest = HotspotGuest(address: address, macAddress: macAddress, domain: values["domain"])
        try letIn(guest, user: user, password: values["password"] ?? "", by: .httpPAP)
        return Answer()
    }

    /// The row of a session, up to the second.
    fileprivate func describe(_ session: HotspotSession, _ menu: Menu) -> VisibleRow {
        let seconds = session.meter.seconds(at: now)
        let allowance = session.meter.allowance
        var values: [String: WireText] = [
            "server": session.server,
            "user": session.user,
            "address": ValueKind.addressText(session.address),
            "mac-address": session.macAddress,
            "login-by": WireText(session.method.rawValue),
            "uptime": Self.durationText(seconds),
            "idle-time": Self.durationText(session.idle(at: now)),
            "bytes-in": WireText(session.meter.bytesIn(at: now)),
            "bytes-out": WireText(session.meter.bytesOut(at: now)),
            "packets-in": WireText(session.meter.packetsIn(at: now)),
            "packets-out": WireText(session.meter.packetsOut(at: now)),
            "radius": "false",
            "blocked": "false",
        ]
        values["domain"] = session.domain
        values["comment"] = session.comment
        values["session-time-left"] = allowance.seconds.map { Self.durationText(max(0, $0 - seconds)) }
        values["idle-timeout"] = session.idleTimeout.map { Self.durationText($0) }
        values["keepalive-timeout"] = session.keepaliveTimeout.map { Self.durationText($0) }
        values["limit-bytes-in"] = allowance.bytesIn.map { WireText($0) }
        values["limit-bytes-out"] = allowance.bytesOut.map { WireText($0) }
        values["limit-bytes-total"] = allowance.bytesTotal.map { WireText($0) }
        return VisibleRow(id: session.id, menu, values)
    }

    fileprivate func describe(_ cookie: HotspotCookie, _ menu: Menu) -> VisibleRow {
        var values: [String: WireText] = [
            "user": cookie.user,
            "mac-address": cookie.key.macAddress,
            "expires-in": Self.durationText(cookie.expiresAt - now),
            "mac-cookie": cookie.key.isMACCookie ? "true" : "false",
        ]
        values["domain"] = cookie.domain
        return VisibleRow(id: cookie.id, menu, values)
    }

    fileprivate func describe(_ host: HotspotState.Host, _ menu: Menu) -> VisibleRow {
        let session = hotspot[host.address]
        let address = ValueKind.addressText(host.address)
        return VisibleRow(
            id: UInt64(host.address),
            menu,
            [
                "mac-address": host.macAddress,
                "address": address,
                "to-address": address,
                "server": host.server,
                "uptime": Self.durationText(now - host.seenAt),
                "idle-time": Self.durationText(session?.idle(at: now) ?? (now - host.lastSeen)),
                "bytes-in": WireText(session?.meter.bytesIn(at: now) ?? 0),
                "bytes-out": WireText(session?.meter.bytesOut(at: now) ?? 0),
                "packets-in": WireText(session?.meter.packetsIn(at: now) ?? 0),
                "packets-out": WireText(session?.meter.packetsOut(at: now) ?? 0),
                "found-by": "ARP",
                "DHCP": "true",
                "dynamic": "false",
                "authorized": session == nil ? "false" : "true",
                "bypassed": host.isBypassed ? "true" : "false",
            ]
        )
    }

    /// `/ip/hotspot/host/make-binding`: rows of `/ip/hotspot/ip-binding` for devices in sight.
    fileprivate mutating func makeBindings(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        let addressing: Set<String> = [".id", "numbers", "number"]
        let ids = try targets(menu, request)
        let own = request.attributes.filter { !addressing.contains($0.name) }
        let values = try arguments(of: menu, Request(request.menu + "/" + request.verb, own, from: request.caller))
        for id in ids {
            guard let host = hotspot.host(UInt32(truncatingIfNeeded: id)) else { continue }
            let address = ValueKind.addressText(host.address)
            var attributes: [(name: String, value: WireText)] = [
                ("mac-address", host.macAddress), ("address", address), ("to-address", address),
                ("server", host.server), ("type", values["type"] ?? "regular"),
            ]
            if let comment = values["comment"] { attributes.append(("comment", comment)) }
            _ = try execute(Request("/ip/hotspot/ip-binding/add", attributes, from: request.caller))
        }
        return Answer()
    }

    /// Holds every device in sight against the bindings.
    fileprivate mutating func bindDevices() {
        for host in hotspot.hosts.elements {
            let binding = binding(of: HotspotGuest(address: host.address, macAddress: host.macAddress))
            if binding != .regular { endHotspotSession(host.address, cause: "admin reset") }
            if binding == .blocked {
                loseHost(host.address)
            } else if host.isBypassed != (binding == .bypassed) {
                hotspot.update(host: host.address) { $0.isBypassed = binding == .bypassed }
                awaitEnd(of: .host(host.address))
            }
        }
    }
}
