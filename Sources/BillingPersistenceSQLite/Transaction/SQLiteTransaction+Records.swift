import BillingDomain
import BillingPersistence

extension SQLiteTransaction: StoreTransaction {
    func insert(_ tenant: Tenant) throws {
        try scope.requireSystem(for: "creating a tenant")
        try db.insert(tenant)
    }

    func update(_ tenant: Tenant) throws {
        try scope.requireSight(of: tenant.id, for: "tenant")
        let changes = try db.run(
            "UPDATE tenant SET name = ?, currency = ?, time_zone = ? WHERE id = ?",
            tenant.name,
            tenant.currency,
            tenant.timeZone,
            tenant.id
        )
        guard changes == 1 else { throw PersistenceError.missing("tenant") }
    }

    func insert(_ router: Router) throws {
        try scope.requireSight(of: router.tenant, for: "router")
        try db.insert(router)
    }

    func update(_ router: Router) throws -> Router {
        try scope.requireSight(of: router.tenant, for: "router")
        let changes = try db.run(
            """
            UPDATE router SET name = ?, host = ?, port = ?, username = ?, sealed_password = ?, region = ?,
                district = ?, latitude = ?, longitude = ?, status = ?, status_detail = ?, identity = ?,
                routeros_version = ?, uptime = ?, last_seen = ?, last_sync = ?, removed_at = ?,
                revision = revision + 1
            WHERE id = ? AND tenant = ? AND revision = ?
            """,
            router.name,
            router.host,
            router.port,
            router.username,
            router.sealedPassword,
            router.location?.region,
            router.location?.district,
            router.location?.coordinates?.latitude,
            router.location?.coordinates?.longitude,
            router.status,
            router.statusDetail,
            router.identity,
            router.routerOSVersion,
            router.uptime,
            router.lastSeen,
            router.lastSync,
            router.removedAt,
            router.id,
            router.tenant,
            router.revision
        )
        try requireChange(changes, of: "router", in: "router", router.id, router.tenant, revision: router.revision)
        var next = router
        next.revision += 1
        return next
    }

    func insert(_ package: Package) throws {
        try scope.requireSight(of: package.tenant, for: "package")
        try db.insert(package)
    }

    func update(_ package: Package) throws -> Package {
        try scope.requireSight(of: package.tenant, for: "package")
        let changes = try db.run(
            """
            UPDATE package SET name = ?, name_key = ?, validity = ?, uptime_allowance = ?, data_quota = ?, price = ?,
                currency = ?, router_profile = ?, cost = ?, cost_currency = ?, is_archived = ?,
                revision = revision + 1
            WHERE id = ? AND tenant = ? AND revision = ?
            """,
            package.name,
            package.name.asciiUppercased,
            package.terms.validity,
            package.terms.uptimeAllowance,
            package.terms.dataQuota,
            package.terms.price.minorUnits,
            package.terms.price.currency,
            package.terms.routerProfile,
            package.cost?.minorUnits,
            package.cost?.currency,
            package.isArchived,
            package.id,
            package.tenant,
            package.revision
        )
        try requireChange(
            changes,
            of: "package",
            in: "package",
            package.id,
            package.tenant,
            revision: package.revision
        )
        var next = package
        next.revision += 1
        return next
    }

    func insert(_ staff: Staff) throws {
        try scope.requireSight(of: staff.tenant, for: "member of staff")
        try db.insert(staff)
    }

    func update(_ staff: Staff) throws {
        try scope.requireSight(of: staff.tenant, for: "member of staff")
        let changes = try db.run(
            """
            UPDATE staff SET username = ?, username_key = ?, password_hash = ?, role = ?, is_disabled = ?
            WHERE id = ? AND tenant = ?
            """,
            staff.username,
            staff.username.asciiUppercased,
            staff.passwordHash,
            staff.role,
            staff.isDisabled,
            staff.id,
            staff.tenant
        )
        try requireChange(changes, of: "member of staff", in: "staff", staff.id, staff.tenant)
    }

    func insert(_ token: APIToken) throws {
        try scope.requireSight(of: token.tenant, for: "API token")
        try db.insert(token)
    }

    func update(_ token: APIToken) throws {
        try scope.requireSight(of: token.tenant, for: "API token")
        let changes = try db.run(
            "UPDATE api_token SET name = ?, role = ?, revoked_at = ? WHERE id = ? AND tenant = ? AND digest = ?",
            token.name,
            token.role,
            token.revokedAt,
            token.id,
            token.tenant,
            token.digest
        )
        try requireChange(changes, of: "API token", in: "api_token", token.id, token.tenant)
    }

    func insert(_ session: SignInSession) throws {
        try scope.requireSight(of: session.tenant, for: "session")
        try db.insert(session)
    }

    func update(_ session: SignInSession) throws {
        try scope.requireSight(of: session.tenant, for: "session")
        let changes = try db.run(
            "UPDATE sign_in_session SET expires_at = ? WHERE id = ? AND tenant = ? AND digest = ? AND staff = ?",
            session.expiresAt,
            session.id,
            session.tenant,
            session.digest,
            session.staff
        )
        try requireChange(changes, of: "session", in: "sign_in_session", session.id, session.tenant)
    }

    func deleteSignInSession(digest: [UInt8]) throws {
        try db.run("DELETE FROM sign_in_session WHERE \(sight()) AND digest = ?", scope.tenant, digest)
    }

    func deleteSignInSessions(expiredBefore instant: Timestamp) throws -> Int {
        try db.run("DELETE FROM sign_in_session WHERE \(sight()) AND expires_at <= ?", scope.tenant, instant)
    }

    func append(audit entry: AuditEntry) throws {
        try scope.requireSight(of: entry.tenant, for: "audit line")
        try db.insert(entry)
    }

    func record(_ record: IdempotencyRecord) throws {
        try scope.requireSame(record.tenant, for: "the key")
        try db.insert(record)
    }
}
