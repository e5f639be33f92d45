import BillingDomain
import RouterOSClient
import Synchronization

/// Counts what a provisioner does, for a page that Prometheus reads or for a look from the program itself.
///
/// ```swift
/// let figures = ProvisionerFigures()
/// let provisioner = Provisioner(billing: billing, configuration: ProvisionerConfiguration(figures: figures))
/// …
/// respond(figures.prometheusText, contentType: ClientMetrics.prometheusContentType)
/// ```
///
/// One of these may be given to any number of provisioners of a process. Its memory is bounded and small. Safe to use from
/// any thread; an event costs a lock and a few additions.
public final class ProvisionerFigures: Sendable {
    private let counted: Mutex<Values>
    private let elapsed: @Sendable () -> Duration

    /// Makes a table of zeros; every loop counts as having come round just now.
    ///
    /// - Parameter elapsed: the clock that silence is measured with; the one of the provisioner's configuration.
    public init(elapsed: @escaping @Sendable () -> Duration = { ProvisionerConfiguration.sinceStart() }) {
        self.elapsed = elapsed
        counted = Mutex(Values(begun: elapsed()))
    }

    /// Everything that was counted so far.
    public var values: Values { counted.withLock { $0 } }

    /// For how long each loop of ``Provisioner/run()`` has not come round.
    ///
    /// One that is well comes round at least every second, or as often as the configuration says, also while the store is
    /// away. One that is silent for a minute hangs, and the process is best started anew.
    public var silence: [Loop: Duration] {
        let now = elapsed()
        return values.lastPasses.mapValues { max(.zero, now - $0) }
    }

    /// All figures in the text format of Prometheus, version 0.0.4.
    public var prometheusText: String { PrometheusText.page(of: values, silence: silence) }

    // MARK: What happens

    func claimed(_ group: RouterGroup?, in duration: Duration) {
        counted.withLock { values in
            values.claimDurations.record(duration)
            if let group { values.claims[group, default: 0].saturate() }
        }
    }

    func began() { counted.withLock { $0.underWay.saturate() } }

    func ended(_ outcome: Outcome) {
        counted.withLock { values in
            values.underWay = max(0, values.underWay - 1)
            values.visits[outcome, default: 0].saturate()
        }
    }

    func settled(_ rows: Rows, waited: Duration?) {
        counted.withLock { values in
            values.rows[rows, default: 0].saturate()
            if let waited { values.waits.record(waited) }
        }
    }

    func synced() { counted.withLock { $0.syncs.saturate() } }

    func lookedAt() { counted.withLock { $0.statuses.saturate() } }

    func cameRound(_ loop: Loop) {
        let now = elapsed()
        counted.withLock { $0.lastPasses[loop] = now }
    }
}

extension Int {
    /// Adds one, and stops at the largest number.
    fileprivate mutating func saturate() { self = addingReportingOverflow(1).overflow ? .max : self + 1 }
}
