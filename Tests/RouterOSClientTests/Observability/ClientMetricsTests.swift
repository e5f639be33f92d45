import RouterOSClient
import RouterOSProtocol
import Testing

@Suite("Metrics of the client")
struct ClientMetricsTests {
    private static let router = "10.0.0.7:8728"

    private static func finished(
        _ endpoint: String = router,
        after duration: Duration = .milliseconds(3),
        rows: Int = 0,
        bytes: Int = 0,
        sent: Int = 0,
        failure: RouterOSError.Code? = nil
    ) -> ClientEvent {
        .commandFinished(
            .init(
                endpoint: endpoint,
                path: "/ip/hotspot/user/print",
                duration: duration,
                rows: rows,
                bytesSent: sent,
                bytesReceived: bytes,
                failure: failure
            )
        )
    }

    /// One event of each kind.
    static let events: [ClientEvent] = [
        .connected(endpoint: router, after: .milliseconds(20), tls: "TLSv1.3"),
        .connected(endpoint: router, after: .milliseconds(20), tls: nil),
        .connectFailed(endpoint: router, after: .seconds(1), error: RouterOSError(.connectionRefused, "no")),
        .disconnected(endpoint: router, error: RouterOSError(.connectionClosed, "lost")),
        finished(rows: 2, bytes: 120, sent: 40), finished(after: .seconds(2), sent: 2, failure: .duplicate),
        .readingPaused(endpoint: router, isPaused: true), .readingPaused(endpoint: router, isPaused: false),
        .poolChanged(endpoint: router, .init(leased: 3, idle: 2, connecting: 1, waiting: 7)),
        .leaseOverdue(endpoint: router, held: .seconds(60), site: "Sync.swift:7"),
        .leaseMisused(endpoint: router, site: "Sync.swift:7"), .leaseMisused(endpoint: router, site: nil),
        .retrying(endpoint: router, path: "/x", attempt: 1, after: .seconds(1), error: RouterOSError(.trap, "no")),
        .rateLimited(endpoint: router, path: "/x", wait: .milliseconds(1_500)),
        .breakerChanged(endpoint: router, .open), .breakerChanged(endpoint: router, .halfOpen),
    ]

    private func metrics(_ events: [ClientEvent], maximumEndpoints: Int = 1_024) -> ClientMetrics {
        let metrics = ClientMetrics(maximumEndpoints: maximumEndpoints)
        for event in events { metrics.observe(event) }
        return metrics
    }

    @Test("count every kind of event")
    func counting() throws {
        let figures = try #require(metrics(Self.events).figures[Self.router])
        #expect(figures.commands == 2 && figures.commandFailures == [.duplicate: 1])
        #expect(figures.rows == 2 && figures.bytesReceived == 120 && figures.bytesSent == 42)
        #expect(figures.commandDurations.sum == .milliseconds(2_003))
        #expect(figures.connects == 2 && figures.connections == 1 && figures.connectDurations.count == 2)
        #expect(figures.connectFailures == [.connectionRefused: 1] && figures.connectionsLost == [.connectionClosed: 1])
        #expect(figures.readingPauses == 1 && figures.overdueLeases == 1 && figures.retries == 1)
        #expect(figures.misusedLeases == 2)
        #expect(figures.pool == .init(leased: 3, idle: 2, connecting: 1, waiting: 7))
        #expect(figures.rateLimited == 1 && figures.rateLimitWait == .milliseconds(1_500))
        #expect(figures.breaker == .halfOpen && figures.breakerChanges == [.open: 1, .halfOpen: 1])
    }

    @Test("are a page that Prometheus reads")
    func page() throws {
        let page = try PrometheusPageReader(metrics(Self.events).prometheusText)
        func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
            page.value(name, labels.merging(["endpoint": Self.router]) { $1 })
        }
        #expect(value("commands_total") == 2 && value("command_failures_total", ["code": "duplicate"]) == 1)
        #expect(value("command_duration_seconds_bucket", ["le": "0.0025"]) == 0)
        #expect(value("command_duration_seconds_bucket", ["le": "0.005"]) == 1)
        #expect(value("command_duration_seconds_bucket", ["le": "+Inf"]) == 2)
        #expect(value("command_duration_seconds_count") == 2 && value("command_duration_seconds_sum") == 2.003)
        #expect(value("received_rows_total") == 2 && value("received_bytes_total") == 120)
        #expect(value("sent_bytes_total") == 42 && value("leases_misused_total") == 2)
        #expect(value("connections") == 1 && value("connects_total") == 2)
        #expect(value("connect_failures_total", ["code": "connectionRefused"]) == 1)
        #expect(value("connections_lost_total", ["code": "connectionClosed"]) == 1)
        #expect(value("pool_connections", ["state": "leased"]) == 3 && value("pool_waiting") == 7)
        #expect(value("rate_limit_wait_seconds_total") == 1.5)
        #expect(value("breaker_state", ["state": "halfOpen"]) == 1 && value("breaker_state", ["state": "open"]) == 0)
        #expect(value("breaker_changes_total", ["state": "open"]) == 1)
        #expect(page.types["routeros_client_commands_total"] == "counter")
        #expect(page.types["routeros_client_connections"] == "gauge")
        #expect(page.types["routeros_client_command_duration_seconds"] == "histogram")
        #expect(page.types.filter { $0.value == "counter" }.allSatisfy { $0.key.hasSuffix("_total") })
    }

    @Test("keep label values whole", arguments: ["a\"b", "a\\b", "a\nb", "\"\u{301}x", "x=\"y\",z", "ü漢🙂"])
    func escaping(endpoint: String) throws {
        let page = try PrometheusPageReader(metrics([Self.finished(endpoint)]).prometheusText)
        #expect(page.value("commands_total", ["endpoint": endpoint]) == 1)
    }

    @Test("tell a bounded number of routers apart, and lose no event of the others")
    func bound() throws {
        let events = (0..<100).map { Self.finished("r\($0)") }
        let pool = ClientEvent.poolChanged(endpoint: "r99", .init(leased: 1, idle: 0, connecting: 0, waiting: 0))
        let metrics = metrics(events + events + [pool], maximumEndpoints: 10)
        let figures = metrics.figures
        #expect(figures.count == 11 && figures["other"]?.commands == 180 && figures["r9"]?.commands == 2)
        #expect(figures["other"]?.pool == nil)
        metrics.forget("r0")
        metrics.observe(Self.finished("r50"))
        #expect(metrics.figures["r50"]?.commands == 1 && metrics.figures["r0"] == nil)
        #expect(metrics.figures.count == 11)
    }

    @Test("take numbers that no honest event has")
    func extremes() throws {
        let events = [
            Self.finished(after: .seconds(-1), rows: -5, bytes: .max, sent: .min),
            Self.finished(after: .zero, rows: .max, bytes: 9, sent: .max),
            Self.finished(after: .seconds(Int64.max), rows: 1), .disconnected(endpoint: Self.router, error: nil),
            .rateLimited(endpoint: Self.router, path: "/x", wait: .seconds(Int64.max)),
            .rateLimited(endpoint: Self.router, path: "/x", wait: .seconds(-9)),
        ]
        let metrics = metrics(events + events)
        let figures = try #require(metrics.figures[Self.router])
        #expect(figures.rows == .max && figures.bytesReceived == .max && figures.connections == 0)
        #expect(figures.bytesSent == .max)
        _ = try PrometheusPageReader(metrics.prometheusText)
    }

    @Test("without events are a page of names")
    func empty() throws {
        let page = try PrometheusPageReader(ClientMetrics().prometheusText)
        #expect(page.samples.isEmpty && page.types.count == 21)
    }

    @Test("count events of many threads")
    func concurrent() async {
        let metrics = ClientMetrics()
        await withDiscardingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask { for _ in 0..<1_000 { metrics.observe(Self.finished()) } }
            }
        }
        #expect(metrics.figures[Self.router]?.commands == 8_000)
    }

    @Test("are one of several observers")
    func group() {
        let (first, second) = (ClientMetrics(), ClientMetrics())
        ObserverGroup(first, second).observe(Self.finished())
        #expect(first.figures == second.figures && first.figures.count == 1)
    }
}
