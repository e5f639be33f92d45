import BillingProvisioning
import BillingServices
import HTTPServer
import RouterOSClient
import ServiceProgram
import Synchronization

/// How a daemon is doing: its log, its figures, and whether it is of use.
final class Pulse: Sendable {
    /// What the connections to routers do.
    let metrics = ClientMetrics()
    /// What is done on routers.
    let figures = ProvisionerFigures()
    /// How long a loop may not come round before the daemon counts as hanging.
    private static let longestSilence = Duration.seconds(60)
    /// How long a round of the jobs may take: one may have days to catch up on.
    private static let longestRound = Duration.seconds(900)

    private struct State {
        var faults = 0
        var lastRound = ProvisionerConfiguration.sinceStart()
    }

    private let state = Mutex(State())
    /// One question to the database, however many ask whether it answers.
    private let answer = SharedAnswer<RouterBacklog> { try? await Task.sleep(for: .seconds(2)) }

    /// How much went wrong on this side: routers' troubles are in their status.
    var faults: Int { state.withLock { $0.faults } }

    /// Notes that something went wrong on this side.
    func note(_ fault: any Error) {
        state.withLock { $0.faults += 1 }
        Self.log(LogLine(.warning, "sync", [("error", (fault as? BillingError)?.message ?? "\(fault)")]))
    }

    /// Notes that the loop of the jobs came round.
    func noteRound() {
        let now = ProvisionerConfiguration.sinceStart()
        state.withLock { $0.lastRound = now }
    }

    /// Writes a line of the log.
    @Sendable static func log(_ line: LogLine) { Console.complain(line.description) }

    /// Answers `/healthz`, whether all loops of the process come round; `/readyz`, whether it reaches its records; and
    /// `/metrics`.
    func respond(to request: HTTPRequest, _ billing: Billing) async -> HTTPResponse {
        guard request.method == .get else { return .text(.methodNotAllowed, "GET is all there is.\n") }
        switch request.path {
        case ["healthz"]:
            let hanging = hanging
            guard !hanging.isEmpty else { return .text(.ok, "ok\n") }
            return .text(.serviceUnavailable, "These do not come round: \(hanging.joined(separator: ", ")).\n")
        case ["readyz"]:
            guard await backlog(billing) != nil else {
                return .text(.serviceUnavailable, "The database does not answer.\n")
            }
            return .text(.ok, "ok\n")
        case ["metrics"]:
            let queue = await backlog(billing).map(Self.text) ?? ""
            var response = HTTPResponse.text(
                .ok,
                metrics.prometheusText + figures.prometheusText + queue + own(isReady: !queue.isEmpty)
            )
            response.headers["Content-Type"] = ClientMetrics.prometheusContentType
            return response
        default:
            return .text(.notFound, "There are /metrics, /healthz and /readyz.\n")
        }
    }

    private var hanging: [String] {
        let silent = figures.silence.filter { $0.value > Self.longestSilence }.map(\.key.rawValue).sorted()
        let sinceRound = ProvisionerConfiguration.sinceStart() - state.withLock { $0.lastRound }
        return silent + (sinceRound > Self.longestRound ? ["jobs"] : [])
    }

    /// What waits for routers; nil when the database does not say so within two seconds.
    private func backlog(_ billing: Billing) async -> RouterBacklog? {
        await answer.value { try? await billing.provisioning.backlog() }
    }

    // MARK: Figures

    private func own(isReady: Bool) -> String {
        Self.metric("faults_total", "counter", "What went wrong on the side of the daemon.", faults)
            + Self.metric("ready", "gauge", "1 while the database answers.", isReady ? 1 : 0)
    }

    private static func text(_ backlog: RouterBacklog) -> String {
        metric("rows_waiting", "gauge", "Rows that wait for routers, of all tenants.", backlog.waiting)
            + metric("rows_parked", "gauge", "Rows that were put aside, of all tenants.", backlog.parked)
            + metric("routers_away", "gauge", "Routers that do not answer as they should.", backlog.routersAway)
            + metric("routers_claimed", "gauge", "Routers that some daemon visits now.", backlog.routersClaimed)
    }

    private static func metric(_ name: String, _ kind: String, _ help: String, _ value: Int) -> String {
        """
        # HELP sync_daemon_\(name) \(help)
        # TYPE sync_daemon_\(name) \(kind)
        sync_daemon_\(name) \(value)

        """
    }
}
