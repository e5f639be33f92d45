import RouterOSProtocol

extension Behaviour {
    /// `/interface`.
    static let interface = Behaviour(
        refresh: { router in router.countInterfaces() },
        verbs: [
            "monitor-traffic": { router, menu, request throws(Trap) in try router.monitorTraffic(menu, request) }
        ]
    )

    /// `/queue/simple`.
    static let queueSimple = Behaviour(refresh: { router in router.countQueues() })
}

extension SimulatedRouter {
    private static let interfaces = "/interface"
    private static let queues = "/queue/simple"

    /// What an interface moves a second: received from clients, sent to them.
    private func rate(of interface: WireText) -> SimulatedTraffic.Rate {
        for session in ppp.sessions.elements where session.interface == interface { return session.meter.rate }
        let isUplink = interface == uplinkInterface
        guard isUplink || interface == clientInterface else { return .init() }
        var sum = SimulatedTraffic.Rate()
        for rate in hotspot.sessions.elements.map(\.meter.rate) + ppp.sessions.elements.map(\.meter.rate) {
            sum.bytesIn = saturatingSum(sum.bytesIn, rate.bytesIn)
            sum.bytesOut = saturatingSum(sum.bytesOut, rate.bytesOut)
        }
        return isUplink ? .init(bytesIn: sum.bytesOut, bytesOut: sum.bytesIn) : sum
    }

    /// The interface towards the clients: the one of the first hotspot server.
    private var clientInterface: WireText? { hotspotServer?.interface }

    /// The interface towards the internet: the first there is, unless clients are behind it.
    private var uplinkInterface: WireText? {
        tables[Self.interfaces]?.rows.first.flatMap { value("name", of: $0.id, in: Self.interfaces) }
            .flatMap { $0 == clientInterface ? nil : $0 }
    }

    /// Everything that clients have moved since the router started.
    private var moved: Traffic {
        var sum = carried
        for meter in hotspot.sessions.elements.map(\.meter) + ppp.sessions.elements.map(\.meter) {
            sum.add(bytesIn: meter.bytesIn(at: now), bytesOut: meter.bytesOut(at: now))
        }
        return sum
    }

    fileprivate mutating func countInterfaces() {
        for session in ppp.sessions.elements {
            for row in session.dynamicRows where row.menu == Self.interfaces {
                count(session.meter.traffic(at: now), in: row.id)
            }
        }
        let all = moved
        if let id = clientInterface.flatMap({ tables[Self.interfaces]?.id(ofName: $0) }) { count(all, in: id) }
        if let id = uplinkInterface.flatMap({ tables[Self.interfaces]?.id(ofName: $0) }) {
            count(Traffic(bytesIn: all.bytesOut, bytesOut: all.bytesIn), in: id)
        }
    }

    /// Adds to the counters of an interface what has come since the last look, so that they can be reset.
    private mutating func count(_ total: Traffic, in id: UInt64) {
        let more = growth(of: CountedRow(menu: Self.interfaces, id: id), to: total)
        func sum(_ name: String, _ amount: UInt64) -> WireText {
            let old = value(name, of: id, in: Self.interfaces).flatMap { Magnitude.integer($0) } ?? 0
            return WireText(saturatingSum(old, amount))
        }
        refresh(
            [
                "rx-byte": sum("rx-byte", more.bytesIn), "tx-byte": sum("tx-byte", more.bytesOut),
                "rx-packet": sum("rx-packet", Meter.packets(more.bytesIn)),
                "tx-packet": sum("tx-packet", Meter.packets(more.bytesOut)),
            ],
            in: id,
            of: Self.interfaces
        )
    }

    private mutating func growth(of row: CountedRow, to total: Traffic) -> Traffic {
        let more = total.since(counted[row] ?? Traffic())
        counted[row] = total
        return more
    }

    fileprivate mutating func countQueues() {
        for session in hotspot.sessions.elements { count(session.meter, in: session.dynamicRows) }
        for session in ppp.sessions.elements { count(session.meter, in: session.dynamicRows) }
    }

    private mutating func count(_ meter: Meter, in rows: [DynamicRow]) {
        for row in rows where row.menu == Self.queues {
            let more = growth(of: CountedRow(menu: row.menu, id: row.id), to: meter.traffic(at: now))
            let old = (value("bytes", of: row.id, in: row.menu)?.bytes ?? []).split(separator: UInt8(ascii: "/"))
                .map { Magnitude.integer(WireText($0)) ?? 0 }
            let up = saturatingSum(old.first ?? 0, more.bytesIn)
            let down = saturatingSum(old.dropFirst().first ?? 0, more.bytesOut)
            refresh(
                [
                    "bytes": WireText("\(up)/\(down)"),
                    "packets": WireText("\(Meter.packets(up))/\(Meter.packets(down))"),
                    "rate": WireText("\(meter.rate.bytesIn &* 8)/\(meter.rate.bytesOut &* 8)"),
                ],
                in: row.id,
                of: row.menu
            )
        }
    }

    /// Brings a row up to date without anybody hearing of it.
    mutating func refresh(_ values: KeyValuePairs<String, WireText?>, in id: UInt64, of path: String) {
        guard let menu = menus[path], var row = tables[path]?.row(id) else { return }
        for (name, value) in values {
            if let column = menu.column(name) { row.values[column] = value }
        }
        tables[path]?.replace(id, values: row.values)
    }

    fileprivate mutating func monitorTraffic(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        let order = try MonitorOrder(request, own: ["interface", ".id", "numbers"])
        let names = (request["interface"] ?? request[".id"] ?? request["numbers"])?.commaSeparated ?? []
        guard !names.isEmpty else { throw .missingValue("interface") }
        var interfaces: [WireText] = []
        for name in names {
            guard let id = tables[menu.path]?.id(ofName: name) ?? RowID.number(name),
                let known = value("name", of: id, in: menu.path)
            else { throw .noMatch("interface") }
            interfaces.append(known)
        }
        return order.answer(interfaces.map { describeRate(of: $0) }, to: request, at: now)
    }

    private func describeRate(of name: WireText) -> [(name: String, value: WireText)] {
        let rate = rate(of: name)
        let bits = { (bytes: UInt64) in WireText(bytes &* 8) }
        return [
            ("name", name),
            ("rx-packets-per-second", WireText(Meter.packets(rate.bytesIn))),
            ("rx-bits-per-second", bits(rate.bytesIn)),
            ("fp-rx-packets-per-second", "0"),
            ("fp-rx-bits-per-second", "0"),
            ("rx-drops-per-second", "0"),
            ("rx-errors-per-second", "0"),
            ("tx-packets-per-second", WireText(Meter.packets(rate.bytesOut))),
            ("tx-bits-per-second", bits(rate.bytesOut)),
            ("fp-tx-packets-per-second", "0"),
            ("fp-tx-bits-per-second", "0"),
            ("tx-drops-per-second", "0"),
            ("tx-queue-drops-per-second", "0"),
            ("tx-errors-per-second", "0"),
        ]
    }
}
