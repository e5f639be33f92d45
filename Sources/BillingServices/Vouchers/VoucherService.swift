public import BillingDomain
public import BillingPersistence

/// The vouchers of one tenant.
public struct VoucherService: Sendable {
    let session: BillingSession

    /// Generates vouchers of a package for a router, at once and in one transaction; the router follows by itself.
    ///
    /// `quantity` is 1…100 000. `codePrefix`, letters, digits and `-`, begins every code; the tenant's own where it is
    /// left out. `sold` sells them at the same time. Codes too short for so many are refused. The same key and request
    /// answer with the same batch; the same key with another request is a ``BillingError/Code/conflict``.
    public func generate(
        _ quantity: Int,
        of package: Identifier<Package>,
        on router: Identifier<Router>,
        codePrefix: String? = nil,
        sold: Bool = false,
        options: GenerationOptions = GenerationOptions(),
        key: IdempotencyKey
    ) async throws -> GeneratedBatch {
        try await generate(
            VoucherOrder(.package(package), quantity, router, codePrefix: codePrefix, sold: sold, options: options),
            key: key
        )
    }

    /// Generates vouchers of terms that are on no price list, which takes ``Permission/managePackages`` too.
    ///
    /// As ``generate(_:of:on:codePrefix:sold:options:key:)`` otherwise.
    public func generate(
        _ quantity: Int,
        terms: VoucherTerms,
        on router: Identifier<Router>,
        codePrefix: String? = nil,
        sold: Bool = false,
        options: GenerationOptions = GenerationOptions(),
        key: IdempotencyKey
    ) async throws -> GeneratedBatch {
        try await generate(
            VoucherOrder(.terms(terms), quantity, router, codePrefix: codePrefix, sold: sold, options: options),
            key: key
        )
    }

    /// Generates vouchers of a profile, which is the name of a package or `CUSTOM`.
    ///
    /// `inline` must agree with the package in whatever it gives: a limit that does not is refused and named. With
    /// `CUSTOM`, which takes ``Permission/managePackages`` too, it must give a price and at least one limit. As
    /// ``generate(_:of:on:codePrefix:sold:options:key:)`` otherwise.
    public func generate(
        _ quantity: Int,
        profile: String,
        inline: InlineTerms = InlineTerms(),
        on router: Identifier<Router>,
        codePrefix: String? = nil,
        sold: Bool = false,
        options: GenerationOptions = GenerationOptions(),
        key: IdempotencyKey
    ) async throws -> GeneratedBatch {
        try await generate(
            VoucherOrder(
                .profile(profile, inline),
                quantity,
                router,
                codePrefix: codePrefix,
                sold: sold,
                options: options
            ),
            key: key
        )
    }

    /// The vouchers of routers within reach that meet a filter, newest first; those whose code or customer begins with a
    /// text, in that order.
    public func list(
        _ filter: VoucherFilter = VoucherFilter(),
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<Voucher> {
        let assignment = session.assignment
        return try await session.read(.viewVouchers) { try $0.vouchers(filter.within(assignment, in: $0), page) }
    }

    /// One voucher by its code, in any case.
    public func voucher(code: String) async throws -> Voucher {
        let assignment = session.assignment
        return try await session.read(.viewVouchers) { try assignment.voucher(code, in: $0) }
    }

    /// A batch with its vouchers by code, as it is printed.
    public func batch(_ id: Identifier<VoucherBatch>) async throws -> GeneratedBatch {
        let assignment = session.assignment
        return try await session.read(.viewVouchers) { store in
            _ = try assignment.batch(id, in: store)
            let batch = try GeneratedBatch(id, in: store)
            // Some of them may have been moved to another router since.
            try assignment.require(Set(batch.vouchers.map(\.router)), in: store)
            return batch
        }
    }

    /// The batches for routers within reach that meet a filter, newest first.
    public func batches(
        _ filter: BatchFilter = BatchFilter(),
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<VoucherBatch> {
        let assignment = session.assignment
        return try await session.read(.viewVouchers) { try $0.batches(filter.within(assignment, in: $0), page) }
    }

    /// How far a batch has come on its way to the router.
    public func progress(batch id: Identifier<VoucherBatch>) async throws -> BatchProgress {
        let assignment = session.assignment
        return try await session.read(.viewVouchers) { store in
            _ = try assignment.batch(id, in: store)
            return BatchProgress(try store.voucherCounts(batch: id))
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
            let before = try change.reachableVoucher(code)
            var voucher = before
            try body(&voucher, change.now)
            try change.audit(action, "voucher:\(voucher.id)", voucher.maskedCode)
            try change.converge([voucher])
            try change.settleEnd(of: voucher, before: before)
            return try change.reachableVoucher(code)
        }
    }

    /// Does something to one voucher once, and gives the voucher as it is now.
    func once(
        _ permission: Permission,
        _ key: IdempotencyKey,
        _ request: [String?],
        _ code: String,
        _ body: @escaping @Sendable (inout Change, Voucher) throws -> Void
    ) async throws -> Voucher {
        try await session.change(permission) { change in
            try change.once(key, request) { change in
                let voucher = try change.reachableVoucher(code)
                try body(&change, voucher)
                return voucher.id.description
            } answer: { store, reference in
                guard let id = Identifier<Voucher>(reference), let voucher = try store.voucher(id) else {
                    throw BillingError.notFound("voucher")
                }
                return voucher
            }
        }
    }
}
