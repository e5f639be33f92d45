import Foundation
package import RouterOSClient
import RouterOSProtocol

/// Writes a line of the log for everything that is asked of a router: which one, what, and how it ended.
///
/// For looking for trouble: a busy router is asked something many times a second. No line holds a value, a query or a
/// password.
package struct CallLog: ClientObserver {
    /// The option that switches it on.
    package static let flag = "--debug"
    /// The variable of the environment that switches it on, with anything but `0`, `false`, `no` or `off`.
    package static let variable = "MIKROTIK_DEBUG"

    private let log: @Sendable (LogLine) -> Void

    /// Writes to `log`.
    package init(log: @escaping @Sendable (LogLine) -> Void) { self.log = log }

    /// Whether a command line or the environment asks for it.
    package static func isWanted(
        _ options: Options,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> Bool {
        if options.has(flag) { return true }
        guard let value = environment[variable]?.lowercased() else { return false }
        return !["", "0", "false", "no", "off"].contains(value)
    }

    /// Writes a line, if it is of a connection or of something asked for.
    package func observe(_ event: ClientEvent) {
        switch event {
        case .connected(let endpoint, let duration, _):
            write(endpoint, "connect", nil, duration)
        case .connectFailed(let endpoint, let duration, let error):
            write(endpoint, "connect", error.code, duration)
        case .disconnected(let endpoint, let error):
            write(endpoint, "disconnect", error?.code, nil)
        case .commandFinished(let record):
            write(record.endpoint, record.path, record.failure, record.duration, [("rows", "\(record.rows)")])
        default:
            break
        }
    }

    private func write(
        _ router: String,
        _ operation: String,
        _ failure: RouterOSError.Code?,
        _ duration: Duration?,
        _ more: [(String, String)] = []
    ) {
        let milliseconds = duration.map { "\(Int64($0 / .milliseconds(1)))" }
        log(
            LogLine(
                .debug,
                "call",
                [("router", router), ("operation", operation), ("result", failure.map { "\($0)" } ?? "done")] + more
                    + (milliseconds.map { [("ms", $0)] } ?? [])
            )
        )
    }
}
