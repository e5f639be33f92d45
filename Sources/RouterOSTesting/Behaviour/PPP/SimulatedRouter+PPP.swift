import RouterOSProtocol

extension SimulatedRouter {
    private static let secrets = "/ppp/secret"
    private static let profiles = "/ppp/profile"

    /// A client that dials in.
    struct PPPCaller {
        let name: WireText
        let password: WireText
        var service: WireText = "pppoe"
        let callerID: WireText
    }

    /// Connects a client, in the words of the log when it may not; the id of its row in `/ppp/active`.
    mutating func connect(_ caller: PPPCaller) throws(Trap) -> UInt64 {
        let refused = Trap(message: "\(caller.name): user \(caller.name) authentication failed")
        guard !isDown else { throw Trap(message: "\(caller.name): the router does not answer") }
        guard let secret = tables[Self.secrets]?.id(ofName: caller.name) else { throw refused }
        let column = { (router: SimulatedRouter, name: String) in router.value(name, of: secret, in: Self.secrets) }
        guard column(self, "disabled") != "true", column(self, "password") ?? "" == caller.password,
            ["any", caller.service].contains(column(self, "service") ?? "any"),
            column(self, "caller-id").map({ $0.isEmpty || $0 == caller.callerID }) ?? true
        else { throw refused }
        let profile = column(self, "profile").flatMap { RowID.number($0) }
        let setting = { (router: SimulatedRouter, name: String) in
            profile.flatMap { router.value(name, of: $0, in: Self.profiles) }
        }
        if setting(self, "only-one") == "yes" {
            for id in ppp.ids(of: caller.name) { endPPPSession(id, cause: "replaced") }
        }
        guard let lease = lease(column(self, "remote-address") ?? setting(self, "remote-address")) else {
            throw Trap(message: "\(caller.name): could not determine remote address")
        }
        var allowance = Allowance()
        allowance.seconds = Self.seconds(setting(self, "session-timeout"))
        let limit = { (router: SimulatedRouter, name: String) in
            column(router, name).flatMap { Magnitude.integer($0) }.flatMap { $0 == 0 ? nil : $0 }
        }
        allowance.bytesIn = limit(self, "limit-bytes-in")
        allowance.bytesOut = limit(self, "limit-bytes-out")
        let id = ppp.nextID()
        let local = column(self, "local-address") ?? setting(self, "local-address")
        let session = PPPSession(
            id: id,
            name: caller.name,
            secretID: secret,
            profile: profile,
            service: caller.service,
            callerID: caller.callerID,
            address: lease.address,
            pool: lease.pool,
            localAddress: local.flatMap { Self.address($0) }.map { ValueKind.addressText($0) },
            sessionID: WireText("0x" + String(0x8100_0000 + id % 0x1_0000, radix: 16)),
            idleTimeout: Self.duration(setting(self, "idle-timeout")),
            interface: unusedName(WireText("<\(caller.service)-\(caller.name)>"), in: "/interface"),
            meter: Meter(beganAt: now, allowance: allowance, rate: traffic.rate(&random)),
            lastMoved: now
        )
        open(session)
        return id
    }

    /// Puts a session on the tables, and tells the log and the profile's script.
    private mutating func open(_ connected: PPPSession) {
        var session = connected
        let setting = { (router: SimulatedRouter, name: String) in
            session.profile.flatMap { router.value(name, of: $0, in: Self.profiles) }
        }
        let (rates, lists) = (setting(self, "rate-limit"), setting(self, "address-list"))
        let interface = addDynamic(
            "/interface",
            ["name": session.interface, "type": WireText("\(session.service)-in"), "running": "true", "mtu": "1480"]
        )
        let queue = addQueue(named: session.interface, target: session.interface, rates)
        session.dynamicRows = [interface, queue].compactMap(\.self) + addToLists(lists, session.address)
        ppp.insert(session)
        awaitEnd(of: .ppp(session.id))
        changes.append(RowChange(menu: "/ppp/active", id: session.id, kind: .added))
        let address = ValueKind.addressText(session.address)
        note("\(session.service),ppp,info,account", "\(session.name) logged in, \(address) from \(session.callerID)")
        note("\(session.service),ppp,info", "\(session.interface): connected")
        runPPPScript("on-up", of: session)
    }

    /// Ends a session; the row of its secret remembers when and why.
    mutating func endPPPSession(_ id: UInt64, cause: String) {
        guard let session = ppp.remove(id) else { return }
        agenda.remove(.session(.ppp(id)))
        let meter = session.meter
        let (bytesIn, bytesOut) = (meter.bytesIn(at: now), meter.bytesOut(at: now))
        changes.append(RowChange(menu: "/ppp/active", id: id, kind: .removed))
        carried.add(bytesIn: bytesIn, bytesOut: bytesOut)
        runPPPScript("on-down", of: session)
        for row in session.dynamicRows { remove(row) }
        store(
            [
                "last-logged-out": dateTime,
                "last-caller-id": session.callerID,
                "last-disconnect-reason": WireText(cause.split(separator: " ").joined(separator: "-")),
            ],
            in: session.secretID,
            of: Self.secrets
        )
        note(
            "\(session.service),ppp,info,account",
            "\(session.name) logged out, \(meter.seconds(at: now)) \(bytesIn) \(bytesOut) "
                + "\(meter.packetsIn(at: now)) \(meter.packetsOut(at: now)) from \(session.callerID)"
        )
    }

    /// A free address: the one that is written, or the next of the pool that is named and of those behind it.
    private func lease(_ text: WireText?) -> (address: UInt32, pool: UInt64?)? {
        guard let text else { return nil }
        if let address = Self.address(text) { return (address, nil) }
        var pool = RowID.number(text) ?? tables["/ip/pool"]?.id(ofName: text)
        // Pools may go round in a circle.
        var tried: Set<UInt64> = []
        while let id = pool, tried.insert(id).inserted {
            for range in poolRanges(id) {
                if let address = range.first(where: { !ppp.hasAddress($0) }) { return (address, id) }
            }
            pool = value("next-pool", of: id, in: "/ip/pool").flatMap { RowID.number($0) }
        }
        return nil
    }

    fileprivate func poolRanges(_ id: UInt64) -> [ClosedRange<UInt32>] {
        (value("ranges", of: id, in: "/ip/pool")?.commaSeparated ?? []).compactMap { Self.range($0) }
    }
}

extension Behaviour {
    /// `/ppp/active`.
    static let pppActive = Behaviour(
        rows: { router, menu in router.ppp.sessions.elements.map { router.describe($0, menu) } },
        row: { router, menu, id in router.ppp[id].map { router.describe($0, menu) } },
        remove: { router, ids in for id in ids { router.endPPPSession(id, cause: "admin reset") } }
    )

    /// `/ip/pool`.
    static let pool = Behaviour(refresh: { router in router.countPools() })

    /// `/ip/pool/used`.
    static let poolUsed = Behaviour(rows: { router, menu in
        router.ppp.sessions.elements.compactMap { session in
            guard let pool = session.pool else { return nil }
            return VisibleRow(
                id: UInt64(session.address),
                menu,
                [
                    "pool": router.value("name", of: pool, in: "/ip/pool") ?? RowID.text(pool),
                    "address": ValueKind.addressText(session.address),
                    "owner": session.service,
                    "info": session.name,
                ]
            )
        }
    })
}

extension SimulatedRouter {
    /// How many addresses each pool has and has given away.
    fileprivate mutating func countPools() {
        var used: [UInt64: UInt64] = [:]
        for session in ppp.sessions.elements {
            if let pool = session.pool { used[pool, default: 0] += 1 }
        }
        for row in tables["/ip/pool"]?.rows ?? [] {
            let total = poolRanges(row.id).reduce(0 as UInt64) { $0 + UInt64($1.upperBound - $1.lowerBound) + 1 }
            let taken = used[row.id] ?? 0
            refresh(
                [
                    "total": WireText(total), "used": WireText(taken),
                    "available": WireText(total - min(total, taken)),
                ],
                in: row.id,
                of: "/ip/pool"
            )
        }
    }

    fileprivate func describe(_ session: PPPSession, _ menu: Menu) -> VisibleRow {
        let meter = session.meter
        return VisibleRow(
            id: session.id,
            menu,
            [
                "name": session.name,
                "service": session.service,
                "caller-id": session.callerID,
                "address": ValueKind.addressText(session.address),
                "uptime": Self.durationText(meter.seconds(at: now)),
                "encoding": "",
                "session-id": session.sessionID,
                "limit-bytes-in": WireText(meter.allowance.bytesIn ?? 0),
                "limit-bytes-out": WireText(meter.allowance.bytesOut ?? 0),
                "radius": "false",
                // As the router sees it: what it has sent comes first.
                "bytes": WireText("\(meter.bytesOut(at: now))/\(meter.bytesIn(at: now))"),
                "packets": WireText("\(meter.packetsOut(at: now))/\(meter.packetsIn(at: now))"),
            ]
        )
    }
}
