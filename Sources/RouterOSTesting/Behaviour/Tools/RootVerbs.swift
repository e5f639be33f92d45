import RouterOSProtocol

extension Behaviour {
    /// Verbs that belong to no menu.
    static let root = Behaviour(verbs: [
        "ping": { router, _, request throws(Trap) in try router.ping(request) },
        "execute": { router, _, request throws(Trap) in try router.execute(script: request) },
    ])
}

extension SimulatedRouter {
    /// Where a ping that goes on keeps when it began; no client can say it, as a name with a space is none.
    private static let beginning = "ping began"

    /// `/ping`: an answer every interval, as often as asked.
    fileprivate mutating func ping(_ request: Request) throws(Trap) -> Answer {
        var interval = Duration.seconds(1)
        var count: UInt64?
        var began = now
        var size: WireText = "56"
        for (name, value) in request.attributes {
            switch name {
            case "address", ".proplist", "proplist", "interface", "src-address", "ttl", "do-not-fragment", "dscp",
                "routing-table", "arp-ping", "vrf":
                continue
            case "count":
                guard let number = Magnitude.integer(value), number > 0 else { throw .invalidValue(name, .text) }
                count = number
            case "size": size = value
            case "interval":
                guard let span = Duration(routerOS: value.description), span >= .milliseconds(10) else {
                    throw .invalidValue(name, .duration)
                }
                interval = span
            case Self.beginning: began = .milliseconds(Int64(value.description) ?? 0)
            default: throw .unknownParameter(name)
            }
        }
        guard let host = request["address"] else { throw .missingValue("address") }
        let sequence = UInt64(clamping: Int64((now - began) / interval))
        var row: [(name: String, value: WireText)] = [("seq", WireText(sequence)), ("host", host)]
        let isLost = Self.address(host).map { hotspot[$0]?.vanishedAt != nil } ?? false
        if isLost {
            row.append(("status", "timeout"))
        } else {
            let microseconds = UInt64.random(in: 300...2_500, using: &random)
            let time = Duration.microseconds(microseconds).routerOSText
            row += [("size", size), ("ttl", "64"), ("time", WireText(time))]
        }
        row += [
            ("sent", WireText(sequence + 1)), ("received", isLost ? "0" : WireText(sequence + 1)),
            ("packet-loss", isLost ? "100" : "0"),
        ]
        guard count.map({ sequence + 1 < $0 }) ?? true else { return Answer(rows: [row], section: 0) }
        let mark = WireText(began.components.seconds * 1_000 + began.components.attoseconds / 1_000_000_000_000_000)
        let next = Request(
            request.menu + "/" + request.verb,
            request.attributes.filter { $0.name != Self.beginning } + [(Self.beginning, mark)],
            tag: request.tag,
            from: request.caller
        )
        let rest = count.map { min($0, 1_000_000_000) - 1 }
        return Answer(
            rows: [row],
            section: 0,
            activity: .monitor(next, every: interval, until: rest.map { began + interval * Int($0) })
        )
    }

    /// `/execute`: begins a script; the id of its job, or with `as-string` what it has put out.
    fileprivate mutating func execute(script request: Request) throws(Trap) -> Answer {
        var wantsOutput = false
        for (name, _) in request.attributes {
            switch name {
            case "script", "file": continue
            case "as-string" where release >= RouterOSVersion(7, 1): wantsOutput = true
            default: throw .unknownParameter(name)
            }
        }
        guard let given = request["script"], !given.isEmpty else { throw .missingValue("script") }
        let (source, name) = namedScript(given)
        let id = begin(source, .execute, name: name ?? "", as: request.caller)
        guard wantsOutput else { return Answer(returned: RowID.text(id)) }
        // A script that waits has not put out everything; the console does not wait for it either.
        return Answer(returned: WireText(scripting.output(ofJob: id).joined(separator: "\n")))
    }
}
