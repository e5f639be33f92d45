import BillingDomain
import BillingPersistence

/// A member of staff with what decides what they may do, as of one moment.
struct SignedInPerson: Sendable {
    let staff: Staff
    let definition: RoleDefinition?
    let tenant: Tenant
    let settings: Settings
    let restriction: SessionRestriction?

    /// Reads a person; `nil` when they, or their tenant, may not sign in.
    init?(_ id: Identifier<Staff>, in store: any StoreReader) throws {
        guard let staff = try store.staff(id), !staff.isDisabled, let tenant = try store.tenant(staff.tenant),
            tenant.state == .active
        else { return nil }
        self.staff = staff
        self.tenant = tenant
        definition = try staff.customRole.flatMap { try store.find($0) }
        let stored: Settings? = try store.find(Identifier(high: tenant.id.high, low: tenant.id.low))
        settings = stored ?? Settings(tenant: tenant.id)
        if staff.mustChangePassword {
            restriction = .mustChangePassword
        } else if staff.secondFactor?.isConfirmed != true, settings[.requiresSecondFactor] {
            restriction = .mustEnrolSecondFactor
        } else {
            restriction = nil
        }
    }
}

extension Change {
    /// Starts a session of a person, for a secret whose digest this is.
    func startSession(of staff: Identifier<Staff>, digest: [UInt8]) throws -> SignedInPerson? {
        guard let person = try SignedInPerson(staff, in: store) else { return nil }
        try store.deleteSignInSessions(expiredBefore: now)
        try store.insert(
            SignInSession(
                id: identifier(),
                tenant: tenant,
                staff: staff,
                digest: digest,
                createdAt: now,
                expiresAt: now + .seconds(person.settings[.sessionIdle]),
                address: origin.address,
                userAgent: origin.userAgent
            )
        )
        return person
    }
}
