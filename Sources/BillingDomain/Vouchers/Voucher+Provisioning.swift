extension Voucher {
    /// removed, drifted, failed or removing → pending: the row is to be written.
    ///
    /// Pending stays pending.
    ///
    /// A row that is present stays present while an attribute of it is brought up to date.
    public mutating func requestProvisioning() throws(DomainError) {
        guard desiredPresence != .absent else { throw illegal("provision", "it has ended") }
        guard provisioning != .present else { return }
        move(to: .pending)
    }

    /// pending, present, drifted or failed → present: read back from the router as intended.
    public mutating func markPresent() throws(DomainError) {
        switch provisioning {
        case .pending, .present, .drifted, .failed: move(to: .present)
        case .removing, .removed: throw illegal("mark present", "it is meant to be off the router")
        }
    }

    /// pending, present, drifted or failed → drifted: found changed or missing on the router.
    public mutating func markDrifted(_ detail: String) throws(DomainError) {
        switch provisioning {
        case .pending, .present, .drifted, .failed: move(to: .drifted, detail)
        case .removing, .removed: throw illegal("mark drifted", "it is meant to be off the router")
        }
    }

    /// Anything but removed → removing: the row is to go.
    public mutating func requestRemoval() throws(DomainError) {
        guard provisioning != .removed else { throw illegal("remove", "it is already off the router") }
        move(to: .removing)
    }

    /// removing or failed → removed: known to be absent from the router.
    ///
    /// Removed stays removed.
    public mutating func markRemoved() throws(DomainError) {
        switch provisioning {
        case .removing, .failed, .removed: move(to: .removed)
        case .pending, .present, .drifted: throw illegal("mark removed", "its removal was not asked for")
        }
    }

    /// Anything but removed → failed: the router refused; `detail` says why and holds no secret.
    public mutating func markFailed(_ detail: String) throws(DomainError) {
        guard provisioning != .removed else { throw illegal("mark failed", "it is already off the router") }
        move(to: .failed, detail)
    }

    /// present → pending: the row is there, but what it should say has changed.
    mutating func awaitConfirmation() {
        if provisioning == .present { move(to: .pending) }
    }

    /// Whatever → pending: the row is to be written anew.
    mutating func provisionAgain() { move(to: .pending) }

    private mutating func move(to state: ProvisioningState, _ detail: String? = nil) {
        provisioning = state
        provisioningDetail = detail
    }
}
