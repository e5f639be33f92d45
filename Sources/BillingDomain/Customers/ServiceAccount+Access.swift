extension ServiceAccount {
    /// disabled → enabled: it may log in again.
    public mutating func enable() throws(DomainError) {
        guard access == .disabled else { throw illegal("enable", "only a disabled one can be") }
        access = .enabled
        awaitConfirmation()
    }

    /// enabled → disabled: it may not log in.
    public mutating func disable() throws(DomainError) {
        guard access == .enabled else { throw illegal("disable", "only an enabled one can be") }
        access = .disabled
        awaitConfirmation()
    }

    /// enabled or disabled → deleted: its row is to leave the router.
    public mutating func delete(at instant: Timestamp) throws(DomainError) {
        try refuseIfDeleted("delete")
        access = .deleted
        deletedAt = instant
        if provisioning != .removed { moveProvisioning(to: .removing) }
    }

    /// enabled or disabled stays: another password, sealed.
    public mutating func setPassword(sealed password: [UInt8]) throws(DomainError) {
        try refuseIfDeleted("change the password of")
        sealedPassword = password
        awaitConfirmation()
    }

    /// The same password sealed under another key, in any state: nothing of it is the router's concern.
    public mutating func reseal(_ password: [UInt8]) { sealedPassword = password }

    /// enabled or disabled stays: another profile, and the package it came from.
    public mutating func assign(
        profile: String,
        package: Identifier<Package>? = nil
    ) throws(DomainError) {
        try refuseIfDeleted("assign a profile to")
        try Self.check(profile, field: "routerProfile", atMost: 100)
        routerProfile = profile
        self.package = package ?? self.package
        awaitConfirmation()
    }

    /// enabled or disabled stays: into the profile of those who have not paid, or back into its own if `nil`.
    ///
    /// Its own profile and address are kept meanwhile.
    public mutating func setUnpaidProfile(_ profile: String?) throws(DomainError) {
        try refuseIfDeleted("set the unpaid profile of")
        guard profile != unpaidProfile else { return }
        if let profile { try Self.check(profile, field: "unpaidProfile", atMost: 100) }
        unpaidProfile = profile
        awaitConfirmation()
    }

    /// enabled or disabled stays: it always gets this address, or any if `nil`.
    public mutating func setStaticAddress(_ address: String?) throws(DomainError) {
        try refuseIfDeleted("set the address of")
        if let address { try Self.check(address, field: "staticAddress", atMost: 64) }
        staticAddress = address
        awaitConfirmation()
    }

    /// enabled or disabled stays: it may log in from this MAC address or caller id only, or from any if `nil`.
    public mutating func bind(to callerID: String?) throws(DomainError) {
        try refuseIfDeleted("bind")
        if let callerID { try Self.check(callerID, field: "callerID", atMost: 64) }
        self.callerID = callerID
        awaitConfirmation()
    }

    /// deleted stays: which device it was bound to and which address it had is forgotten.
    public mutating func erase() throws(DomainError) {
        guard access == .deleted else { throw illegal("erase", "delete it first") }
        callerID = nil
        staticAddress = nil
    }

    private func refuseIfDeleted(_ move: String) throws(DomainError) {
        guard access != .deleted else { throw illegal(move, "it is deleted") }
    }
}

extension ServiceAccount {
    /// removed, drifted, failed or removing → pending: the row is to be written; pending and present stay.
    public mutating func requestProvisioning() throws(DomainError) {
        guard access != .deleted else { throw illegal("provision", "it is deleted") }
        guard provisioning != .present else { return }
        moveProvisioning(to: .pending)
    }

    /// Anything but removed → removing: the row is to go.
    public mutating func requestRemoval() throws(DomainError) {
        guard provisioning != .removed else { throw illegal("remove", "it is already off the router") }
        moveProvisioning(to: .removing)
    }

    /// pending, present, drifted or failed → present: read back from the router as intended.
    public mutating func markPresent() throws(DomainError) {
        try expectOnRouter("mark present")
        moveProvisioning(to: .present)
    }

    /// pending, present, drifted or failed → drifted: found changed or missing on the router.
    public mutating func markDrifted(_ detail: String) throws(DomainError) {
        try expectOnRouter("mark drifted")
        moveProvisioning(to: .drifted, detail)
    }

    /// removing or failed → removed: known to be absent from the router; removed stays.
    public mutating func markRemoved() throws(DomainError) {
        switch provisioning {
        case .removing, .failed, .removed: moveProvisioning(to: .removed)
        case .pending, .present, .drifted: throw illegal("mark removed", "its removal was not asked for")
        }
    }

    /// Anything but removed → failed: the router refused; `detail` says why and holds no secret.
    public mutating func markFailed(_ detail: String) throws(DomainError) {
        guard provisioning != .removed else { throw illegal("mark failed", "it is already off the router") }
        moveProvisioning(to: .failed, detail)
    }

    private func expectOnRouter(_ move: String) throws(DomainError) {
        switch provisioning {
        case .pending, .present, .drifted, .failed: break
        case .removing, .removed: throw illegal(move, "it is meant to be off the router")
        }
    }

    private mutating func awaitConfirmation() {
        if provisioning == .present { moveProvisioning(to: .pending) }
    }

    private mutating func moveProvisioning(to state: ProvisioningState, _ detail: String? = nil) {
        provisioning = state
        provisioningDetail = detail
    }
}
