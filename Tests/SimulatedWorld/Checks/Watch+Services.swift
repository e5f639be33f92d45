import BillingDomain
import BillingPersistence
import RouterOSTesting
import Synchronization

/// What may become of a customer's account, and what never.
extension Watch {
    func inserted(service row: [StoreValue]) {
        guard let service = try? ServiceAccount(row: row) else {
            return violate(.lawfulMoves, "an account cannot be read")
        }
        state.withLock { state in
            state.services[service.id] = service
            state.serviceOrder.append(service.id)
        }
    }

    func updated(service row: [StoreValue], by process: SimulatedProcess) {
        guard let service = try? ServiceAccount(row: row) else {
            return violate(.lawfulMoves, "an account cannot be read")
        }
        let known = state.withLock { $0.services.updateValue(service, forKey: service.id) }
        guard let before = known else { return violate(.lawfulMoves, "an account was changed that was never made") }
        if process.isDaemon, service.access != before.access {
            violate(.lawfulMoves, "\(service.username) went from \(before.access) to \(service.access)")
        }
        guard service.provisioning != before.provisioning,
            service.provisioning == .present || service.provisioning == .removed,
            let host = hosts[service.router], !hasLostLately(host)
        else { return }
        let row = host.use { $0.values([], ofName: service.username, in: RouterHost.secrets) }
        if service.provisioning == .present, row == nil {
            violate(.presentIsThere, "\(service.username) is called present and is not on its router")
        }
        if service.desiredPresence != .enabled {
            milestones.reach(.suspension)
            if host.isDialled(service.username) {
                violate(.cutOffIsOffLine, "\(service.username) is called cut off and is on line")
            }
        }
    }
}
