public import BillingDomain

/// The sums that reports are made of.
extension StoreReader {
    /// How many vouchers, of some routers if given, were generated, sold, first used and paid back in `start ≤ t < end`.
    public func voucherFlow(
        _ span: Range<Timestamp>,
        routers: Set<Identifier<Router>>? = nil
    ) throws -> VoucherFlow {
        let batches = Query(VoucherBatch.Columns.createdAt, in: span).at(routers, by: VoucherBatch.Columns.router)
        func count(_ field: Field<Voucher, Timestamp?>) throws -> Int {
            try self.count(Query(field, in: span).at(routers, by: Voucher.Columns.router))
        }
        let generated = Query(ReportFields.createdAt, in: span).at(routers, by: Voucher.Columns.router)
        let ordered = try sums(batches, of: ["quantity"]).first?.sums.first ?? 0
        return VoucherFlow(
            ordered: Int(clamping: ordered),
            generated: try self.count(generated),
            sold: try count(ReportFields.soldAt),
            firstUsed: try count(ReportFields.activatedAt),
            refunded: try count(ReportFields.refundedAt)
        )
    }

    /// What was sold in `start ≤ t < end`, by seller, batch and currency: the money is what was paid.
    ///
    /// A sum that does not fit 64 bits is cut, as ``RevenueFigures`` says.
    public func voucherSales(_ span: Range<Timestamp>) throws -> [VoucherSales] {
        let sold = Query(ReportFields.soldAt, in: span)
        let groups = ["sold_by", "batch", "package_name", "currency"]
        let usual = try sums(sold.where(ReportFields.soldFor.isAbsent), of: ["price"], by: groups)
        let other = try sums(sold.where(ReportFields.soldFor.isPresent), of: ["sold_for"], by: groups)
        var all: [[StoreValue]: (count: Int, sum: Int128)] = [:]
        for group in usual + other {
            let before = all[group.group] ?? (0, 0)
            all[group.group] = (before.count + group.count, before.sum + (group.sums.first ?? 0))
        }
        return try all.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { group, sum in
            let currency = try Currency(storeValue: group[3])
            return VoucherSales(
                seller: try BillingDomain.Actor?(storeValue: group[0]),
                batch: try Identifier(storeValue: group[1]),
                packageName: try String(storeValue: group[2]),
                count: sum.count,
                amount: Money(minorUnits: Int64(clamping: sum.sum), currency: currency)
            )
        }
    }

    /// What came into and went out of the accounts of some families in `start ≤ t < end`, by account and currency.
    ///
    /// *Tenant scope.*
    public func accountFlows(_ span: Range<Timestamp>, families: [String]) throws -> [AccountFlow] {
        _ = try scope.requireTenant(for: "the ledger")
        let postings = Query(PostingRow.Columns.at, in: span).where(PostingRow.Columns.family.isOne(of: families))
        var flows: [[StoreValue]: (debits: Int128, credits: Int128)] = [:]
        let amount = Field<PostingRow, Int64>("amount")
        for (condition, isDebit) in [(amount > 0, true), (amount < 0, false)] {
            for sum in try sums(postings.where(condition), of: ["amount"], by: ["account", "currency"]) {
                let units = sum.sums.first ?? 0
                if isDebit {
                    flows[sum.group, default: (0, 0)].debits += units
                } else {
                    flows[sum.group, default: (0, 0)].credits -= units
                }
            }
        }
        return try flows.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { group, flow in
            let currency = try Currency(storeValue: group[1])
            return AccountFlow(
                account: try Account(storeValue: group[0]),
                debits: Money(minorUnits: Int64(clamping: flow.debits), currency: currency),
                credits: Money(minorUnits: Int64(clamping: flow.credits), currency: currency)
            )
        }
    }

    /// Active vouchers, of some routers if given, whose use ends in `start ≤ t < end`, the first to end first.
    public func vouchersExpiring(
        _ span: Range<Timestamp>,
        routers: Set<Identifier<Router>>? = nil,
        _ page: PageRequest
    ) throws -> Page<Voucher> {
        try self.page(expiring(span, routers).sorted(by: Voucher.Columns.expiresAt), page)
    }

    /// How many active vouchers, of some routers if given, end in `start ≤ t < end`.
    public func vouchersExpiringCount(
        _ span: Range<Timestamp>,
        routers: Set<Identifier<Router>>? = nil
    ) throws -> Int {
        try count(expiring(span, routers))
    }

    private func expiring(_ span: Range<Timestamp>, _ routers: Set<Identifier<Router>>?) -> Query<Voucher> {
        Query(Voucher.Columns.expiresAt, in: span).where(Voucher.Columns.access == .active)
            .at(routers, by: Voucher.Columns.router)
    }

    /// What all postings to an account before an instant come to, by currency.
    ///
    /// *Tenant scope.*
    public func balances(of account: Account, before instant: Timestamp) throws -> [Money] {
        _ = try scope.requireTenant(for: "the ledger")
        let postings = Query(PostingRow.Columns.account == account, PostingRow.Columns.at < instant)
        return try sums(postings, of: ["amount"], by: ["currency"]).map { sum in
            Money(minorUnits: Int64(clamping: sum.sums[0]), currency: try Currency(storeValue: sum.group[0]))
        }
    }
}

extension Query {
    /// The records whose instant lies in a span.
    fileprivate init(_ field: Field<Record, Timestamp>, in span: Range<Timestamp>) {
        self.init(field >= span.lowerBound, field < span.upperBound)
    }

    /// Those of some routers; all of them if none are given.
    func at(_ routers: Set<Identifier<Router>>?, by field: Field<Record, Identifier<Router>>) -> Query {
        routers.map { self.where(field.isOne(of: $0)) } ?? self
    }

    /// The records that have an instant, and one that lies in a span.
    fileprivate init(_ field: Field<Record, Timestamp?>, in span: Range<Timestamp>) {
        self.init(field >= span.lowerBound, field < span.upperBound)
    }
}

/// The columns of vouchers that reports add up by.
private enum ReportFields {
    static let createdAt = Field<Voucher, Timestamp>("created_at")
    static let soldAt = Field<Voucher, Timestamp?>("sold_at")
    static let soldFor = Field<Voucher, Int64?>("sold_for")
    static let activatedAt = Field<Voucher, Timestamp?>("activated_at")
    static let refundedAt = Field<Voucher, Timestamp?>("refunded_at")
}
