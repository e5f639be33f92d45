import BillingDomain
import BillingPersistence

extension VoucherService {
    /// The one use case behind every `generate`.
    func generate(_ order: VoucherOrder, key: IdempotencyKey) async throws -> GeneratedBatch {
        for permission in order.furtherPermissions {
            try session.authorise(permission)
        }
        return try await session.change(.generateVouchers) { change in
            let quantity = try Input.quantity(order.quantity)
            let prefix = try Input.codePrefix(order.codePrefix)
            return try change.once(key, order.fingerprint) { change in
                let (terms, package) = try order.terms(in: change.store)
                let router = try RouterService.find(order.router, in: change.store)
                let batch = VoucherBatch(
                    id: try change.identifier(),
                    tenant: change.tenant,
                    package: package?.id,
                    packageName: package?.name ?? VoucherBatch.customPackageName,
                    terms: terms,
                    quantity: quantity,
                    router: router.id,
                    codePrefix: prefix,
                    createdBy: change.actor,
                    createdAt: change.now
                )
                try change.store.insert(batch)
                try change.fill(batch, sold: order.sold)
                return batch.id.description
            } answer: { store, reference in
                guard let id = Identifier<VoucherBatch>(reference) else { throw BillingError.notFound("batch") }
                return try GeneratedBatch(id, in: store)
            }
        }
    }
}

extension Change {
    /// Makes the vouchers of a batch, sells them if asked to, and asks for their rows on the router.
    fileprivate mutating func fill(_ batch: VoucherBatch, sold: Bool) throws {
        let codes = try environment.codes(batch.quantity, VoucherCodeStyle(prefix: batch.codePrefix))
        let vouchers = try codes.map { code in
            var voucher = Voucher(
                id: try identifier(),
                tenant: tenant,
                batch: batch.id,
                code: code,
                router: batch.router,
                packageName: batch.packageName,
                terms: batch.terms,
                createdAt: now
            )
            try voucher.issue()
            if sold {
                try voucher.sell(at: now, by: actor)
            }
            return voucher
        }
        try store.insert(vouchers: vouchers)
        if sold {
            try postSale(of: vouchers, cause: "sale:batch:\(batch.id)", key: "sale:batch:\(batch.id)")
        }
        try enqueue(vouchers)
        let manner = sold ? "sold" : "in stock"
        try audit(
            "voucher.generate",
            "batch:\(batch.id)",
            "\(batch.quantity) × \(batch.packageName) at \(batch.terms.price), \(manner)"
        )
    }
}
