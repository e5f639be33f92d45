import BillingDomain
import BillingPersistence

// Each record lists its columns and its values in the order in which `init(row:)` reads them. A last column whose name
// ends in `key` holds a name folded for uniqueness; it is written and never read back.

extension Tenant: Record {
    static let table = "tenant"

    static let columns = "id, name, currency, time_zone, created_at"

    var values: [any Column] {
        [id, name, currency, timeZone, createdAt]
    }

    init(row: inout Row) throws {
        self.init(id: try row(), name: try row(), currency: try row(), timeZone: try row(), createdAt: try row())
    }
}

extension Router: Record {
    static let table = "router"

    static let columns = """
        id, tenant, name, host, port, username, sealed_password, region, district, latitude, longitude, status, \
        status_detail, identity, routeros_version, uptime, last_seen, last_sync, created_at, removed_at, revision
        """

    var values: [any Column] {
        [
            id, tenant, name, host, port, username, sealedPassword, location?.region, location?.district,
            location?.coordinates?.latitude, location?.coordinates?.longitude, status, statusDetail, identity,
            routerOSVersion, uptime, lastSeen, lastSync, createdAt, removedAt, revision,
        ]
    }

    init(row: inout Row) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            name: try row(),
            host: try row(),
            port: try row(),
            username: try row(),
            sealedPassword: try row(),
            location: try RouterLocation(row: &row),
            status: try row(),
            statusDetail: try row(),
            identity: try row(),
            routerOSVersion: try row(),
            uptime: try row(),
            lastSeen: try row(),
            lastSync: try row(),
            createdAt: try row(),
            removedAt: try row(),
            revision: try row()
        )
    }
}

extension RouterLocation {
    /// Reads the four columns of a location, which are all empty where there is none.
    fileprivate init?(row: inout Row) throws {
        let region: String? = try row()
        let district: String? = try row()
        let latitude: Double? = try row()
        let longitude: Double? = try row()
        guard let region, let district else { return nil }
        self.init(region: region, district: district)
        if let latitude, let longitude {
            coordinates = try Coordinates(latitude: latitude, longitude: longitude)
        }
    }
}

extension VoucherTerms {
    fileprivate static let columns = "validity, uptime_allowance, data_quota, price, currency, router_profile"

    fileprivate var values: [any Column] {
        [validity, uptimeAllowance, dataQuota, price.minorUnits, price.currency, routerProfile]
    }

    fileprivate init(row: inout Row) throws {
        try self.init(
            validity: try row(),
            uptimeAllowance: try row(),
            dataQuota: try row(),
            price: Money(minorUnits: try row(), currency: try row()),
            routerProfile: try row()
        )
    }
}

extension Package: Record {
    static let table = "package"

    static let columns = """
        id, tenant, name, \(VoucherTerms.columns), cost, cost_currency, is_archived, created_at, revision, name_key
        """

    var values: [any Column] {
        [id, tenant, name] + terms.values + [
            cost?.minorUnits, cost?.currency, isArchived, createdAt, revision, name.asciiUppercased,
        ]
    }

    init(row: inout Row) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            name: try row(),
            terms: try VoucherTerms(row: &row),
            cost: try Money(cost: &row),
            isArchived: try row(),
            createdAt: try row(),
            revision: try row()
        )
    }
}

extension Money {
    fileprivate init?(cost row: inout Row) throws {
        let units: Int64? = try row()
        let currency: Currency? = try row()
        guard let units, let currency else { return nil }
        self.init(minorUnits: units, currency: currency)
    }
}

extension VoucherBatch: Record {
    static let table = "voucher_batch"

    static let columns = """
        id, tenant, package, package_name, \(VoucherTerms.columns), quantity, router, code_prefix, created_by, created_at
        """

    var values: [any Column] {
        [id, tenant, package, packageName] + terms.values + [quantity, router, codePrefix, createdBy, createdAt]
    }

    init(row: inout Row) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            package: try row(),
            packageName: try row(),
            terms: try VoucherTerms(row: &row),
            quantity: try row(),
            router: try row(),
            codePrefix: try row(),
            createdBy: try row(),
            createdAt: try row()
        )
    }
}

extension Voucher: Record {
    static let table = "voucher"

    static let columns = """
        id, tenant, batch, code, router, package_name, \(VoucherTerms.columns), customer, commercial, access, \
        provisioning, provisioning_detail, created_at, sold_at, activated_at, activation_evidence, expires_at, ended_at, \
        uptime, bytes_in, bytes_out, base_uptime, base_bytes_in, base_bytes_out, settled_uptime, settled_bytes_in, \
        settled_bytes_out, last_seen_at, revision, code_key
        """

    var values: [any Column] {
        [id, tenant, batch, code, router, packageName] + terms.values + [
            customer, commercial, access, provisioning, provisioningDetail, createdAt, soldAt, activatedAt,
            activationEvidence, expiresAt, endedAt, usage.uptime, usage.bytesIn, usage.bytesOut, usage.base.uptime,
            usage.base.bytesIn, usage.base.bytesOut, usage.settled.uptime, usage.settled.bytesIn,
            usage.settled.bytesOut, usage.lastSeenAt, revision, Voucher.uniqueKey(of: code),
        ]
    }

    init(row: inout Row) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            batch: try row(),
            code: try row(),
            router: try row(),
            packageName: try row(),
            terms: try VoucherTerms(row: &row),
            customer: try row(),
            commercial: try row(),
            access: try row(),
            provisioning: try row(),
            provisioningDetail: try row(),
            createdAt: try row(),
            soldAt: try row(),
            activatedAt: try row(),
            activationEvidence: try row(),
            expiresAt: try row(),
            endedAt: try row(),
            usage: VoucherUsage(
                totals: try VoucherUsage.Counters(row: &row),
                base: try VoucherUsage.Counters(row: &row),
                settled: try VoucherUsage.Counters(row: &row),
                lastSeenAt: try row()
            ),
            revision: try row()
        )
    }
}

extension VoucherUsage.Counters {
    fileprivate init(row: inout Row) throws {
        self.init(uptime: try row(), bytesIn: try row(), bytesOut: try row())
    }
}

extension Staff: Record {
    static let table = "staff"

    static let columns = "id, tenant, username, password_hash, role, is_disabled, created_at, username_key"

    var values: [any Column] {
        [id, tenant, username, passwordHash, role, isDisabled, createdAt, username.asciiUppercased]
    }

    init(row: inout Row) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            username: try row(),
            passwordHash: try row(),
            role: try row(),
            isDisabled: try row(),
            createdAt: try row()
        )
    }
}

extension APIToken: Record {
    static let table = "api_token"

    static let columns = "id, tenant, name, digest, role, created_at, revoked_at"

    var values: [any Column] {
        [id, tenant, name, digest, role, createdAt, revokedAt]
    }

    init(row: inout Row) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            name: try row(),
            digest: try row(),
            role: try row(),
            createdAt: try row(),
            revokedAt: try row()
        )
    }
}

extension SignInSession: Record {
    static let table = "sign_in_session"

    static let columns = "id, tenant, staff, digest, created_at, expires_at"

    var values: [any Column] {
        [id, tenant, staff, digest, createdAt, expiresAt]
    }

    init(row: inout Row) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            staff: try row(),
            digest: try row(),
            createdAt: try row(),
            expiresAt: try row()
        )
    }
}

extension AuditEntry: Record {
    static let table = "audit_entry"

    static let columns = "id, tenant, at, actor, action, subject, detail"

    var values: [any Column] {
        [id, tenant, at, actor, action, subject, detail]
    }

    init(row: inout Row) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            at: try row(),
            actor: try row(),
            action: try row(),
            subject: try row(),
            detail: try row()
        )
    }
}

extension OutboxJob: Selectable {
    static let table = "outbox_job"

    static let columns = """
        id, tenant, router, voucher, sequence, enqueued_at, not_before, attempts, detail, is_parked
        """

    init(row: inout Row) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            router: try row(),
            voucher: try row(),
            sequence: try row(),
            enqueuedAt: try row(),
            notBefore: try row(),
            attempts: try row(),
            detail: try row(),
            isParked: try row()
        )
    }
}

extension IdempotencyRecord: Record {
    static let table = "idempotency_record"

    static let columns = "tenant, key, fingerprint, result, created_at"

    var values: [any Column] {
        [tenant, key, fingerprint, result, createdAt]
    }

    init(row: inout Row) throws {
        self.init(
            tenant: try row(),
            key: try row(),
            fingerprint: try row(),
            result: try row(),
            createdAt: try row()
        )
    }
}
