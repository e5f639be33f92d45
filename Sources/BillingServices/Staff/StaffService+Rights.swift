import BillingDomain
import BillingPersistence

extension StaffService {
    static func find(_ id: Identifier<Staff>, in store: any StoreReader) throws -> Staff {
        guard let staff = try store.staff(id) else { throw BillingError.notFound("person", field: "staff") }
        return staff
    }

    static func requireFreeName(_ name: String, except id: Identifier<Staff>?, in store: any StoreReader) throws {
        guard let other = try store.staff(username: name), other.id != id else { return }
        throw BillingError(.duplicate, field: "username", "There is a user of this name. Choose another name.")
    }
}

extension Staff {
    /// What they may do and where, for the audit trail.
    var rightsText: String {
        let what = customRole.map { "role:\($0)" } ?? role.rawValue
        return assignment.isEverywhere ? what : "\(what) at \(assignment.storedText)"
    }
}

extension Change {
    /// Refuses to change somebody who may do more than whoever asks, or in more places.
    func requireManageable(_ staff: Staff, by session: BillingSession) throws {
        let definition = try staff.customRole.flatMap { try store.find($0) }
        var held = staff
        held.isDisabled = false
        try session.requireHolding(held.permissions(definition), field: "staff")
        try requireReach(of: staff.assignment)
    }

    /// Gives somebody who was added before another password than the one that was lost with the answer.
    func replaceGeneratedPassword(of staff: Staff, by hash: String) throws -> Staff {
        guard staff.passwordHash != hash else { return staff }
        guard staff.mustChangePassword else {
            throw BillingError(
                .conflict,
                field: "key",
                "“\(staff.username)” is added already and has chosen a password. Reset it instead."
            )
        }
        var staff = staff
        staff.changePassword(hash: hash, mustChange: true, at: now)
        return try store.update(staff)
    }

    /// Refuses rights that whoever asks does not hold, and roles and places that are not there.
    func requireGrantable(_ draft: StaffDraft, by session: BillingSession) throws {
        try requireGrantable(draft.assignment)
        guard let custom = draft.customRole else {
            return try session.requireHolding(draft.role.permissions, field: "role")
        }
        guard let definition = try store.find(custom), !definition.isArchived else {
            throw BillingError.notFound("role", field: "role")
        }
        try session.requireHolding(definition.effectivePermissions, field: "role")
    }

    /// Refuses to take the rights of the last person who may do everything.
    func requireAnotherOwner(than changed: Staff) throws {
        func isOwner(_ staff: Staff) -> Bool {
            !staff.isDisabled && staff.customRole == nil && staff.role == .superAdministrator
        }
        guard let before = try store.staff(changed.id), isOwner(before), !isOwner(changed) else { return }
        guard try store.allStaff().contains(where: { $0.id != changed.id && isOwner($0) }) else {
            throw BillingError(
                .conflict,
                "“\(changed.username)” is the last one who may do everything. Give somebody else that role first."
            )
        }
    }
}
