public import BillingDomain

/// Who works for a tenant, where, and under which settings.
extension StoreReader {
    /// A tenant by the name in its address.
    public func tenant(slug: TenantSlug) throws -> Tenant? { try first(Query(Tenant.Columns.slug == slug)) }

    /// The sites, by name.
    public func sites(includingArchived: Bool = false) throws -> [Site] {
        let query = Query<Site>().sorted(by: Site.Columns.name)
        return try records(includingArchived ? query : query.where(Site.Columns.isArchived == false))
    }

    /// A site by name, whatever the case of a–z.
    ///
    /// *Tenant scope.*
    public func site(named name: String) throws -> Site? {
        _ = try scope.requireTenant(for: "a site's name")
        return try first(Query(Site.Columns.nameKey == name.asciiUppercased))
    }

    /// The roles that the tenant defined, by name.
    public func roleDefinitions() throws -> [RoleDefinition] {
        try records(Query<RoleDefinition>().sorted(by: RoleDefinition.Columns.name))
    }

    /// A role by name, archived or not, whatever the case of a–z.
    ///
    /// *Tenant scope.*
    public func roleDefinition(named name: String) throws -> RoleDefinition? {
        _ = try scope.requireTenant(for: "a role's name")
        return try first(Query(RoleDefinition.Columns.nameKey == name.asciiUppercased))
    }

    /// The browser sessions of a person, newest first, over or not.
    public func signInSessions(of staff: Identifier<Staff>) throws -> [SignInSession] {
        try records(
            Query(SignInSession.Columns.staff == staff).sorted(byDescending: SignInSession.Columns.createdAt)
        )
    }

    /// The settings of the tenant; nothing set where there are none.
    ///
    /// *Tenant scope.*
    public func settings() throws -> Settings {
        let tenant = try scope.requireTenant(for: "a setting")
        return try find(Identifier<Settings>(high: tenant.high, low: tenant.low)) ?? Settings(tenant: tenant)
    }

    /// The shift of a person and a currency that has not ended.
    public func unfinishedShift(of staff: Identifier<Staff>, in currency: Currency) throws -> Shift? {
        try first(Query(Shift.Columns.openDrawer == Shift.drawer(of: staff, currency)))
    }
}

extension StoreTransaction {
    /// Ends the browser sessions of a person, but for one if given; says how many.
    @discardableResult
    public func deleteSignInSessions(of staff: Identifier<Staff>, except digest: [UInt8]? = nil) throws -> Int {
        let all = Query(SignInSession.Columns.staff == staff)
        return try delete(digest.map { all.where(SignInSession.Columns.digest != $0) } ?? all)
    }

    /// Keeps settings, whether or not there were any.
    public func save(_ settings: Settings) throws {
        if try find(settings.id) == nil { try insert(settings) } else { try update(settings) }
    }
}
