import RouterOSProtocol

/// Writes figures in the text format of Prometheus.
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/
struct PrometheusPage {
    private enum Kind: String {
        case counter, gauge, histogram
    }

    private var text = ""
    private let endpoints: [(name: String, figures: EndpointFigures)]

    static func text(of figures: [String: EndpointFigures]) -> String {
        var page = PrometheusPage(figures)
        page.writeCommands()
        page.writeConnections()
        page.writePool()
        page.writeProtection()
        return page.text
    }

    private init(_ figures: [String: EndpointFigures]) {
        endpoints = figures.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    // MARK: The metrics

    private mutating func writeCommands() {
        write("commands_total", .counter, "Commands that are over, failed ones included.") { $0.commands }
        write("command_failures_total", .counter, "Commands that failed, by what went wrong.", "code") {
            $0.commandFailures.labelled
        }
        write("command_duration_seconds", "Time from the call of a command to its end.") { $0.commandDurations }
        write("received_rows_total", .counter, "Rows received.") { $0.rows }
        write("received_bytes_total", .counter, "Bytes of rows received.") { $0.bytesReceived }
        write("sent_bytes_total", .counter, "Bytes of commands sent.") { $0.bytesSent }
    }

    private mutating func writeConnections() {
        write("connections", .gauge, "Connections that stand.") { $0.connections }
        write("connects_total", .counter, "Connections that came about.") { $0.connects }
        write("connect_duration_seconds", "Time from the first look-up to the end of the login.") {
            $0.connectDurations
        }
        write("connect_failures_total", .counter, "Connections that did not come about, by reason.", "code") {
            $0.connectFailures.labelled
        }
        write("connections_lost_total", .counter, "Connections that stood and were lost, by reason.", "code") {
            $0.connectionsLost.labelled
        }
        write("reading_pauses_total", .counter, "Times a connection waited for a slow reader.") { $0.readingPauses }
    }

    private mutating func writePool() {
        write("pool_connections", .gauge, "Connections of the pool, by what they do.", "state") { figures in
            figures.pool.map { [("connecting", $0.connecting), ("idle", $0.idle), ("leased", $0.leased)] } ?? []
        }
        write("pool_waiting", .gauge, "Callers that wait for a connection.") { $0.pool?.waiting }
        write("leases_overdue_total", .counter, "Leases held for longer than the threshold.") { $0.overdueLeases }
        write("leases_misused_total", .counter, "Leases let go of, or given back twice.") { $0.misusedLeases }
    }

    private mutating func writeProtection() {
        write("retries_total", .counter, "Commands and connections tried again.") { $0.retries }
        write("rate_limited_total", .counter, "Commands that waited for their turn in the rate limit.") {
            $0.rateLimited
        }
        head("rate_limit_wait_seconds_total", .counter, "Time that commands waited for their turn in the rate limit.")
        for (name, figures) in endpoints {
            sample("rate_limit_wait_seconds_total", [("endpoint", name)], Self.seconds(figures.rateLimitWait))
        }
        write("breaker_state", .gauge, "1 for the state that the breaker is in.", "state") { figures in
            guard let present = figures.breaker else { return [] }
            return Self.breakerStates.map { ($0.rawValue, $0 == present ? 1 : 0) }
        }
        write("breaker_changes_total", .counter, "Times the breaker went into a state.", "state") { figures in
            Self.breakerStates.compactMap { state in figures.breakerChanges[state].map { (state.rawValue, $0) } }
        }
    }

    private static let breakerStates: [ClientEvent.BreakerState] = [.closed, .halfOpen, .open]

    // MARK: The format

    private mutating func write(_ name: String, _ kind: Kind, _ help: String, _ value: (EndpointFigures) -> Int?) {
        head(name, kind, help)
        for (endpoint, figures) in endpoints {
            if let value = value(figures) { sample(name, [("endpoint", endpoint)], String(value)) }
        }
    }

    private mutating func write(
        _ name: String,
        _ kind: Kind,
        _ help: String,
        _ label: String,
        _ values: (EndpointFigures) -> [(String, Int)]
    ) {
        head(name, kind, help)
        for (endpoint, figures) in endpoints {
            for (value, count) in values(figures) {
                sample(name, [("endpoint", endpoint), (label, value)], String(count))
            }
        }
    }

    private mutating func write(_ name: String, _ help: String, _ histogram: (EndpointFigures) -> LatencyHistogram) {
        head(name, .histogram, help)
        let bounds = LatencyHistogram.bounds.map(Self.seconds) + ["+Inf"]
        for (endpoint, figures) in endpoints {
            let histogram = histogram(figures)
            var below: UInt64 = 0
            for (bound, count) in zip(bounds, histogram.counts) {
                below &+= count
                sample(name + "_bucket", [("endpoint", endpoint), ("le", bound)], String(below))
            }
            sample(name + "_sum", [("endpoint", endpoint)], Self.seconds(histogram.sum))
            sample(name + "_count", [("endpoint", endpoint)], String(histogram.count))
        }
    }

    private mutating func head(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP routeros_client_\(name) \(help)\n# TYPE routeros_client_\(name) \(kind.rawValue)\n"
    }

    private mutating func sample(_ name: String, _ labels: [(String, String)], _ value: String) {
        let labels = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        text += "routeros_client_\(name){\(labels)} \(value)\n"
    }

    /// A label's value; scalars, since a character may hide a quotation mark behind a combining one.
    private static func escaped(_ value: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": escaped.append(contentsOf: "\\\\".unicodeScalars)
            case "\"": escaped.append(contentsOf: "\\\"".unicodeScalars)
            case "\n": escaped.append(contentsOf: "\\n".unicodeScalars)
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    /// Seconds in decimal, to the microsecond, without zeros at the end.
    static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let digits = String(attoseconds / 1_000_000_000_000)
        var fraction = Substring(String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits)
        while fraction.last == "0" { fraction.removeLast() }
        return fraction.isEmpty ? String(seconds) : "\(seconds).\(fraction)"
    }
}

extension [RouterOSError.Code: Int] {
    fileprivate var labelled: [(String, Int)] { map { ($0.key.description, $0.value) }.sorted { $0.0 < $1.0 } }
}
