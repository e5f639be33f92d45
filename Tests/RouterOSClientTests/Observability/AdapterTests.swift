#if SwiftLog
import Logging
import RouterOSClient
import RouterOSProtocol
import Testing

@Suite("The adapter for swift-log")
struct SwiftLogObserverTests {
    @Test("writes one line for each event, with its numbers as metadata")
    func lines() {
        let log = LogLines()
        let observer = SwiftLogObserver(log.logger)
        for event in ClientMetricsTests.events { observer.observe(event) }
        #expect(
            log.lines == [
                "debug connected routeros.endpoint=10.0.0.7:8728 routeros.seconds=0.02 routeros.tls=TLSv1.3",
                "debug connected routeros.endpoint=10.0.0.7:8728 routeros.seconds=0.02",
                "info could not connect: no routeros.endpoint=10.0.0.7:8728 routeros.error=connectionRefused "
                    + "routeros.seconds=1",
                "info connection lost: lost routeros.endpoint=10.0.0.7:8728 routeros.error=connectionClosed",
                "trace command finished routeros.bytes=120 routeros.endpoint=10.0.0.7:8728 "
                    + "routeros.path=/ip/hotspot/user/print routeros.rows=2 routeros.seconds=0.003 routeros.sent=40",
                "debug command failed routeros.bytes=0 routeros.endpoint=10.0.0.7:8728 routeros.error=duplicate "
                    + "routeros.path=/ip/hotspot/user/print routeros.rows=0 routeros.seconds=2 routeros.sent=2",
                "debug reading paused: its reader does not keep up routeros.endpoint=10.0.0.7:8728",
                "debug reading goes on routeros.endpoint=10.0.0.7:8728",
                "trace pool changed routeros.endpoint=10.0.0.7:8728 routeros.pool.connecting=1 routeros.pool.idle=2 "
                    + "routeros.pool.leased=3 routeros.pool.waiting=7",
                "warning a connection is held for too long routeros.endpoint=10.0.0.7:8728 routeros.seconds=60 "
                    + "routeros.site=Sync.swift:7",
                "warning a connection was let go of without being given back routeros.endpoint=10.0.0.7:8728 "
                    + "routeros.site=Sync.swift:7",
                "warning a connection was given back twice routeros.endpoint=10.0.0.7:8728",
                "info trying again: no routeros.attempt=1 routeros.endpoint=10.0.0.7:8728 routeros.error=trap "
                    + "routeros.path=/x routeros.seconds=1",
                "debug waiting for the rate limit routeros.endpoint=10.0.0.7:8728 routeros.path=/x "
                    + "routeros.seconds=1.5",
                "warning breaker changed routeros.breaker=open routeros.endpoint=10.0.0.7:8728",
                "info breaker changed routeros.breaker=halfOpen routeros.endpoint=10.0.0.7:8728",
            ]
        )
    }

    @Test("writes nothing below the level of its logger")
    func level() {
        let log = LogLines()
        var logger = log.logger
        logger.logLevel = .warning
        let observer = SwiftLogObserver(logger)
        for event in ClientMetricsTests.events { observer.observe(event) }
        #expect(
            log.lines.map { $0.prefix { $0 != " " } } == ["warning", "warning", "warning", "warning"]
                && log.lines.last?.contains("routeros.breaker=open") == true
        )
    }
}
#endif

#if SwiftMetrics
import Metrics
import MetricsTestKit
import RouterOSClient
import RouterOSProtocol
import Testing

@Suite("The adapter for swift-metrics")
struct SwiftMetricsObserverTests {
    private static let router = ("endpoint", "10.0.0.7:8728")

    @Test("reports every kind of event under its label and dimensions")
    func reports() throws {
        let backend = TestMetrics()
        let observer = SwiftMetricsObserver(factory: backend)
        for event in ClientMetricsTests.events { observer.observe(event) }
        func count(_ name: String, _ dimensions: (String, String)...) throws -> Int64 {
            try backend.expectCounter("routeros.client." + name, [Self.router] + dimensions).totalValue
        }
        func present(_ name: String, _ dimensions: (String, String)...) throws -> Double? {
            try backend.expectMeter("routeros.client." + name, [Self.router] + dimensions).lastValue
        }
        #expect(try count("commands") == 2)
        #expect(try count("command.failures", ("code", "duplicate")) == 1)
        #expect(try count("received.rows") == 2)
        #expect(try count("received.bytes") == 120)
        #expect(try count("sent.bytes") == 42)
        #expect(try count("connects") == 2)
        #expect(try count("connect.failures", ("code", "connectionRefused")) == 1)
        #expect(try count("connections.lost", ("code", "connectionClosed")) == 1)
        #expect(try count("reading.pauses") == 1)
        #expect(try count("leases.overdue") == 1)
        #expect(try count("leases.misused") == 2)
        #expect(try count("retries") == 1)
        #expect(try count("breaker.changes", ("state", "open")) == 1)
        #expect(try present("connections") == 1)
        #expect(try present("pool.connections", ("state", "leased")) == 3)
        #expect(try present("pool.waiting") == 7)
        let durations = try backend.expectTimer("routeros.client.command.duration", [Self.router])
        #expect(durations.values == [3_000_000, 2_000_000_000])
        let waits = try backend.expectTimer("routeros.client.rate_limit.wait", [Self.router])
        #expect(waits.values == [1_500_000_000])
    }

    @Test("tells a bounded number of routers apart, and loses no event of the others")
    func bound() throws {
        let backend = TestMetrics()
        let observer = SwiftMetricsObserver(factory: backend, maximumEndpoints: 2)
        for router in ["a", "b", "c", "d", "a"] {
            observer.observe(.readingPaused(endpoint: router, isPaused: true))
        }
        let dimensions = backend.counters.flatMap(\.dimensions).map(\.1).sorted()
        #expect(dimensions == ["a", "b", "other"])
        #expect(
            try backend.expectCounter("routeros.client.reading.pauses", [("endpoint", "other")]).totalValue == 2
        )
    }
}
#endif
