public import BillingDomain
public import BillingPersistence

/// The people who may sign in to one tenant.
///
/// Nobody gives rights that they do not hold themselves, nor where they may not act, and the last one who may do
/// everything can not be shut out.
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
    ///
    /// The same key and draft answer with the same person, and with another password in place of the one that was lost
    /// with the first answer; a ``BillingError/Code/conflict`` once they have chosen their own.
    public func add(_ draft: StaffDraft, key: IdempotencyKey) async throws -> (staff: Staff, password: String) {
        try session.authorise(.manageStaff)
        let username = try Input.username(draft.username)
        let profile = try draft.profile
        let password = try Secret.password(session.context.environment)
        let hash = try await session.context.newHash(of: password)
        let session = session
        let staff = try await session.change(.manageStaff) { change in
            let staff = try change.once(key, ["staff.add"] + draft.fingerprint) { change in
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
                return staff.id.description
            } answer: { store, reference in
                guard let id = Identifier<Staff>(reference) else { throw BillingError.notFound("person") }
                return try Self.find(id, in: store)
            }
            return try change.replaceGeneratedPassword(of: staff, by: hash)
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
            try change.requireGrantable(assignment)
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
