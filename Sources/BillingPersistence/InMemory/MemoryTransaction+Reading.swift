import BillingDomain

extension MemoryTransaction: StoreReader {
    func tenants() throws -> [Tenant] {
        visible(state.tenants, \.id).sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    func tenant(_ id: Identifier<Tenant>) throws -> Tenant? { visible(state.tenants[id], \.id) }

    func routers() throws -> [Router] {
        visible(state.routers, \.tenant).filter { $0.removedAt == nil }.sorted { by($0.name, $0.id, $1.name, $1.id) }
    }

    func router(_ id: Identifier<Router>) throws -> Router? { visible(state.routers[id], \.tenant) }

    func packages() throws -> [Package] {
        visible(state.packages, \.tenant).sorted { by($0.name, $0.id, $1.name, $1.id) }
    }

    func package(_ id: Identifier<Package>) throws -> Package? { visible(state.packages[id], \.tenant) }

    func package(named name: String) throws -> Package? {
        let tenant = try scope.requireTenant(for: "a package's name")
        let key = name.asciiUppercased
        return state.packages.values.first {
            $0.tenant == tenant && !$0.isArchived && $0.name.asciiUppercased == key
        }
    }

    func batch(_ id: Identifier<VoucherBatch>) throws -> VoucherBatch? { visible(state.batches[id], \.tenant) }

    func batches(_ page: PageRequest) throws -> Page<VoucherBatch> {
        self.page(
            visible(state.batches, \.tenant).sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) },
            page
        )
    }

    func staff(_ id: Identifier<Staff>) throws -> Staff? { visible(state.staff[id], \.tenant) }

    func staff(username: String) throws -> Staff? {
        let tenant = try scope.requireTenant(for: "a user name")
        let key = username.asciiUppercased
        return state.staff.values.first { $0.tenant == tenant && $0.username.asciiUppercased == key }
    }

    func allStaff() throws -> [Staff] {
        visible(state.staff, \.tenant).sorted { by($0.username, $0.id, $1.username, $1.id) }
    }

    func apiToken(digest: [UInt8]) throws -> APIToken? {
        visible(state.tokens.values.first { $0.digest == digest }, \.tenant)
    }

    func apiTokens() throws -> [APIToken] {
        visible(state.tokens, \.tenant).sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    func signInSession(digest: [UInt8]) throws -> SignInSession? {
        visible(state.sessions.values.first { $0.digest == digest }, \.tenant)
    }

    func audit(_ page: PageRequest) throws -> Page<AuditEntry> {
        self.page(state.audit.reversed().filter { scope.sees($0.tenant) }, page)
    }

    func idempotentResult(key: String) throws -> IdempotencyRecord? {
        state.idempotency[MemoryState.Key(tenant: scope.tenant, name: key)]
    }

    /// Orders by the bytes of a name, as a database's binary collation does, and then by identity.
    private func by<Entity>(
        _ left: String,
        _ leftID: Identifier<Entity>,
        _ right: String,
        _ rightID: Identifier<Entity>
    ) -> Bool {
        if left.utf8.elementsEqual(right.utf8) { return leftID < rightID }
        return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
