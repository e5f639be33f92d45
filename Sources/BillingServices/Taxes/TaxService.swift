public import BillingDomain
import BillingPersistence

/// The taxes that a tenant charges on what it sells.
///
/// Whether prices include them is the setting ``BillingDomain/SettingKey/pricesIncludeTax``.
public struct TaxService: Sendable {
    let session: BillingSession

    /// The taxes in force, oldest first; those that have ended too if wanted.
    public func list(includingEnded: Bool = false) async throws -> [Tax] {
        try await session.read(.viewInvoices) { store in
            includingEnded
                ? try store.records(Query<Tax>().sorted(by: Tax.Columns.createdAt)) : try store.taxesInForce()
        }
    }

    /// Enters a tax that is charged from now on; of a name there is one at a time.
    ///
    /// `products` is what it is charged on by itself; it can be none of them. The same key and request answer with the
    /// same tax.
    public func add(
        _ rate: TaxRate,
        on products: Set<PostingRecipe.Product>,
        key: IdempotencyKey
    ) async throws -> Tax {
        let words = products.map(\.rawValue).sorted()
        return try await session.change(.manageTaxes) { change in
            try change.once(key, ["tax.add", rate.name, rate.rate.description] + words) { change in
                try Self.requireFree(rate.name, in: change.store)
                let tax = Tax(
                    id: try change.identifier(),
                    tenant: change.tenant,
                    rate: rate,
                    products: products,
                    createdAt: change.now
                )
                try change.store.insert(tax)
                try change.audit("tax.add", "tax:\(tax.id)", after: tax.text)
                return tax.id.description
            } answer: { store, reference in
                guard let id = Identifier<Tax>(reference) else { throw BillingError.notFound("tax") }
                return try store.require(id, "tax")
            }
        }
    }

    /// Charges another rate, or on other things, from now on; what was sold keeps the tax of its day.
    public func update(
        _ id: Identifier<Tax>,
        _ rate: TaxRate,
        on products: Set<PostingRecipe.Product>
    ) async throws -> Tax {
        try await change(id, "tax.update") { change, tax in
            if rate.name.asciiUppercased != tax.rate.name.asciiUppercased {
                try Self.requireFree(rate.name, in: change.store)
            }
            try tax.change(to: rate, on: products)
        }
    }

    /// Charges a tax no more.
    public func end(_ id: Identifier<Tax>) async throws -> Tax {
        try await change(id, "tax.end") { change, tax in try tax.end(at: change.now) }
    }

    private func change(
        _ id: Identifier<Tax>,
        _ action: String,
        _ body: @escaping @Sendable (Change, inout Tax) throws -> Void
    ) async throws -> Tax {
        try await session.change(.manageTaxes) { change in
            var tax = try change.store.require(id, "tax", locked: true)
            let before = tax.text
            try body(change, &tax)
            try change.audit(action, "tax:\(id)", before: before, after: tax.text)
            return try change.store.update(tax)
        }
    }

    private static func requireFree(_ name: String, in store: any StoreReader) throws {
        guard try !store.taxesInForce().contains(where: { $0.rate.name.asciiUppercased == name.asciiUppercased }) else {
            throw BillingError(.duplicate, field: "name", "There is a tax of this name. Change that instead.")
        }
    }
}

extension Tax {
    fileprivate var text: String {
        ([rate.name, rate.rate.description] + products.map(\.rawValue).sorted()).joined(separator: " ")
    }
}
