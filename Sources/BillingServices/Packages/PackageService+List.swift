public import BillingDomain
import BillingPersistence

extension PackageService {
    /// The packages that customers see in a portal, by name.
    public func offers() async throws -> [Package] {
        try await session.read(.viewPackages) { store in
            try store.packages().filter { $0.isVisible && !$0.isArchived }
        }
    }

    /// Shows a package to customers in a portal, or hides it from them; doing so again changes nothing.
    @discardableResult
    public func setVisibility(_ id: Identifier<Package>, isVisible: Bool) async throws -> Package {
        try await session.change(.managePackages) { change in
            var package = try Self.find(id, in: change.store)
            guard package.isVisible != isVisible else { return package }
            package.isVisible = isVisible
            try change.audit(isVisible ? "package.show" : "package.hide", "package:\(id)", package.name)
            return try change.store.update(package)
        }
    }

    /// What a number of vouchers of a package cost together, its prices for larger quantities considered.
    public func price(of quantity: Int, _ id: Identifier<Package>) async throws -> Money {
        try await session.read(.viewPackages) { try Self.find(id, in: $0).price(of: quantity) }
    }

    /// Puts standard packages on the list at the prices given; those whose names are on it already are passed over.
    ///
    /// The same key and prices answer with the same packages.
    public func createStandard(
        _ prices: [StandardPackage: Money],
        routerProfile: String = "default",
        key: IdempotencyKey
    ) async throws -> [Package] {
        let chosen = StandardPackage.allCases.filter { prices[$0] != nil }
        guard !chosen.isEmpty else { throw BillingError.invalid("prices", "Give the price of one package at least.") }
        let list = chosen.map { "\($0.name) \(prices[$0]?.description ?? "")" }
        let request = ["package.create-standard", routerProfile] + list
        return try await session.change(.managePackages) { change in
            try change.once(key, request) { change in
                var made: [String] = []
                for standard in chosen {
                    guard let price = prices[standard], try change.store.package(named: standard.name) == nil else {
                        continue
                    }
                    let package = Package(
                        id: try change.identifier(),
                        tenant: change.tenant,
                        name: standard.name,
                        terms: try standard.terms(price: price, routerProfile: routerProfile),
                        createdAt: change.now
                    )
                    try change.store.insert(package)
                    try change.audit("package.create", "package:\(package.id)", package.name)
                    made.append(package.id.description)
                }
                return made.joined(separator: ",")
            } answer: { store, reference in
                let ids = reference.split(separator: ",").compactMap { Identifier<Package>(String($0)) }
                return try store.find(ids).sorted { $0.name < $1.name }
            }
        }
    }

    /// How well each package sells: what was generated, sold and used of it, and who is subscribed to it, the best seller
    /// first; a subscription counts as one sold.
    ///
    /// Vouchers and subscriptions count under the name that their package had when they were made.
    public func popularity() async throws -> [PackagePopularity] {
        try await session.read(.viewReports) { store in
            var found: [String: PackagePopularity] = [:]
            func count(_ name: StoreValue, _ body: (inout PackagePopularity) -> Void) throws {
                let name = try String(storeValue: name)
                body(&found[name, default: PackagePopularity(package: name)])
            }
            for sum in try store.sums(Query<Voucher>(), by: ["package_name", "commercial", "access"]) {
                let commercial = try CommercialState(storeValue: sum.group[1])
                let access = try AccessState(storeValue: sum.group[2])
                try count(sum.group[0]) { popularity in
                    popularity.generated += sum.count
                    if commercial == .sold { popularity.sold += sum.count }
                    if access == .active { popularity.inUse += sum.count }
                }
            }
            for sum in try store.sums(Query<Subscription>(), by: ["package_name", "state"]) {
                guard try !SubscriptionState(storeValue: sum.group[1]).isFinal else { continue }
                try count(sum.group[0]) { $0.subscriptions += sum.count }
            }
            let owned = Query(Voucher.Columns.customerID.isPresent)
            let owners = try store.sums(owned, by: ["package_name", "customer_id"])
            let subscribers = try store.sums(Query<Subscription>(), by: ["package_name", "customer"])
            for pair in Set((owners + subscribers).map(\.group)) { try count(pair[0]) { $0.customers += 1 } }
            return found.values.sorted {
                ($1.sold + $1.subscriptions, $1.generated, $0.package)
                    < ($0.sold + $0.subscriptions, $0.generated, $1.package)
            }
        }
    }
}
