import BillingServices
import HTTPServer

/// `GET /healthz`: whether the server answers and reaches its database, for a supervisor or a load balancer.
enum HealthCheck {
    static let routes: [Route] = [
        .open(.get, "/healthz") { panel, _, _ in
            do {
                _ = try await panel.billing.tenants()
                return .text(.ok, "ok\n")
            } catch {
                return .text(.serviceUnavailable, "The database does not answer.\n")
            }
        }
    ]
}
