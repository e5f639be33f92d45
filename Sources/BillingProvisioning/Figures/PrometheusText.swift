import BillingDomain
import RouterOSClient

/// Writes the figures of a provisioner in the text format of Prometheus.
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/
struct PrometheusText {
    private var text = ""

    static func page(
        of values: ProvisionerFigures.Values,
        silence: [ProvisionerFigures.Loop: Duration]
    ) -> String {
        var page = PrometheusText()
        page.counter("claims_total", "Routers that were claimed, by group.", "group", RouterGroup.allCases) {
            values.claims[$0]
        }
        page.histogram("claim_duration_seconds", "Time to ask for a router, none included.", values.claimDurations)
        page.counter("visits_total", "Visits that are over, by how they ended.", "outcome", Outcome.allCases) {
            values.visits[$0]
        }
        page.single("visits_under_way", "gauge", "Visits that are under way.", values.underWay)
        page.counter("rows_total", "Rows that were asked for and attempted.", "outcome", Rows.allCases) {
            values.rows[$0]
        }
        page.histogram("row_wait_seconds", "Time from when a row was asked for to when it was read back.", values.waits)
        page.single("syncs_total", "counter", "Readings of users and sessions.", values.syncs)
        page.single("statuses_total", "counter", "Looks whether a router answers.", values.statuses)
        page.head("loop_silence_seconds", "gauge", "Time since a loop came round.")
        for loop in ProvisionerFigures.Loop.allCases {
            page.sample("loop_silence_seconds", "{loop=\"\(loop.rawValue)\"}", seconds(silence[loop] ?? .zero))
        }
        return page.text
    }

    private typealias Outcome = ProvisionerFigures.Outcome
    private typealias Rows = ProvisionerFigures.Rows

    private mutating func counter<Key: RawRepresentable<String>>(
        _ name: String,
        _ help: String,
        _ label: String,
        _ keys: [Key],
        _ value: (Key) -> Int?
    ) {
        head(name, "counter", help)
        for key in keys { sample(name, "{\(label)=\"\(key.rawValue)\"}", String(value(key) ?? 0)) }
    }

    private mutating func single(_ name: String, _ kind: String, _ help: String, _ value: Int) {
        head(name, kind, help)
        sample(name, "", String(value))
    }

    private mutating func histogram(_ name: String, _ help: String, _ histogram: LatencyHistogram) {
        head(name, "histogram", help)
        var sum: UInt64 = 0
        for (bound, count) in zip(LatencyHistogram.bounds, histogram.counts) {
            sum &+= count
            sample(name + "_bucket", "{le=\"\(Self.seconds(bound))\"}", String(sum))
        }
        sample(name + "_bucket", "{le=\"+Inf\"}", String(histogram.count))
        sample(name + "_sum", "", Self.seconds(histogram.sum))
        sample(name + "_count", "", String(histogram.count))
    }

    private mutating func head(_ name: String, _ kind: String, _ help: String) {
        text += "# HELP provisioner_\(name) \(help)\n# TYPE provisioner_\(name) \(kind)\n"
    }

    private mutating func sample(_ name: String, _ labels: String, _ value: String) {
        text += "provisioner_\(name)\(labels) \(value)\n"
    }

    /// Seconds as a decimal number, to the millionth.
    private static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let fraction = String(attoseconds / 1_000_000_000_000)
        return "\(seconds)." + String(repeating: "0", count: max(0, 6 - fraction.count)) + fraction
    }
}
