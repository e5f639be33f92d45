import BillingServices
import HTTPServer
import RouterOSClient
import ServiceProgram
import Synchronization

/// How a daemon is doing: its log, its figures, and whether it is of use.
final class Pulse: Sendable {
    /// What the connections to routers do.
    let metrics = ClientMetrics()
    private let count = Mutex(0)

    /// How much went wrong on this side: routers' troubles are in their status.
    var faults: Int { count.withLock { $0 } }

    /// Notes that something went wrong on this side.
    func note(_ fault: any Error) {
        count.withLock { $0 += 1 }
        Self.log(LogLine(.warning, "sync", [("error", (fault as? BillingError)?.message ?? "\(fault)")]))
    }

    /// Writes a line of the log.
    @Sendable static func log(_ line: LogLine) { Console.complain(line.description) }

    /// Answers `/healthz`, whether the process lives; `/readyz`, whether it reaches its records; and `/metrics`.
    func respond(to request: HTTPRequest, _ billing: Billing) async -> HTTPResponse {
        guard request.method == .get else { return .text(.methodNotAllowed, "GET is all there is.\n") }
        switch request.path {
        case ["healthz"]:
            return .text(.ok, "ok\n")
        case ["readyz"]:
            do {
                _ = try await billing.tenants()
                return .text(.ok, "ok\n")
            } catch {
                return .text(.serviceUnavailable, "The database does not answer.\n")
            }
        case ["metrics"]:
            let faults = """
                # HELP sync_daemon_faults_total What went wrong on the side of the daemon.
                # TYPE sync_daemon_faults_total counter
                sync_daemon_faults_total \(faults)

                """
            var response = HTTPResponse.text(.ok, metrics.prometheusText + faults)
            response.headers["Content-Type"] = ClientMetrics.prometheusContentType
            return response
        default:
            return .text(.notFound, "There are /metrics, /healthz and /readyz.\n")
        }
    }
}
