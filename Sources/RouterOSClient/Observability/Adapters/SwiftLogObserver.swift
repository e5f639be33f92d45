#if SwiftLog
public import Logging
import RouterOSProtocol

/// Writes what clients do to a swift-log logger; exists with the package trait `SwiftLog`.
///
/// What happens all the time is `trace` or `debug`, and so is what the caller hears of by an error anyway; `warning` is for
/// what nobody would know otherwise. Numbers and names are metadata, with keys that begin with `routeros.`; no message holds
/// a secret.
public struct SwiftLogObserver: ClientObserver {
    private let logger: Logger

    /// Makes an observer that writes to `logger`, at the level that the logger has.
    public init(_ logger: Logger) { self.logger = logger }

    /// Writes a message.
    public func observe(_ event: ClientEvent) {
        let level = Self.level(of: event)
        guard logger.logLevel <= level else { return }
        let (message, metadata) = Self.message(of: event)
        logger.log(
            level: level,
            "\(message)",
            metadata: metadata.merging(["routeros.endpoint": "\(event.endpoint)"]) { first, _ in first }
        )
    }

    /// How urgent an event is.
    public static func level(of event: ClientEvent) -> Logger.Level {
        switch event {
        case .poolChanged: .trace
        case .commandFinished(let record): record.failure == nil ? .trace : .debug
        case .connected, .disconnected(_, nil), .readingPaused, .rateLimited: .debug
        case .connectFailed, .disconnected, .retrying: .info
        case .leaseOverdue, .leaseMisused: .warning
        case .breakerChanged(_, let state): state == .open ? .warning : .info
        }
    }

    private static func message(of event: ClientEvent) -> (String, Logger.Metadata) {
        switch event {
        case .connected(_, let duration, let tls):
            return ("connected", time(duration).merging(tls.map { ["routeros.tls": "\($0)"] } ?? [:]) { $1 })
        case .connectFailed(_, let duration, let error):
            return ("could not connect: \(error.message)", time(duration).merging(code(error.code)) { $1 })
        case .disconnected(_, nil):
            return ("disconnected", [:])
        case .disconnected(_, let error?):
            return ("connection lost: \(error.message)", code(error.code))
        case .commandFinished(let record):
            return (record.failure == nil ? "command finished" : "command failed", metadata(of: record))
        case .readingPaused(_, let isPaused):
            return (isPaused ? "reading paused: its reader does not keep up" : "reading goes on", [:])
        case .poolChanged(_, let figures):
            return ("pool changed", metadata(of: figures))
        case .leaseOverdue(_, let held, let site):
            return ("a connection is held for too long", time(held).merging(["routeros.site": "\(site)"]) { $1 })
        case .leaseMisused(_, let site):
            let what = site == nil ? "given back twice" : "let go of without being given back"
            return ("a connection was \(what)", site.map { ["routeros.site": "\($0)"] } ?? [:])
        case .retrying(_, let path, let attempt, let delay, let error):
            return (
                "trying again: \(error.message)",
                time(delay).merging(["routeros.path": "\(path)", "routeros.attempt": "\(attempt)"]) { $1 }
                    .merging(code(error.code)) { $1 }
            )
        case .rateLimited(_, let path, let wait):
            return ("waiting for the rate limit", time(wait).merging(["routeros.path": "\(path)"]) { $1 })
        case .breakerChanged(_, let state):
            return ("breaker changed", ["routeros.breaker": "\(state.rawValue)"])
        }
    }

    private static func metadata(of record: ClientEvent.CommandRecord) -> Logger.Metadata {
        time(record.duration).merging(record.failure.map(code) ?? [:]) { $1 }.merging([
            "routeros.path": "\(record.path)", "routeros.rows": "\(record.rows)",
            "routeros.bytes": "\(record.bytesReceived)", "routeros.sent": "\(record.bytesSent)",
        ]) { $1 }
    }

    private static func metadata(of figures: ClientEvent.PoolFigures) -> Logger.Metadata {
        [
            "routeros.pool.leased": "\(figures.leased)", "routeros.pool.idle": "\(figures.idle)",
            "routeros.pool.connecting": "\(figures.connecting)", "routeros.pool.waiting": "\(figures.waiting)",
        ]
    }

    private static func time(_ duration: Duration) -> Logger.Metadata {
        ["routeros.seconds": "\(PrometheusPage.seconds(duration))"]
    }

    private static func code(_ code: RouterOSError.Code) -> Logger.Metadata { ["routeros.error": "\(code)"] }
}
#endif
