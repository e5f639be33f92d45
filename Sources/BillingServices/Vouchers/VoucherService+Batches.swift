public import BillingDomain
import BillingPersistence

/// What is done to all vouchers of a batch, a page of them in each transaction.
///
/// What was interrupted is done by doing it again: the pages that were done stay, and are not done twice.
extension VoucherService {
    /// How many vouchers one transaction takes.
    static let pageSize = 1_000

    /// Switches off every voucher of a batch that is unused or in use; says how many that is.
    ///
    /// As ``disable(code:)`` for each. Doing it again changes nothing.
    public func disable(batch id: Identifier<VoucherBatch>) async throws -> Int {
        try await move(id, "batch.disable") { voucher, _ in
            guard voucher.access == .unused || voucher.access == .active else { return false }
            try voucher.disable()
            return true
        }
    }

    /// Switches on every voucher of a batch that is switched off; says how many that is.
    ///
    /// As ``enable(code:)`` for each. Doing it again changes nothing.
    public func enable(batch id: Identifier<VoucherBatch>) async throws -> Int {
        try await move(id, "batch.enable") { voucher, now in
            guard voucher.access == .disabled else { return false }
            try voucher.enable()
            try voucher.endIfDue(at: now)
            return true
        }
    }

    /// Withdraws what is left of a batch for good, as when its sheets were lost or misprinted; says how many that is.
    ///
    /// Only what is in stock is withdrawn: whoever bought one keeps it, and one that is kept back for a payment stays.
    /// The same key answers with the same number.
    ///
    /// - Parameters:
    ///   - id: The batch.
    ///   - reason: Why, 1 to 200 bytes.
    ///   - key: The caller's name for this request.
    /// - Returns: How many were withdrawn.
    /// - Throws: ``BillingError/Code/conflict`` when none is left.
    public func withdraw(batch id: Identifier<VoucherBatch>, reason: String, key: IdempotencyKey) async throws -> Int {
        let reason = try Input.reference(reason, field: "reason")
        var (total, number) = (0, 1)
        while true {
            let page = key.page(number)
            let count = try await session.change(.writeOffVouchers) { [total, number] change in
                try change.once(page, ["batch.withdraw", id.description, reason]) { change in
                    let stock = Query(Voucher.Columns.batch == id, Voucher.Columns.commercial == .generated)
                    let vouchers = try change.store.records(stock.first(Self.pageSize))
                    try change.requireReach(of: vouchers, of: stock, in: id, isFirst: number == 1)
                    let count = try change.withdraw(vouchers)
                    guard count + total > 0 else {
                        throw BillingError(
                            .conflict,
                            field: "batch",
                            "Every voucher of this batch is sold or withdrawn already."
                        )
                    }
                    try change.audit("batch.withdraw", "batch:\(id)", "\(count) vouchers: \(reason)")
                    return String(count)
                } answer: { _, count in
                    Int(count) ?? 0
                }
            }
            (total, number) = (total + count, number + 1)
            guard count == Self.pageSize else { return total }
        }
    }

    /// Does the same to every voucher of a batch that it is for.
    private func move(
        _ id: Identifier<VoucherBatch>,
        _ action: String,
        _ body: @escaping @Sendable (inout Voucher, Timestamp) throws -> Bool
    ) async throws -> Int {
        var (total, place): (Int, PageCursor?) = (0, nil)
        repeat {
            let (count, next) = try await session.change(.disableVouchers) { [place] change in
                let request = PageRequest(after: place, size: Self.pageSize)
                let order = Query(Voucher.Columns.batch == id).sorted(by: Voucher.Columns.createdAt)
                let page = try change.store.page(order, request)
                try change.requireReach(of: page.items, of: order, in: id, isFirst: place == nil)
                var changed: [Voucher] = []
                for before in page.items {
                    var voucher = before
                    guard try body(&voucher, change.now) else { continue }
                    try change.settleEnd(of: voucher, before: before)
                    changed.append(voucher)
                }
                if !changed.isEmpty {
                    try change.converge(changed)
                    try change.audit(action, "batch:\(id)", "\(changed.count) vouchers")
                }
                return (changed.count, page.next)
            }
            (total, place) = (total + count, next)
        } while place != nil
        return total
    }
}

extension Change {
    /// Refuses a page of vouchers of a batch of which any is out of reach; before the first page any of the whole batch, so
    /// that no work on it stops half-way.
    fileprivate func requireReach(
        of page: [Voucher],
        of all: Query<Voucher>,
        in id: Identifier<VoucherBatch>,
        isFirst: Bool
    ) throws {
        guard try store.batch(id) != nil else { throw BillingError.notFound("batch", field: "batch") }
        guard !assignment.isEverywhere else { return }
        guard isFirst else { return try requireReach(of: page) }
        let routers = try store.sums(all, by: ["router"]).map { try Identifier<Router>(storeValue: $0.group[0]) }
        try assignment.require(Set(routers), in: store)
    }

    /// The vouchers of a batch that is within reach.
    func reachableVouchers(of id: Identifier<VoucherBatch>) throws -> [Voucher] {
        let vouchers = try GeneratedBatch(id, in: store).vouchers
        try requireReach(of: vouchers)
        return vouchers
    }

    /// Withdraws vouchers in stock for good; how many.
    fileprivate mutating func withdraw(_ stock: [Voucher]) throws -> Int {
        let withdrawn = try stock.map { voucher in
            var voucher = voucher
            if !voucher.access.isFinal { try voucher.revoke(at: now) }
            try voucher.writeOff()
            return voucher
        }
        try converge(withdrawn)
        return withdrawn.count
    }
}
