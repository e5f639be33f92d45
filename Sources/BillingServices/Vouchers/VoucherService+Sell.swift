public import BillingDomain
import BillingPersistence

extension VoucherService {
    /// Sells of a batch whatever can be sold now.
    ///
    /// What is in stock and cannot be sold stays there and is named in ``Sale/leftOut``, as the stock is by then. Throws
    /// ``BillingError/Code/conflict`` when nothing can be sold. The same key answers with the same sale.
    public func sell(
        batch id: Identifier<VoucherBatch>,
        options: SaleOptions = SaleOptions(),
        key: IdempotencyKey
    ) async throws -> Sale {
        try await sell(key, ["voucher.sell-batch", id.description], options) { change in
            let sellable = try change.reachableVouchers(of: id).filter { $0.canBeSold(at: change.now) }
            guard !sellable.isEmpty else {
                throw BillingError(.conflict, field: "batch", "No voucher of this batch can be sold now.")
            }
            return sellable
        } leavingOut: { store in
            let inStock = Voucher.Columns.commercial.isOne(of: [CommercialState.generated, .reserved])
            return try store.records(Query(Voucher.Columns.batch == id, inStock))
        }
    }

    /// Sells vouchers by their codes: all of them or none.
    ///
    /// Throws ``BillingError/Code/conflict``, which says which one, when one cannot be sold now. The same key answers with
    /// the same sale.
    public func sell(
        codes: [String],
        options: SaleOptions = SaleOptions(),
        key: IdempotencyKey
    ) async throws -> Sale {
        let codes = try Self.checked(codes)
        return try await sell(key, ["voucher.sell-codes"] + codes, options) { change in
            try codes.map { try Self.find($0, in: change.store) }
        }
    }

    /// Keeps vouchers of a package back for a payment under way, the oldest in stock first; all of them or none.
    ///
    /// - Parameters:
    ///   - quantity: How many, 1…10 000.
    ///   - package: The package.
    ///   - router: The router they are for.
    ///   - reference: The payment or order, 1 to 200 bytes.
    ///   - time: How long; the tenant's own where it is left out, 30 days at most.
    ///   - key: The caller's name for this request.
    /// - Returns: The vouchers by code.
    /// - Throws: ``BillingError/Code/conflict`` when fewer are in stock.
    public func reserve(
        _ quantity: Int = 1,
        of package: Identifier<Package>,
        on router: Identifier<Router>,
        for reference: String,
        lasting time: Duration? = nil,
        key: IdempotencyKey
    ) async throws -> [Voucher] {
        let quantity = try Input.quantity(quantity, most: PageRequest.maximumSize)
        let request = [String(quantity), package.description, router.description]
        return try await reserve(key, request, reference, time) { change in
            _ = try PackageService.find(package, in: change.store)
            _ = try change.reachableRouter(router)
            let stock = try change.stock(quantity, of: package, on: router)
            guard stock.count == quantity else {
                throw BillingError(
                    .conflict,
                    field: "quantity",
                    "Only \(stock.count) of this package are in stock. Generate more."
                )
            }
            return stock
        }
    }

    /// Keeps vouchers back for a payment under way by their codes; all of them or none.
    ///
    /// As ``reserve(_:of:on:for:lasting:key:)`` otherwise; the same reference may prolong its own.
    public func reserve(
        codes: [String],
        for reference: String,
        lasting time: Duration? = nil,
        key: IdempotencyKey
    ) async throws -> [Voucher] {
        let codes = try Self.checked(codes)
        return try await reserve(key, codes, reference, time) { change in
            try codes.map { try change.reachableVoucher($0) }
        }
    }

    /// Sells everything that is kept back for a payment, once it has come.
    ///
    /// Throws ``BillingError/Code/notFound`` when nothing is: sell by code then, if the vouchers are still in stock.
    public func sell(
        reservedFor reference: String,
        options: SaleOptions = SaleOptions(),
        key: IdempotencyKey
    ) async throws -> Sale {
        try await sell(key, ["voucher.sell-reserved", reference], options, reference: reference) { change in
            try Self.reserved(reference, in: change.store)
        }
    }

    /// Puts everything that is kept back for a payment back in stock; says how many that is.
    @discardableResult
    public func release(reservedFor reference: String) async throws -> Int {
        try await session.change(.sellVouchers) { change in
            let vouchers = try Self.reserved(reference, in: change.store)
            try change.requireReach(of: vouchers)
            try change.release(vouchers)
            return vouchers.count
        }
    }
}

extension VoucherService {
    static func checked(_ codes: [String]) throws -> [String] {
        let codes = Set(codes.map(Voucher.uniqueKey)).sorted()
        guard (1...PageRequest.maximumSize).contains(codes.count) else {
            throw BillingError.invalid("codes", "Give 1 to \(PageRequest.maximumSize) codes.")
        }
        return codes
    }

    static func reserved(_ reference: String, in store: any StoreReader) throws -> [Voucher] {
        let vouchers = try store.records(
            Query(Voucher.Columns.reservedFor == reference, Voucher.Columns.commercial == .reserved)
        )
        guard !vouchers.isEmpty else { throw BillingError.notFound("reservation", field: "reference") }
        return vouchers
    }

    private func sell(
        _ key: IdempotencyKey,
        _ request: [String?],
        _ options: SaleOptions,
        reference: String? = nil,
        _ choose: @escaping @Sendable (Change) throws -> [Voucher],
        leavingOut: @escaping @Sendable (any StoreReader) throws -> [Voucher] = { _ in [] }
    ) async throws -> Sale {
        for permission in options.furtherPermissions {
            try session.authorise(permission)
        }
        return try await session.change(.sellVouchers) { change in
            let options = try options.checked()
            return try change.once(key, request + options.fingerprint) { change in
                let chosen = try choose(change)
                try change.requireReach(of: chosen)
                let sale = "sale:\(try change.identifier(of: Sale.self))"
                try change.sell(chosen, options, reference: reference, entry: sale)
                try change.audit("voucher.sell", sale, "\(chosen.count) vouchers")
                return sale
            } answer: { store, sale in
                try Sale(named: sale, leftOut: leavingOut(store), in: store)
            }
        }
    }

    private func reserve(
        _ key: IdempotencyKey,
        _ request: [String?],
        _ reference: String,
        _ time: Duration?,
        _ choose: @escaping @Sendable (inout Change) throws -> [Voucher]
    ) async throws -> [Voucher] {
        let reference = try Input.reference(reference, field: "reference")
        if let time, time <= .zero || time > .seconds(30 * 86_400) {
            throw BillingError.invalid("lasting", "A reservation lasts up to 30 days.")
        }
        return try await session.change(.sellVouchers) { change in
            try change.once(key, ["voucher.reserve", reference, time?.description] + request) { change in
                let time = try time ?? .seconds(change.store.settings()[.reservationTime])
                let chosen = try choose(&change)
                try change.requireReach(of: chosen)
                for var voucher in chosen {
                    try voucher.reserve(for: reference, until: change.now + time, at: change.now)
                    try change.store.update(voucher)
                }
                try change.audit("voucher.reserve", "reservation:\(reference)", "\(chosen.count) vouchers")
                return Self.list(chosen)
            } answer: { store, list in
                try Self.vouchers(list, in: store).sorted { $0.code < $1.code }
            }
        }
    }

    private static func list(_ vouchers: [Voucher]) -> String {
        vouchers.map(\.id.description).joined(separator: ",")
    }

    private static func vouchers(_ list: String, in store: any StoreReader) throws -> [Voucher] {
        try store.vouchers(ids: list.split(separator: ",").compactMap { Identifier<Voucher>(String($0)) })
    }
}

extension Change {
    /// Up to `quantity` vouchers of a package that can be sold now, the oldest first.
    fileprivate func stock(
        _ quantity: Int,
        of package: Identifier<Package>,
        on router: Identifier<Router>
    ) throws -> [Voucher] {
        let (commercial, deadline) = (Voucher.Columns.commercial, Voucher.Columns.nextDeadline)
        let free = Query(
            commercial == .generated || commercial == .reserved && Voucher.Columns.reservedUntil <= now,
            deadline.isAbsent || deadline > now
        )
        .where(Voucher.Columns.router == router).where(Voucher.Columns.access == .unused)
        let batches = Query(VoucherBatch.Columns.package == package).sorted(by: VoucherBatch.Columns.createdAt)
        var stock: [Voucher] = []
        var place: PageCursor?
        repeat {
            let page = try store.page(batches, PageRequest(after: place, size: 500))
            stock += try store.records(
                free.where(Voucher.Columns.batch.isOne(of: page.items.map(\.id)))
                    .sorted(by: Voucher.Columns.createdAt).first(quantity - stock.count)
            )
            place = page.next
        } while place != nil && stock.count < quantity
        return stock
    }

    /// Puts reserved vouchers back in stock.
    func release(_ vouchers: [Voucher]) throws {
        for var voucher in vouchers {
            let reference = voucher.reservedFor ?? ""
            try voucher.release()
            try store.update(voucher)
            try audit("voucher.release", "voucher:\(voucher.id)", reference)
        }
    }
}
