import BillingDomain
import BillingPersistence

extension SQLiteTransaction: StoreReader {
    func tenants() throws -> [Tenant] {
        try db.all(where: "\(sight("id")) ORDER BY created_at, id", scope.tenant)
    }

    func tenant(_ id: Identifier<Tenant>) throws -> Tenant? {
        try db.one(where: "\(sight("id")) AND id = ?", scope.tenant, id)
    }

    func routers() throws -> [Router] {
        try db.all(where: "\(sight()) AND removed_at IS NULL ORDER BY name, id", scope.tenant)
    }

    func router(_ id: Identifier<Router>) throws -> Router? {
        try db.one(where: "\(sight()) AND id = ?", scope.tenant, id)
    }

    func packages() throws -> [Package] {
        try db.all(where: "\(sight()) ORDER BY name, id", scope.tenant)
    }

    func package(_ id: Identifier<Package>) throws -> Package? {
        try db.one(where: "\(sight()) AND id = ?", scope.tenant, id)
    }

    func package(named name: String) throws -> Package? {
        let tenant = try scope.requireTenant(for: "a package's name")
        return try db.one(where: "tenant = ? AND name_key = ? AND is_archived = 0", tenant, name.asciiUppercased)
    }

    func batch(_ id: Identifier<VoucherBatch>) throws -> VoucherBatch? {
        try db.one(where: "\(sight()) AND id = ?", scope.tenant, id)
    }

    func batches(_ page: PageRequest) throws -> Page<VoucherBatch> {
        try self.page(page, where: sight(), [scope.tenant], order: "created_at DESC, id DESC")
    }

    func staff(_ id: Identifier<Staff>) throws -> Staff? {
        try db.one(where: "\(sight()) AND id = ?", scope.tenant, id)
    }

    func staff(username: String) throws -> Staff? {
        let tenant = try scope.requireTenant(for: "a user name")
        return try db.one(where: "tenant = ? AND username_key = ?", tenant, username.asciiUppercased)
    }

    func allStaff() throws -> [Staff] {
        try db.all(where: "\(sight()) ORDER BY username, id", scope.tenant)
    }

    func apiToken(digest: [UInt8]) throws -> APIToken? {
        try db.one(where: "\(sight()) AND digest = ?", scope.tenant, digest)
    }

    func apiTokens() throws -> [APIToken] {
        try db.all(where: "\(sight()) ORDER BY created_at, id", scope.tenant)
    }

    func signInSession(digest: [UInt8]) throws -> SignInSession? {
        try db.one(where: "\(sight()) AND digest = ?", scope.tenant, digest)
    }

    func audit(_ page: PageRequest) throws -> Page<AuditEntry> {
        try self.page(page, where: sight(), [scope.tenant], order: "position DESC")
    }

    func idempotentResult(key: String) throws -> IdempotencyRecord? {
        try db.one(where: "coalesce(tenant, x'') = coalesce(?, x'') AND key = ?", scope.tenant, key)
    }
}
