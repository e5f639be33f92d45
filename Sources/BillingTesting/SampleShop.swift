public import BillingDomain
public import BillingPersistence

/// A tenant with a router, a batch, and three vouchers of it: the same for the same number, in whatever store.
public struct SampleShop: Hashable, Sendable {
    /// The tenant, which trades in shillings of Uganda.
    public let tenant: Tenant
    /// Its only router.
    public let router: Router
    /// Its only batch.
    public let batch: VoucherBatch
    /// The vouchers of the batch, none of them sold.
    public let vouchers: [Voucher]

    /// Describes a shop; nothing of two numbers is the same, up to 999 999.
    public init(_ number: Int) throws {
        tenant = .sample(number)
        router = Router(
            id: .numbered(number),
            tenant: tenant.id,
            name: "R",
            host: "10.0.0.1",
            username: "api",
            sealedPassword: [1],
            createdAt: tenant.createdAt
        )
        batch = VoucherBatch(
            id: .numbered(number),
            tenant: tenant.id,
            package: nil,
            terms: try VoucherTerms(price: .zero(.ugx)),
            quantity: 3,
            router: router.id,
            createdBy: .system("conformance"),
            createdAt: tenant.createdAt
        )
        vouchers = (1...3).map { [tenant, router, batch] place in
            Voucher(
                id: .numbered(number * 1_000 + place),
                tenant: tenant.id,
                batch: batch.id,
                code: "code\(number * 1_000 + place)",
                router: router.id,
                terms: batch.terms,
                createdAt: tenant.createdAt
            )
        }
    }

    /// Adds all of it to a store, in one transaction.
    ///
    /// - Throws: ``/BillingPersistence/PersistenceError/Code/duplicate`` where it is there already.
    public func add(to store: some BillingStore) async throws {
        try await store.write(.tenant(tenant.id)) { transaction in
            try transaction.insert(tenant)
            try transaction.insert(router)
            try transaction.insert(batch)
            try transaction.insert(vouchers)
        }
    }
}

extension Tenant {
    /// A tenant that a number decides.
    static func sample(_ number: Int, name: String = "0") -> Tenant {
        Tenant(
            id: .numbered(number),
            name: name,
            currency: .ugx,
            timeZone: "Africa/Kampala",
            createdAt: Timestamp(secondsSince1970: Int64(number))
        )
    }
}

extension BillingStore {
    /// Adds a tenant that a number decides.
    func tenant(_ number: Int, name: String = "0") async throws -> Tenant {
        let tenant = Tenant.sample(number, name: name)
        try await write(.tenant(tenant.id)) { try $0.insert(tenant) }
        return tenant
    }
}
