public import BillingDomain
import BillingPersistence

extension VoucherService {
    /// Generates vouchers of a package and sells them in one step, as over the counter.
    ///
    /// As ``generate(_:of:on:codePrefix:sold:options:key:)`` with `sold`; the sale is in `options`.
    public func quickSale(
        _ quantity: Int = 1,
        of package: Identifier<Package>,
        on router: Identifier<Router>,
        options: GenerationOptions = GenerationOptions(),
        key: IdempotencyKey
    ) async throws -> GeneratedBatch {
        try await generate(
            VoucherOrder(.package(package), quantity, router, codePrefix: nil, sold: true, options: options),
            key: key
        )
    }

    /// The one use case behind every `generate`.
    func generate(_ order: VoucherOrder, key: IdempotencyKey) async throws -> GeneratedBatch {
        for permission in order.furtherPermissions {
            try session.authorise(permission)
        }
        return try await session.change(.generateVouchers) { change in
            let quantity = try Input.quantity(order.quantity)
            var options = order.options
            options.sale = try options.sale.checked()
            if let recipient = options.recipient {
                options.recipient = try Input.reference(recipient, field: "recipient")
                _ = try Input.quantity(quantity, most: 100)
            }
            return try change.once(key, order.fingerprint) { [options] change in
                var (terms, package) = try order.terms(in: change.store)
                if let startRule = options.startRule { terms = terms.starting(startRule) }
                if let end = options.activateBy { terms = try terms.begun(by: end, madeAt: change.now) }
                let router = try change.reachableRouter(order.router)
                let style = try change.codeStyle(options.codeStyle, prefix: order.codePrefix)
                try style.requireStrength(generating: quantity, inStock: change.store.count(Query<Voucher>()))
                let batch = VoucherBatch(
                    id: try change.identifier(),
                    tenant: change.tenant,
                    package: package?.id,
                    packageName: package?.name ?? VoucherBatch.customPackageName,
                    terms: terms,
                    quantity: quantity,
                    router: router.id,
                    codeStyle: style,
                    activateBy: options.activateBy,
                    createdBy: change.actor,
                    createdAt: change.now
                )
                try change.store.insert(batch)
                try change.fill(batch, sold: order.sold, options)
                return batch.id.description
            } answer: { store, reference in
                guard let id = Identifier<VoucherBatch>(reference) else { throw BillingError.notFound("batch") }
                return try GeneratedBatch(id, in: store)
            }
        }
    }
}

extension Change {
    /// The style that was asked for, or the tenant's own, with another prefix if one is given.
    fileprivate func codeStyle(_ style: VoucherCodeStyle?, prefix: String?) throws -> VoucherCodeStyle {
        let settings = try store.settings()
        return try VoucherCodeStyle(
            alphabet: style?.alphabet ?? .unambiguous,
            length: style?.length ?? Int(settings[.voucherLength]),
            prefix: prefix ?? style?.prefix ?? settings[.voucherPrefix],
            hasCheckSymbol: style?.hasCheckSymbol ?? false
        )
    }

    /// Codes that no voucher of this tenant has.
    fileprivate func freeCodes(_ count: Int, _ style: VoucherCodeStyle) throws -> [String] {
        var free: Set<String> = []
        var rounds = 0
        while free.count < count {
            rounds += 1
            guard rounds <= 100 else {
                throw BillingError(
                    .conflict,
                    field: "codeLength",
                    "Nearly all codes of this style are taken. Use longer codes."
                )
            }
            let drawn = try environment.codes(count - free.count, style)
            let keys = drawn.map(Voucher.uniqueKey(of:))
            var taken: Set<String> = []
            for start in stride(from: 0, to: keys.count, by: 500) {
                let some = keys[start..<min(start + 500, keys.count)]
                taken.formUnion(
                    try store.records(Query(Voucher.Columns.codeKey.isOne(of: some))).map {
                        Voucher.uniqueKey(of: $0.code)
                    }
                )
            }
            for (code, key) in zip(drawn, keys) where !taken.contains(key) { free.insert(code) }
        }
        return free.sorted()
    }

    /// Makes the vouchers of a batch, sells them if asked to, and asks for their rows on the router.
    fileprivate mutating func fill(_ batch: VoucherBatch, sold: Bool, _ options: GenerationOptions) throws {
        let calendar = try calendar()
        let buyer = try options.sale.customerID.map { try customer($0) }
        var vouchers = try freeCodes(batch.quantity, batch.codeStyle).map { code in
            var voucher = Voucher(
                id: try identifier(),
                tenant: tenant,
                batch: batch.id,
                code: code,
                password: options.hasPasswords ? try password() : nil,
                router: batch.router,
                package: batch.package,
                packageName: batch.packageName,
                terms: batch.terms,
                customer: options.sale.customer ?? buyer?.name,
                customerID: buyer?.id,
                createdAt: now
            )
            try voucher.issue(in: calendar)
            return voucher
        }
        if sold {
            vouchers = try sell(vouchers, options.sale, entry: "sale:batch:\(batch.id)") { store, sold in
                try store.insert(vouchers: sold)
                return sold
            }
        } else {
            try store.insert(vouchers: vouchers)
        }
        try enqueue(new: vouchers)
        if let recipient = options.recipient {
            for voucher in vouchers { try send(voucher, to: recipient, dedupe: "made") }
        }
        let manner = sold ? "sold" : "in stock"
        try audit(
            "voucher.generate",
            "batch:\(batch.id)",
            "\(batch.quantity) × \(batch.packageName) at \(batch.terms.price), \(manner)"
        )
    }

    private func password() throws -> VoucherPassword {
        try VoucherPassword(String(decoding: environment.symbols(8), as: UTF8.self))
    }
}
