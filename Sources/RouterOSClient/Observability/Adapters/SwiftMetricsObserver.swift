#if SwiftMetrics
public import Metrics
import RouterOSProtocol
import Synchronization

/// Reports what clients do to swift-metrics; exists with the package trait `SwiftMetrics`.
///
/// Labels begin with `routeros.client.`, the dimensions are `endpoint` and, where there is one, `code` or `state`. Times are
/// timers. The metrics of a router are made once and kept, for a bounded number of routers; those that come later are
/// reported together as `other`.
public final class SwiftMetricsObserver: ClientObserver {
    private let factory: any MetricsFactory
    private let instruments: Mutex<BoundedEndpoints<Instruments>>

    /// Makes an observer.
    ///
    /// - Parameters:
    ///   - factory: where metrics are made; the one the program was bootstrapped with, unless given.
    ///   - maximumEndpoints: how many routers are told apart.
    public init(factory: any MetricsFactory = MetricsSystem.factory, maximumEndpoints: Int = 1_024) {
        self.factory = factory
        instruments = Mutex(BoundedEndpoints(limit: maximumEndpoints))
    }

    /// Reports an event.
    public func observe(_ event: ClientEvent) {
        // Instruments are told outside the lock: what a backend does with a value is its own affair.
        let reports = instruments.withLock { endpoints -> [Report] in
            let name = endpoints.name(of: event.endpoint)
            // The state of one router says nothing about the many that are reported together.
            guard name != BoundedEndpoints<Instruments>.others || !event.isState else { return [] }
            return endpoints.change(event.endpoint, initial: Instruments(name, factory)) { $0.reports(of: event) }
        }
        for report in reports { report.make() }
    }
}

/// A value for an instrument.
private enum Report {
    case count(Counter, Int)
    case set(Meter, Int)
    case time(Metrics.Timer, Duration)

    func make() {
        switch self {
        case .count(let counter, let amount): counter.increment(by: max(0, amount))
        case .set(let meter, let value): meter.set(value)
        case .time(let timer, let duration):
            let (seconds, attoseconds) = max(duration, .zero).components
            let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
            timer.recordNanoseconds(overflow ? .max : whole.addingClamped(attoseconds / 1_000_000_000))
        }
    }
}

extension Int64 {
    fileprivate func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}

/// The instruments of one router, made when there is something to report.
private struct Instruments {
    private let endpoint: String
    private let factory: any MetricsFactory
    private var counters: [String: Counter] = [:]
    private var meters: [String: Meter] = [:]
    private var timers: [String: Metrics.Timer] = [:]
    private var connections = 0

    init(_ endpoint: String, _ factory: any MetricsFactory) {
        self.endpoint = endpoint
        self.factory = factory
    }

    mutating func reports(of event: ClientEvent) -> [Report] {
        switch event {
        case .connected(_, let duration, _):
            connections = connections == .max ? connections : connections + 1
            return [
                count("connects"), .time(timer("connect.duration"), duration),
                present("connections", connections),
            ]
        case .connectFailed(_, _, let error):
            return [count("connect.failures", code: error.code)]
        case .disconnected(_, let error):
            connections = max(0, connections - 1)
            let lost = error.map { [count("connections.lost", code: $0.code)] } ?? []
            return lost + [present("connections", connections)]
        case .commandFinished(let record):
            let failed = record.failure.map { [count("command.failures", code: $0)] } ?? []
            return failed + [
                count("commands"), .time(timer("command.duration"), record.duration),
                count("received.rows", record.rows), count("received.bytes", record.bytesReceived),
                count("sent.bytes", record.bytesSent),
            ]
        case .readingPaused(_, let isPaused):
            return isPaused ? [count("reading.pauses")] : []
        case .poolChanged(_, let figures):
            return [
                present("pool.connections", figures.leased, state: "leased"),
                present("pool.connections", figures.idle, state: "idle"),
                present("pool.connections", figures.connecting, state: "connecting"),
                present("pool.waiting", figures.waiting),
            ]
        case .leaseOverdue: return [count("leases.overdue")]
        case .leaseMisused: return [count("leases.misused")]
        case .retrying: return [count("retries")]
        case .rateLimited(_, _, let wait): return [.time(timer("rate_limit.wait"), wait)]
        case .breakerChanged(_, let state): return [count("breaker.changes", 1, ("state", state.rawValue))]
        }
    }

    private mutating func count(
        _ name: String,
        _ amount: Int = 1,
        _ dimension: (String, String)? = nil
    ) -> Report {
        let key = name + "|" + (dimension?.1 ?? "")
        let counter = counters[key] ?? Counter(label: label(name), dimensions: with(dimension), factory: factory)
        counters[key] = counter
        return .count(counter, amount)
    }

    private mutating func count(_ name: String, code: RouterOSError.Code) -> Report {
        count(name, 1, ("code", code.description))
    }

    private mutating func present(_ name: String, _ value: Int, state: String? = nil) -> Report {
        let key = name + "|" + (state ?? "")
        let meter =
            meters[key]
            ?? Meter(label: label(name), dimensions: with(state.map { ("state", $0) }), factory: factory)
        meters[key] = meter
        return .set(meter, value)
    }

    private mutating func timer(_ name: String) -> Metrics.Timer {
        let timer =
            timers[name]
            ?? Metrics.Timer(
                label: label(name),
                dimensions: with(nil),
                preferredDisplayUnit: .seconds,
                factory: factory
            )
        timers[name] = timer
        return timer
    }

    private func label(_ name: String) -> String { "routeros.client." + name }

    private func with(_ dimension: (String, String)?) -> [(String, String)] {
        [("endpoint", endpoint)] + (dimension.map { [$0] } ?? [])
    }
}
#endif
