import BillingDomain

extension MemoryTransaction: StoreTransaction {
    func insert(_ tenant: Tenant) throws {
        try scope.requireSystem(for: "creating a tenant")
        guard state.tenants[tenant.id] == nil else { throw PersistenceError.taken("tenant's identity") }
        state.tenants[tenant.id] = tenant
    }

    func update(_ tenant: Tenant) throws {
        guard try self.tenant(tenant.id) != nil else { throw PersistenceError.missing("tenant") }
        state.tenants[tenant.id] = tenant
    }

    func insert(_ router: Router) throws {
        try admit("router's identity", of: router.tenant, isTaken: state.routers[router.id] != nil)
        state.routers[router.id] = router
    }

    func update(_ router: Router) throws -> Router {
        guard let stored = try self.router(router.id), stored.tenant == router.tenant else {
            throw PersistenceError.missing("router")
        }
        guard stored.revision == router.revision else { throw PersistenceError.stale("router") }
        var next = router
        next.revision += 1
        state.routers[router.id] = next
        return next
    }

    func insert(_ package: Package) throws {
        let isTaken = state.packages[package.id] != nil || isNameTaken(package)
        try admit("package's name or identity", of: package.tenant, isTaken: isTaken)
        state.packages[package.id] = package
    }

    func update(_ package: Package) throws -> Package {
        guard let stored = try self.package(package.id), stored.tenant == package.tenant else {
            throw PersistenceError.missing("package")
        }
        guard stored.revision == package.revision else { throw PersistenceError.stale("package") }
        guard !isNameTaken(package) else { throw PersistenceError.taken("package's name") }
        var next = package
        next.revision += 1
        state.packages[package.id] = next
        return next
    }

    func insert(_ staff: Staff) throws {
        let isTaken = state.staff[staff.id] != nil || isNameTaken(staff)
        try admit("user name or identity", of: staff.tenant, isTaken: isTaken)
        state.staff[staff.id] = staff
    }

    func update(_ staff: Staff) throws {
        guard try self.staff(staff.id)?.tenant == staff.tenant else {
            throw PersistenceError.missing("member of staff")
        }
        guard !isNameTaken(staff) else { throw PersistenceError.taken("user name") }
        state.staff[staff.id] = staff
    }

    func insert(_ token: APIToken) throws {
        let isTaken = state.tokens.values.contains { $0.id == token.id || $0.digest == token.digest }
        try admit("API token", of: token.tenant, isTaken: isTaken)
        state.tokens[token.id] = token
    }

    func update(_ token: APIToken) throws {
        guard let stored = visible(state.tokens[token.id], \.tenant), stored.tenant == token.tenant else {
            throw PersistenceError.missing("API token")
        }
        guard stored.digest == token.digest else { throw PersistenceError.fixed("API token") }
        state.tokens[token.id] = token
    }

    func insert(_ session: SignInSession) throws {
        try admit(
            "session",
            of: session.tenant,
            isTaken: state.sessions.values.contains { $0.id == session.id || $0.digest == session.digest },
            isDangling: state.staff[session.staff]?.tenant != session.tenant
        )
        state.sessions[session.id] = session
    }

    func update(_ session: SignInSession) throws {
        guard let stored = visible(state.sessions[session.id], \.tenant), stored.tenant == session.tenant else {
            throw PersistenceError.missing("session")
        }
        guard stored.digest == session.digest, stored.staff == session.staff else {
            throw PersistenceError.fixed("session")
        }
        state.sessions[session.id] = session
    }

    func deleteSignInSession(digest: [UInt8]) throws {
        guard let session = try signInSession(digest: digest) else { return }
        state.sessions[session.id] = nil
    }

    func deleteSignInSessions(expiredBefore instant: Timestamp) throws -> Int {
        let over = visible(state.sessions, \.tenant).filter { $0.expiresAt <= instant }
        for session in over { state.sessions[session.id] = nil }
        return over.count
    }

    func append(audit entry: AuditEntry) throws {
        try admit("audit line's identity", of: entry.tenant, isTaken: state.auditIdentities.contains(entry.id))
        state.auditIdentities.insert(entry.id)
        state.audit.append(entry)
    }

    func record(_ record: IdempotencyRecord) throws {
        try scope.requireSame(record.tenant, for: "the key")
        let key = MemoryState.Key(tenant: record.tenant, name: record.key)
        guard state.idempotency[key] == nil else { throw PersistenceError.taken("idempotency key") }
        if let tenant = record.tenant { try admit("key", of: tenant, isTaken: false) }
        state.idempotency[key] = record
    }

    private func isNameTaken(_ package: Package) -> Bool {
        let key = package.name.asciiUppercased
        return !package.isArchived
            && state.packages.values.contains {
                $0.id != package.id && $0.tenant == package.tenant && !$0.isArchived && $0.name.asciiUppercased == key
            }
    }

    private func isNameTaken(_ staff: Staff) -> Bool {
        let key = staff.username.asciiUppercased
        return state.staff.values.contains {
            $0.id != staff.id && $0.tenant == staff.tenant && $0.username.asciiUppercased == key
        }
    }
}
