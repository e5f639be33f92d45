public import BillingDomain
public import BillingPersistence

/// The vouchers of one tenant.
public struct VoucherService: Sendable {
    let session: BillingSession

    /// Generates vouchers of a package for a router, at once and in one transaction; the router follows by itself.
    ///
    /// `quantity` is 1…10 000. `codePrefix`, up to 38 letters, digits and `-`, begins every code. `sold` sells them for
    /// cash at the same time. The same key and request answer with the same batch; the same key with another request
    /// is a ``BillingError/Code/conflict``.
    public func generate(
        _ quantity: Int,
        of package: Identifier<Package>,
        on router: Identifier<Router>,
        codePrefix: String? = nil,
        sold: Bool = false,
        key: IdempotencyKey
    ) async throws -> GeneratedBatch {
        try await generate(
            VoucherOrder(.package(package), quantity, router, codePrefix: codePrefix, sold: sold),
            key: key
        )
    }

    /// Generates vouchers of terms that are on no price list, which takes ``Permission/managePackages`` too.
    ///
    /// As ``generate(_:of:on:codePrefix:sold:key:)`` otherwise.
    public func generate(
        _ quantity: Int,
        terms: VoucherTerms,
        on router: Identifier<Router>,
        codePrefix: String? = nil,
        sold: Bool = false,
        key: IdempotencyKey
    ) async throws -> GeneratedBatch {
        try await generate(VoucherOrder(.terms(terms), quantity, router, codePrefix: codePrefix, sold: sold), key: key)
    }

    /// Generates vouchers of a profile, which is the name of a package or `CUSTOM`.
    ///
    /// `inline` must agree with the package in whatever it gives: a limit that does not is refused and named. With
    /// `CUSTOM`, which takes ``Permission/managePackages`` too, it must give a price and at least one limit. As
    /// ``generate(_:of:on:codePrefix:sold:key:)`` otherwise.
    public func generate(
        _ quantity: Int,
        profile: String,
        inline: InlineTerms = InlineTerms(),
        on router: Identifier<Router>,
        codePrefix: String? = nil,
        sold: Bool = false,
        key: IdempotencyKey
    ) async throws -> GeneratedBatch {
        try await generate(
            VoucherOrder(.profile(profile, inline), quantity, router, codePrefix: codePrefix, sold: sold),
            key: key
        )
    }

    /// The vouchers that meet a filter, newest first.
    public func list(
        _ filter: VoucherFilter = VoucherFilter(),
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<Voucher> {
        try await session.read(.viewVouchers) { try $0.vouchers(filter, page) }
    }

    /// One voucher by its code, in any case.
    public func voucher(code: String) async throws -> Voucher {
        try await session.read(.viewVouchers) { try Self.find(code, in: $0) }
    }

    /// A batch with its vouchers by code, as it is printed.
    public func batch(_ id: Identifier<VoucherBatch>) async throws -> GeneratedBatch {
        try await session.read(.viewVouchers) { try GeneratedBatch(id, in: $0) }
    }

    /// Batches, newest first.
    public func batches(_ page: PageRequest = PageRequest()) async throws -> Page<VoucherBatch> {
        try await session.read(.viewVouchers) { try $0.batches(page) }
    }

    /// How far a batch has come on its way to the router.
    public func progress(batch id: Identifier<VoucherBatch>) async throws -> BatchProgress {
        try await session.read(.viewVouchers) { store in
            guard try store.batch(id) != nil else { throw BillingError.notFound("batch", field: "batch") }
            return BatchProgress(try store.voucherCounts(batch: id))
        }
    }

    /// Sells for cash what is left of a batch; disabled vouchers are passed over.
    ///
    /// Throws ``BillingError/Code/conflict`` when nothing is left. The same key answers with the same sale.
    public func sell(batch id: Identifier<VoucherBatch>, key: IdempotencyKey) async throws -> Sale {
        try await sell(key, ["voucher.sell-batch", id.description]) { store in
            let left = try GeneratedBatch(id, in: store).vouchers.filter { voucher in
                voucher.commercial == .generated && voucher.access != .disabled && voucher.access != .revoked
            }
            guard !left.isEmpty else {
                throw BillingError(
                    .conflict,
                    field: "batch",
                    "Every voucher of this batch is sold or withdrawn already."
                )
            }
            return left
        }
    }

    /// Sells vouchers for cash by their codes: all of them or none.
    ///
    /// Throws ``BillingError/Code/conflict`` when one is sold or withdrawn already. The same key answers with the same
    /// sale.
    public func sell(codes: [String], key: IdempotencyKey) async throws -> Sale {
        let codes = Set(codes.map(Voucher.uniqueKey)).sorted()
        guard (1...PageRequest.maximumSize).contains(codes.count) else {
            throw BillingError.invalid("codes", "Give 1 to \(PageRequest.maximumSize) codes.")
        }
        return try await sell(key, ["voucher.sell-codes"] + codes) { store in
            try codes.map { try Self.find($0, in: store) }
        }
    }

    /// Switches a voucher off; what remains of it is kept, and a validity already begun runs on.
    public func disable(code: String) async throws -> Voucher {
        try await move(code, "voucher.disable") { voucher, _ in try voucher.disable() }
    }

    /// Switches a disabled voucher on again; one whose validity ran out meanwhile ends instead.
    public func enable(code: String) async throws -> Voucher {
        try await move(code, "voucher.enable") { voucher, now in
            try voucher.enable()
            try voucher.endIfDue(at: now)
        }
    }
}

extension VoucherService {
    static func find(_ code: String, in store: any StoreReader) throws -> Voucher {
        guard let voucher = try store.voucher(code: code) else { throw BillingError.notFound("voucher", field: "code") }
        return voucher
    }

    private func move(
        _ code: String,
        _ action: String,
        _ body: @escaping @Sendable (inout Voucher, Timestamp) throws -> Void
    ) async throws -> Voucher {
        try await session.change(.disableVouchers) { change in
            var voucher = try Self.find(code, in: change.store)
            try body(&voucher, change.now)
            try change.audit(action, "voucher:\(voucher.id)", voucher.code)
            try change.converge([voucher])
            return try Self.find(code, in: change.store)
        }
    }

    private func sell(
        _ key: IdempotencyKey,
        _ request: [String?],
        _ choose: @escaping @Sendable (any StoreReader) throws -> [Voucher]
    ) async throws -> Sale {
        try await session.change(.sellVouchers) { change in
            try change.once(key, request) { change in
                let chosen = try choose(change.store)
                let sale = try change.identifier(of: Sale.self)
                try change.sell(chosen, cause: "sale:\(sale)", key: "sale:\(sale)")
                try change.audit("voucher.sell", "sale:\(sale)", "\(chosen.count) vouchers")
                return chosen.map(\.id.description).joined(separator: ",")
            } answer: { store, reference in
                let ids = reference.split(separator: ",").compactMap { Identifier<Voucher>(String($0)) }
                return try Sale(of: store.vouchers(ids: ids))
            }
        }
    }
}

extension Sale {
    init(of vouchers: [Voucher]) throws {
        var totals: [Currency: Money] = [:]
        for price in vouchers.map(\.terms.price) {
            totals[price.currency] = try (totals[price.currency] ?? .zero(price.currency)) + price
        }
        self.vouchers = vouchers.sorted { $0.code < $1.code }
        self.totals = totals.values.sorted { $0.currency.code < $1.currency.code }
    }
}
