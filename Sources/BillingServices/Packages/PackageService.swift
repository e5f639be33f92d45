public import BillingDomain
import BillingPersistence

/// The price list of one tenant.
public struct PackageService: Sendable {
    let session: BillingSession

    /// The packages on offer by name; with the archived ones if asked for.
    public func list(includingArchived: Bool = false) async throws -> [Package] {
        try await session.read(.viewPackages) { store in
            try store.packages().filter { includingArchived || !$0.isArchived }
        }
    }

    /// One package, archived or not.
    public func package(_ id: Identifier<Package>) async throws -> Package {
        try await session.read(.viewPackages) { try Self.find(id, in: $0) }
    }

    /// Puts a package on the list.
    ///
    /// The same key and draft answer with the same package.
    public func create(_ draft: PackageDraft, key: IdempotencyKey) async throws -> Package {
        try await session.change(.managePackages) { change in
            let draft = try draft.checked()
            return try change.once(key, ["package.create"] + draft.fingerprint) { change in
                try Self.requireFreeName(draft.name, except: nil, in: change.store)
                let package = Package(
                    id: try change.identifier(),
                    tenant: change.tenant,
                    name: draft.name,
                    kind: draft.kind,
                    description: draft.summary,
                    terms: draft.terms,
                    cost: draft.cost,
                    priceRules: draft.priceRules,
                    isVisible: draft.isVisible,
                    createdAt: change.now
                )
                try change.store.insert(package)
                try change.audit("package.create", "package:\(package.id)", package.name)
                return package.id.description
            } answer: { store, reference in
                guard let id = Identifier<Package>(reference) else { throw BillingError.notFound("package") }
                return try Self.find(id, in: store)
            }
        }
    }

    /// Changes a package.
    ///
    /// Vouchers already generated keep the terms they were made with.
    public func update(_ id: Identifier<Package>, _ draft: PackageDraft) async throws -> Package {
        try await session.change(.managePackages) { change in
            let draft = try draft.checked()
            var package = try Self.find(id, in: change.store)
            try Self.requireFreeName(draft.name, except: id, in: change.store)
            package.name = draft.name
            package.kind = draft.kind
            package.description = draft.summary
            package.priceRules = draft.priceRules
            package.isVisible = draft.isVisible
            package.terms = draft.terms
            package.cost = draft.cost ?? draft.terms.cost
            try change.audit("package.update", "package:\(id)", package.name)
            return try change.store.update(package)
        }
    }

    /// Takes a package off the list; archiving it again changes nothing.
    ///
    /// Its vouchers stay good.
    @discardableResult
    public func archive(_ id: Identifier<Package>) async throws -> Package {
        try await session.change(.managePackages) { change in
            var package = try Self.find(id, in: change.store)
            guard !package.isArchived else { return package }
            package.isArchived = true
            try change.audit("package.archive", "package:\(id)", package.name)
            return try change.store.update(package)
        }
    }
}

extension PackageService {
    static func find(_ id: Identifier<Package>, in store: any StoreReader) throws -> Package {
        guard let package = try store.package(id) else { throw BillingError.notFound("package", field: "package") }
        return package
    }

    private static func requireFreeName(
        _ name: String,
        except id: Identifier<Package>?,
        in store: any StoreReader
    ) throws {
        guard let other = try store.package(named: name), other.id != id else { return }
        throw BillingError(.duplicate, field: "name", "There is a package of this name. Choose another, or archive it.")
    }
}

extension PackageDraft {
    func checked() throws -> PackageDraft {
        var draft = self
        draft.name = try Input.name(name)
        guard draft.name.asciiUppercased != VoucherBatch.customPackageName else {
            throw BillingError.invalid("name", "This name stands for vouchers without a package. Choose another.")
        }
        if let cost {
            guard cost.currency == terms.price.currency, (0...VoucherTerms.maximumPrice).contains(cost.minorUnits)
            else {
                let highest = Money(minorUnits: VoucherTerms.maximumPrice, currency: terms.price.currency)
                throw BillingError.invalid(
                    "cost",
                    "A cost is in the currency of the price, not negative, and at most \(highest)."
                )
            }
        }
        guard summary.utf8.count <= 1_000, !summary.utf8.contains(0) else {
            throw BillingError.invalid("summary", "A description has at most 1000 bytes.")
        }
        guard priceRules.count <= 20, Set(priceRules.map(\.quantity)).count == priceRules.count else {
            throw BillingError.invalid("priceRules", "Give at most 20 price rules, one for each quantity.")
        }
        draft.priceRules = priceRules.sorted { $0.quantity < $1.quantity }
        return draft
    }

    var fingerprint: [String?] {
        [name, kind.rawValue, summary, cost?.description, priceRules.map(\.description).joined(separator: " ")]
            + [String(isVisible)] + terms.fingerprint
    }
}

extension VoucherTerms {
    /// Everything that tells two terms apart.
    var fingerprint: [String?] {
        [
            validity?.description, uptimeAllowance?.description, dataQuota.map { String($0.bytes) }, price.description,
            routerProfile, validityPeriod?.description, quotaEnd.description, rateLimit?.description,
            String(sharedUsers), String(locksToDevice), startRule.rawValue, expiryRule.action.description,
            expiryRule.delay.description, schedule?.description, deadlines.activateAfterCreation?.description,
            deadlines.activateAfterPurchase?.description, deadlines.useAfterActivation?.description, cost?.description,
        ]
    }
}
