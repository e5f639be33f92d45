import RouterOSProtocol

extension SimulatedRouter {
    /// Moves bytes for every session of a user, ending those that have no allowance left; `false` when the user is not online.
    mutating func addTraffic(user: WireText, bytesIn: UInt64, bytesOut: UInt64) -> Bool {
        let keys = hotspot.addresses(of: user).map(SessionKey.hotspot) + ppp.ids(of: user).map(SessionKey.ppp)
        for key in keys {
            switch key {
            case .hotspot(let address):
                hotspot.update(address) { session in
                    session.meter.add(bytesIn: bytesIn, bytesOut: bytesOut)
                    session.lastMoved = now
                }
            case .ppp(let id):
                ppp.update(id) { session in
                    session.meter.add(bytesIn: bytesIn, bytesOut: bytesOut)
                    session.lastMoved = now
                }
            case .host: continue
            }
            awaitEnd(of: key)
        }
        return !keys.isEmpty
    }

    // MARK: Ends that come by themselves

    /// When something ends by itself, and why.
    private func end(of key: SessionKey) -> (at: Duration, cause: String)? {
        switch key {
        case .hotspot(let address): hotspot[address]?.end
        case .host(let address): hostEnd(address).map { ($0, "") }
        case .ppp(let id): ppp[id]?.end
        }
    }

    /// Ends something that has nothing left, and otherwise sees to it that the agenda looks at it when it has not.
    mutating func awaitEnd(of key: SessionKey) {
        guard let end = end(of: key) else { return agenda.remove(.session(key)) }
        guard end.at > now else { return finish(key, cause: end.cause) }
        agenda.enter(.session(key), at: end.at)
    }

    private mutating func finish(_ key: SessionKey, cause: String) {
        switch key {
        case .hotspot(let address): endHotspotSession(address, cause: cause)
        case .host(let address): loseHost(address)
        case .ppp(let id): endPPPSession(id, cause: cause)
        }
    }

    /// A device goes out of sight without a word: its traffic stops, and its session ends when the router has noticed.
    mutating func vanish(_ address: UInt32) {
        guard let session = hotspot[address] else { return loseHost(address) }
        hotspot.update(address) { changed in
            changed.lastMoved = session.meter.isFlowing ? now : session.lastMoved
            changed.meter.setRate(.init(), at: now)
            changed.vanishedAt = now
        }
        awaitEnd(of: .hotspot(address))
    }

    // MARK: The end

    /// A session is over: only now do its figures reach the row of the user.
    mutating func endHotspotSession(_ address: UInt32, cause: String) {
        guard let session = hotspot.remove(address) else { return }
        agenda.remove(.session(.hotspot(address)))
        agenda.remove(.customer(.departure(address)))
        changes.append(RowChange(menu: "/ip/hotspot/active", id: session.id, kind: .removed))
        settle(session)
        for row in session.dynamicRows { remove(row) }
        note(
            "hotspot,account,info,debug",
            "\(session.user) (\(ValueKind.addressText(session.address))): logged out: \(cause)"
        )
        if session.vanishedAt != nil {
            loseHost(address)
        } else {
            hotspot.update(host: address) { $0.lastSeen = now }
            awaitEnd(of: .host(address))
        }
        runHotspotScript("on-logout", of: session, cause: cause)
    }

    /// Adds what a session has used to the row of its user.
    private mutating func settle(_ session: HotspotSession) {
        let (path, id) = ("/ip/hotspot/user", session.userID)
        let (bytesIn, bytesOut) = (session.meter.bytesIn(at: now), session.meter.bytesOut(at: now))
        carried.add(bytesIn: bytesIn, bytesOut: bytesOut)
        guard tables[path]?.row(id) != nil else { return }
        func sum(_ name: String, _ amount: UInt64) -> WireText {
            let old = value(name, of: id, in: path).flatMap { Magnitude.integer($0) } ?? 0
            return WireText(saturatingSum(old, amount))
        }
        let uptime = (Self.seconds(value("uptime", of: id, in: path)) ?? 0)
            .addingReportingOverflow(session.meter.seconds(at: now))
        store(
            [
                "uptime": Self.durationText(uptime.overflow ? .max : uptime.partialValue),
                "bytes-in": sum("bytes-in", bytesIn),
                "bytes-out": sum("bytes-out", bytesOut),
                "packets-in": sum("packets-in", session.meter.packetsIn(at: now)),
                "packets-out": sum("packets-out", session.meter.packetsOut(at: now)),
            ],
            in: id,
            of: path
        )
    }

    /// Ends every session in good order, as a router that shuts down.
    mutating func endAllSessions() {
        for session in hotspot.sessions.elements { endHotspotSession(session.address, cause: "shutdown") }
        for session in ppp.sessions.elements { endPPPSession(session.id, cause: "shutdown") }
        tellListeners()
    }

    /// The power is gone: sessions are lost with whatever they have used, and so is what else the memory holds.
    mutating func forgetMemory() {
        forgetSessions()
        agenda.removeAll(where: \.isOfMemory)
        trials = [:]
        scripting.forget(at: now)
        carried = Traffic()
    }

    /// Other tables take the place of those there are: sessions are lost with whatever they have used.
    ///
    /// What the router was about to do, its scripts and its clock go on.
    mutating func forgetSessions() {
        for row in hotspot.sessions.elements.flatMap(\.dynamicRows) + ppp.sessions.elements.flatMap(\.dynamicRows) {
            remove(row)
        }
        agenda.removeAll(where: \.isOfTables)
        hotspot = HotspotState()
        ppp = PPPState()
        schedules = [:]
        counted = [:]
    }
}
