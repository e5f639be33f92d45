import RouterOSProtocol

/// Echo requests to one address, one each interval.
struct Ping: Sendable {
    let host: WireText
    var size: WireText = "56"
    /// How many there are to be; nil for no end.
    var count: UInt64?
    var interval = Duration.seconds(1)
    private(set) var sent: UInt64 = 0
    private(set) var received: UInt64 = 0

    /// Reads the attributes of a `/ping`.
    init(_ request: Request) throws(Trap) {
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
            default: throw .unknownParameter(name)
            }
        }
        guard let host = request["address"] else { throw .missingValue("address") }
        self.host = host
    }

    var isOver: Bool { count.map { sent >= $0 } ?? false }

    /// How many of a hundred were lost.
    var loss: UInt64 { sent == 0 ? 0 : (sent - received) * 100 / sent }

    /// One more request, and whether its answer came.
    mutating func send(isAnswered: Bool) {
        sent += 1
        if isAnswered { received += 1 }
    }
}

extension SimulatedRouter {
    /// `/ping`: an answer every interval, as often as asked.
    mutating func ping(_ request: Request) throws(Trap) -> Answer {
        var ping = try Ping(request)
        var answer = send(&ping)
        if !ping.isOver { answer.activity = .ping(ping) }
        return answer
    }

    /// Sends one echo request; what is said of it.
    mutating func send(_ ping: inout Ping) -> Answer {
        var row: [(name: String, value: WireText)] = [("seq", WireText(ping.sent)), ("host", ping.host)]
        let isLost = Self.address(ping.host).map { hotspot[$0]?.vanishedAt != nil } ?? false
        ping.send(isAnswered: !isLost)
        if isLost {
            row.append(("status", "timeout"))
        } else {
            let time = Duration.microseconds(UInt64.random(in: 300...2_500, using: &random)).routerOSText
            row += [("size", ping.size), ("ttl", "64"), ("time", WireText(time))]
        }
        row += [
            ("sent", WireText(ping.sent)), ("received", WireText(ping.received)), ("packet-loss", WireText(ping.loss)),
        ]
        return Answer(rows: [row], section: 0)
    }
}
