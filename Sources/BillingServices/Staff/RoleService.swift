public import BillingDomain
import BillingPersistence

/// The roles that a tenant defines for itself.
public struct RoleService: Sendable {
    let session: BillingSession

    /// The tenant's own roles, by name; with the archived ones if asked for.
    public func list(includingArchived: Bool = false) async throws -> [RoleDefinition] {
        try await session.read(.manageStaff) { store in
            try store.roleDefinitions().filter { includingArchived || !$0.isArchived }
        }
    }

    /// Defines a role of 1…64 characters; it allows nothing that whoever defines it may not do.
    public func define(_ name: String, _ permissions: Set<Permission>) async throws -> RoleDefinition {
        let session = session
        return try await session.change(.manageRoles) { change in
            let name = try Input.name(name)
            try session.requireHolding(permissions, field: "permissions")
            try Self.requireFreeName(name, except: nil, in: change.store)
            let role = try RoleDefinition(
                id: change.identifier(),
                tenant: change.tenant,
                name: name,
                permissions: permissions,
                grantedBy: session.permissions,
                createdAt: change.now
            )
            try change.store.insert(role)
            try change.audit("role.define", "role:\(role.id)", name, after: permissions.storedText)
            return role
        }
    }

    /// Changes a role's name and what it allows; the sessions of those who have it end when rights change.
    public func update(
        _ id: Identifier<RoleDefinition>,
        name: String,
        _ permissions: Set<Permission>
    ) async throws -> RoleDefinition {
        let session = session
        return try await session.change(.manageRoles) { change in
            let name = try Input.name(name)
            var role = try Self.find(id, in: change.store)
            let before = role.permissions
            try session.requireHolding(permissions.symmetricDifference(before), field: "permissions")
            try Self.requireFreeName(name, except: id, in: change.store)
            try role.rename(to: name)
            try role.allow(permissions, grantedBy: session.permissions)
            if permissions != before { try change.endSessions(ofRole: id) }
            try change.audit(
                "role.update",
                "role:\(id)",
                name,
                before: before.storedText,
                after: permissions.storedText
            )
            return try change.store.update(role)
        }
    }

    /// Takes a role out of use; whoever has it may do nothing until they are given another.
    @discardableResult
    public func archive(_ id: Identifier<RoleDefinition>) async throws -> RoleDefinition {
        let session = session
        return try await session.change(.manageRoles) { change in
            var role = try Self.find(id, in: change.store)
            guard !role.isArchived else { return role }
            try session.requireHolding(role.permissions, field: "permissions")
            role.archive()
            try change.endSessions(ofRole: id)
            try change.audit("role.archive", "role:\(id)", role.name)
            return try change.store.update(role)
        }
    }
}

extension RoleService {
    static func find(_ id: Identifier<RoleDefinition>, in store: any StoreReader) throws -> RoleDefinition {
        guard let role = try store.find(id) else { throw BillingError.notFound("role", field: "role") }
        return role
    }

    private static func requireFreeName(
        _ name: String,
        except id: Identifier<RoleDefinition>?,
        in store: any StoreReader
    ) throws {
        guard let other = try store.roleDefinition(named: name), other.id != id else { return }
        throw BillingError(.duplicate, field: "name", "There is a role of this name. Choose another.")
    }
}

extension Change {
    fileprivate func endSessions(ofRole id: Identifier<RoleDefinition>) throws {
        for staff in try store.records(Query(Staff.Columns.customRole == id)) {
            try store.deleteSignInSessions(of: staff.id)
        }
    }
}
