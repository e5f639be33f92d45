import Synchronization

/// Counts what clients do, for a page that Prometheus reads or for a look from the program itself.
///
/// ```swift
/// let metrics = ClientMetrics()
/// let configuration = ConnectionConfiguration(observer: metrics)
/// …
/// respond(metrics.prometheusText, contentType: ClientMetrics.prometheusContentType)
/// ```
///
/// One of these may observe any number of clients. Its memory is bounded by the number of routers it tells apart. Safe to use
/// from any thread; an event costs a lock and a few additions.
public final class ClientMetrics: ClientObserver {
    /// The media type of ``prometheusText``.
    public static let prometheusContentType = "text/plain; version=0.0.4; charset=utf-8"

    private let endpoints: Mutex<BoundedEndpoints<EndpointFigures>>

    /// Makes a table of zeros.
    ///
    /// - Parameter maximumEndpoints: how many routers are told apart; the ones that come later are counted together as
    ///   `other`. 1 024 by default; each is about 5 KB of ``prometheusText``.
    public init(maximumEndpoints: Int = 1_024) {
        endpoints = Mutex(BoundedEndpoints(limit: maximumEndpoints))
    }

    /// Counts an event.
    public func observe(_ event: ClientEvent) {
        endpoints.withLock { endpoints in
            let isShared = endpoints.name(of: event.endpoint) == BoundedEndpoints<EndpointFigures>.others
            // The state of one router says nothing about the many that are counted together.
            guard !isShared || !event.isState else { return }
            endpoints.change(event.endpoint, initial: EndpointFigures()) { $0.record(event) }
        }
    }

    /// The figures of each router at present, by `host:port`; `other` has what came when there was no room.
    public var figures: [String: EndpointFigures] { endpoints.withLock { $0.values } }

    /// Forgets a router that is no longer looked after, `host:port`, and makes room for another one.
    public func forget(_ endpoint: String) {
        endpoints.withLock { $0.remove(endpoint) }
    }

    /// All figures in the text format of Prometheus, version 0.0.4; routers in the order of their names.
    public var prometheusText: String { PrometheusPage.text(of: figures) }
}
