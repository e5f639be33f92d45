public import BillingDomain
public import BillingPersistence

/// The people who may sign in to one tenant.
///
/// Nobody gives rights that they do not hold themselves, and the last one who may do everything can not be shut out.
public struct StaffService: Sendable {
    let session: BillingSession

    /// Everybody, by user name; without those who are disabled if wanted.
    public func list(includingDisabled: Bool = true) async throws -> [Staff] {
        try await session.read(.manageStaff) { store in
            try store.allStaff().filter { includingDisabled || !$0.isDisabled }
        }
    }

    /// One person.
    public func person(_ id: Identifier<Staff>) async throws -> Staff {
        try await session.read(.manageStaff) { try Self.find(id, in: $0) }
    }

    /// Adds somebody, with a generated password that is shown this once and that they must change.
    public func add(_ draft: StaffDraft) async throws -> (staff: Staff, password: String) {
        try session.authorise(.manageStaff)
        let username = try Input.username(draft.username)
        let profile = try draft.profile
        let password = try Secret.password(session.context.environment)
        let hash = try await session.context.newHash(of: password)
        let session = session
        let staff = try await session.change(.manageStaff) { change in
            try Self.requireFreeName(username, except: nil, in: change.store)
            try change.requireGrantable(draft, by: session)
            var staff = Staff(
                id: try change.identifier(),
                tenant: change.tenant,
                username: username,
                passwordHash: hash,
                role: draft.role,
                customRole: draft.customRole,
                assignment: draft.assignment,
                mustChangePassword: true,
                createdAt: change.now
            )
            profile.apply(to: &staff)
            try change.store.insert(staff)
            try change.audit("staff.create", "staff:\(staff.id)", username, after: staff.rightsText)
            return staff
        }
        return (staff, password)
    }

    /// Changes somebody; other rights end their sessions.
    ///
    /// Another assignment takes ``BillingDomain/Permission/assignStaff`` too.
    public func update(_ id: Identifier<Staff>, _ draft: StaffDraft) async throws -> Staff {
        let session = session
        return try await session.change(.manageStaff) { change in
            let username = try Input.username(draft.username)
            let profile = try draft.profile
            var staff = try Self.find(id, in: change.store)
            let before = staff.rightsText
            try Self.requireFreeName(username, except: id, in: change.store)
            if draft.assignment != staff.assignment { try session.authorise(.assignStaff) }
            try change.requireManageable(staff, by: session)
            try change.requireGrantable(draft, by: session)
            staff.username = username
            staff.role = draft.role
            staff.customRole = draft.customRole
            staff.assignment = draft.assignment
            profile.apply(to: &staff)
            try change.requireAnotherOwner(than: staff)
            if staff.rightsText != before { try change.store.deleteSignInSessions(of: id) }
            try change.audit("staff.update", "staff:\(id)", username, before: before, after: staff.rightsText)
            return try change.store.update(staff)
        }
    }

    /// Says which routers and sites somebody may act on; their sessions end.
    public func assign(_ id: Identifier<Staff>, to assignment: StaffAssignment) async throws -> Staff {
        let session = session
        return try await session.change(.assignStaff) { change in
            var staff = try Self.find(id, in: change.store)
            try change.requireManageable(staff, by: session)
            try change.requireExisting(assignment)
            let before = staff.assignment.storedText
            staff.assignment = assignment
            try change.store.deleteSignInSessions(of: id)
            try change.audit(
                "staff.assign",
                "staff:\(id)",
                staff.username,
                before: before,
                after: assignment.storedText
            )
            return try change.store.update(staff)
        }
    }

    /// Shuts somebody out: their sessions end, and they cannot sign in.
    public func disable(_ id: Identifier<Staff>) async throws -> Staff {
        let session = session
        return try await session.change(.manageStaff) { change in
            guard session.actor != .staff(id) else {
                throw BillingError(.conflict, "You cannot shut yourself out. Let somebody else do it.")
            }
            var staff = try Self.find(id, in: change.store)
            try change.requireManageable(staff, by: session)
            guard !staff.isDisabled else { return staff }
            staff.isDisabled = true
            try change.requireAnotherOwner(than: staff)
            try change.store.deleteSignInSessions(of: id)
            try change.audit("staff.disable", "staff:\(id)", staff.username)
            return try change.store.update(staff)
        }
    }

    /// Lets somebody in again.
    public func enable(_ id: Identifier<Staff>) async throws -> Staff {
        let session = session
        return try await session.change(.manageStaff) { change in
            var staff = try Self.find(id, in: change.store)
            try change.requireManageable(staff, by: session)
            guard staff.isDisabled else { return staff }
            staff.isDisabled = false
            try change.audit("staff.enable", "staff:\(id)", staff.username)
            return try change.store.update(staff)
        }
    }

    /// Gives somebody a generated password, shown this once, that they must change; their sessions end.
    public func resetPassword(_ id: Identifier<Staff>) async throws -> String {
        try session.authorise(.manageStaff)
        let password = try Secret.password(session.context.environment)
        let hash = try await session.context.newHash(of: password)
        let session = session
        try await session.change(.manageStaff) { change in
            var staff = try Self.find(id, in: change.store)
            try change.requireManageable(staff, by: session)
            staff.changePassword(hash: hash, mustChange: true, at: change.now)
            try change.store.deleteSignInSessions(of: id)
            try change.audit("staff.password-reset", "staff:\(id)", staff.username)
            try change.store.update(staff)
        }
        return password
    }

    /// Removes the second factor of somebody who lost it; their sessions end.
    public func removeSecondFactor(_ id: Identifier<Staff>) async throws {
        let session = session
        try await session.change(.manageStaff) { change in
            var staff = try Self.find(id, in: change.store)
            try change.requireManageable(staff, by: session)
            guard staff.secondFactor != nil else { return }
            staff.secondFactor = nil
            try change.store.deleteSignInSessions(of: id)
            try change.audit("staff.second-factor.remove", "staff:\(id)", staff.username)
            try change.store.update(staff)
        }
    }

    /// The browser sessions of somebody that are not over, newest first.
    public func sessions(of id: Identifier<Staff>) async throws -> [SignInSession] {
        let now = session.context.environment.now()
        return try await session.read(.manageSignIns) { store in
            _ = try Self.find(id, in: store)
            return try store.signInSessions(of: id).filter { $0.expiresAt > now }
        }
    }

    /// Ends all browser sessions of somebody; says how many.
    @discardableResult
    public func endSessions(of id: Identifier<Staff>) async throws -> Int {
        try await session.change(.manageSignIns) { change in
            let staff = try Self.find(id, in: change.store)
            let count = try change.store.deleteSignInSessions(of: id)
            try change.audit("session.end", "staff:\(id)", "\(count) of \(staff.username)")
            return count
        }
    }

    /// Tries to sign in, newest first.
    public func attempts(_ page: PageRequest = PageRequest()) async throws -> Page<SignInAttempt> {
        try await session.read(.manageSignIns) { store in
            try store.page(Query<SignInAttempt>().sorted(byDescending: SignInAttempt.Columns.at), page)
        }
    }
}

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
    fileprivate var rightsText: String {
        let what = customRole.map { "role:\($0)" } ?? role.rawValue
        return assignment.isEverywhere ? what : "\(what) at \(assignment.storedText)"
    }
}

extension Change {
    /// Refuses to change somebody who may do more than whoever asks.
    fileprivate func requireManageable(_ staff: Staff, by session: BillingSession) throws {
        let definition = try staff.customRole.flatMap { try store.find($0) }
        var held = staff
        held.isDisabled = false
        try session.requireHolding(held.permissions(definition), field: "staff")
    }

    /// Refuses rights that whoever asks does not hold, and roles and places that are not there.
    fileprivate func requireGrantable(_ draft: StaffDraft, by session: BillingSession) throws {
        try requireExisting(draft.assignment)
        guard let custom = draft.customRole else {
            return try session.requireHolding(draft.role.permissions, field: "role")
        }
        guard let definition = try store.find(custom), !definition.isArchived else {
            throw BillingError.notFound("role", field: "role")
        }
        try session.requireHolding(definition.effectivePermissions, field: "role")
    }

    /// Refuses an assignment to what the tenant does not have.
    func requireExisting(_ assignment: StaffAssignment) throws {
        for router in assignment.routers.sorted() { _ = try RouterService.find(router, in: store) }
        for site in assignment.sites.sorted() { _ = try SiteService.find(site, in: store) }
    }

    /// Refuses to take the rights of the last person who may do everything.
    fileprivate func requireAnotherOwner(than changed: Staff) throws {
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
