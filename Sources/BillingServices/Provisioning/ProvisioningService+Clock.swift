import BillingDomain
import BillingPersistence

extension ProvisioningService {
    /// Tells everybody's staff that the clock of our own machine was set while nobody expected it; once a day.
    ///
    /// - Parameter step: By how much it was set, negative when it was set back.
    /// - Throws: ``BillingError``.
    public func recordClockStep(_ step: Duration) async throws {
        let tenants = try await context.read(.system) { try $0.tenants() }.filter { $0.state == .active }
        for tenant in tenants {
            try await context.change(tenant.id, by: Self.actor) { change in
                // By the clock that is in doubt: several processes on one machine see the same.
                let day = change.now.secondsSince1970 / 86_400
                _ = try change.alert(
                    .machineClock,
                    about: nil,
                    occurrence: "\(tenant.id):\(day)",
                    ["seconds": "\(step.components.seconds)"]
                )
            }
        }
    }
}
