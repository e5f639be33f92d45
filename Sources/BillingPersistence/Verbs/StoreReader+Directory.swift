public import BillingDomain

/// Tenants, routers, packages, staff and what lets them in.
extension StoreReader {
    /// The tenants in scope, oldest first.
    public func tenants() throws -> [Tenant] {
        try records(Query<Tenant>().sorted(by: Field<Tenant, Timestamp>("created_at")))
    }

    /// A tenant by identity.
    public func tenant(_ id: Identifier<Tenant>) throws -> Tenant? { try find(id) }

    /// The routers that have not been removed, by name.
    public func routers() throws -> [Router] {
        try records(
            Query(Field<Router, Timestamp?>("removed_at").isAbsent).sorted(by: Field<Router, String>("name"))
        )
    }

    /// A router by identity, removed or not.
    public func router(_ id: Identifier<Router>) throws -> Router? { try find(id) }

    /// All packages, archived ones too, by name.
    public func packages() throws -> [Package] { try records(Query<Package>().sorted(by: Package.Columns.name)) }

    /// A package by identity.
    public func package(_ id: Identifier<Package>) throws -> Package? { try find(id) }

    /// The package of that name that is not archived, whatever the case of a–z.
    ///
    /// *Tenant scope.*
    public func package(named name: String) throws -> Package? {
        _ = try scope.requireTenant(for: "a package's name")
        return try first(Query(Package.Columns.offeredName == name.asciiUppercased))
    }

    /// A member of staff by identity.
    public func staff(_ id: Identifier<Staff>) throws -> Staff? { try find(id) }

    /// A member of staff by user name, whatever the case of a–z.
    ///
    /// *Tenant scope.*
    public func staff(username: String) throws -> Staff? {
        _ = try scope.requireTenant(for: "a user name")
        return try first(Query(Staff.Columns.usernameKey == username.asciiUppercased))
    }

    /// All staff, by user name.
    public func allStaff() throws -> [Staff] { try records(Query<Staff>().sorted(by: Staff.Columns.username)) }

    /// An API token by the digest of its secret, revoked or not.
    public func apiToken(digest: [UInt8]) throws -> APIToken? { try first(Query(APIToken.Columns.digest == digest)) }

    /// All API tokens, oldest first.
    public func apiTokens() throws -> [APIToken] {
        try records(Query<APIToken>().sorted(by: APIToken.Columns.createdAt))
    }

    /// A browser session by the digest of its cookie, over or not.
    public func signInSession(digest: [UInt8]) throws -> SignInSession? {
        try first(Query(SignInSession.Columns.digest == digest))
    }

    /// What a request with this key came to in this very scope; `nil` if it never came to anything.
    public func idempotentResult(key: String) throws -> IdempotencyRecord? {
        try first(Query(IdempotencyRecord.Columns.scopedKey == IdempotencyRecord.scopedKey(scope.tenant, key)))
    }
}

extension StoreTransaction {
    /// Ends a browser session; harmless if there is none.
    public func deleteSignInSession(digest: [UInt8]) throws {
        try delete(Query(SignInSession.Columns.digest == digest))
    }

    /// Forgets browser sessions that ended before or at an instant, and says how many.
    @discardableResult
    public func deleteSignInSessions(expiredBefore instant: Timestamp) throws -> Int {
        try delete(Query(SignInSession.Columns.expiresAt <= instant))
    }
}
