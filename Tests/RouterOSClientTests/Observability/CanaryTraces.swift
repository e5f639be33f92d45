import RouterOSClient
import TestSupport

#if SwiftLog
import Logging
#endif
#if SwiftMetrics
import Metrics
import MetricsTestKit
#endif

/// Everything that observers of each kind make of what happens, to be searched for what should not be there.
struct CanaryTraces {
    static let canary = "canary-7Q"

    let recorder = EventRecorder()
    private let metrics = ClientMetrics()
    private let log = LogLines()
    #if SwiftMetrics
    private let backend = TestMetrics()
    #endif

    /// Who is to be told.
    var observer: any ClientObserver {
        #if SwiftLog
        let log = SwiftLogObserver(log.logger)
        #else
        let log = ObserverGroup()
        #endif
        #if SwiftMetrics
        let backend = SwiftMetricsObserver(factory: backend)
        #else
        let backend = ObserverGroup()
        #endif
        return ObserverGroup(recorder, metrics, log, backend)
    }

    /// What they have made of it.
    var all: [String] {
        var traces = recorder.events.map(trace)
        traces += [metrics.prometheusText, trace(metrics), trace(metrics.figures)] + log.lines
        #if SwiftMetrics
        traces += backend.counters.map { "\($0.label) \($0.dimensions)" }
        traces += backend.meters.map { "\($0.label) \($0.dimensions)" }
        traces += backend.timers.map { "\($0.label) \($0.dimensions)" }
        #endif
        return traces
    }

    /// Whether every observer has heard of something.
    var areComplete: Bool {
        var areComplete = !recorder.events.isEmpty && !metrics.figures.isEmpty
        #if SwiftLog
        areComplete = areComplete && !log.lines.isEmpty
        #endif
        #if SwiftMetrics
        areComplete = areComplete && !(backend.counters.isEmpty && backend.meters.isEmpty)
        #endif
        return areComplete
    }
}
