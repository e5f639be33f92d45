public import BillingDomain

/// The sums that reports are made of.
extension StoreReader {
    /// How many vouchers were generated, sold, first used and paid back in `start ≤ t < end`.
    public func voucherFlow(_ span: Range<Timestamp>) throws -> VoucherFlow {
        let batches = Query(
            VoucherBatch.Columns.createdAt >= span.lowerBound,
            VoucherBatch.Columns.createdAt < span.upperBound
        )
        let ordered = try sums(batches, of: ["quantity"]).first?.sums.first ?? 0
        return VoucherFlow(
            ordered: Int(clamping: ordered),
            generated: try count(Query(ReportFields.createdAt, in: span)),
            sold: try count(Query(ReportFields.soldAt, in: span)),
            firstUsed: try count(Query(ReportFields.activatedAt, in: span)),
            refunded: try count(Query(ReportFields.refundedAt, in: span))
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
        let postings = Query(PostingRow.Columns.at, in: span).where(.ofFamilies(families))
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

    /// What vouchers that were first used in `start ≤ t < end` have used since, by router and package.
    public func voucherUse(firstUsedIn span: Range<Timestamp>) throws -> [VoucherUse] {
        try sums(
            Query(ReportFields.activatedAt, in: span),
            of: ["uptime", "bytes_in", "bytes_out"],
            by: ["router", "package_name"]
        ).map { sum in
            VoucherUse(
                router: try Identifier(storeValue: sum.group[0]),
                packageName: try String(storeValue: sum.group[1]),
                vouchers: sum.count,
                uptime: .microseconds(Int64(clamping: sum.sums[0])),
                bytesIn: Int64(clamping: sum.sums[1]),
                bytesOut: Int64(clamping: sum.sums[2])
            )
        }
    }

    /// Active vouchers whose use ends in `start ≤ t < end`, the first to end first.
    public func vouchersExpiring(_ span: Range<Timestamp>, _ page: PageRequest) throws -> Page<Voucher> {
        try self.page(expiring(span).sorted(by: Voucher.Columns.expiresAt), page)
    }

    /// How many active vouchers end in `start ≤ t < end`.
    public func vouchersExpiringCount(_ span: Range<Timestamp>) throws -> Int { try count(expiring(span)) }

    private func expiring(_ span: Range<Timestamp>) -> Query<Voucher> {
        Query(
            Voucher.Columns.access == .active,
            Voucher.Columns.expiresAt >= span.lowerBound,
            Voucher.Columns.expiresAt < span.upperBound
        )
    }

    /// The price of all vouchers that are sold and were never used, by currency: what is owed to their holders.
    public func priceOfSoldUnused() throws -> [Money] {
        let owed = Query(Field<Voucher, CommercialState>("commercial") == .sold, ReportFields.activatedAt.isAbsent)
        return try sums(owed, of: ["price"], by: ["currency"]).map { sum in
            Money(minorUnits: Int64(clamping: sum.sums[0]), currency: try Currency(storeValue: sum.group[0]))
        }
    }

    /// What was paid for vouchers in `start ≤ t < end` as the books have it, by currency: read from the entries whose
    /// cause begins with `sale:`, some at a time.
    public func bookedSales(_ span: Range<Timestamp>) throws -> [Money] {
        let entries = Query(Field<LedgerRow, Timestamp>("at"), in: span)
            .where(Field<LedgerRow, String>("cause").begins(with: "sale:"))
            .sorted(by: Field<LedgerRow, Timestamp>("at"))
        let parts = Condition<PostingRow>.ofFamilies([
            "deferred-vouchers", "voucher-revenue", "tax-payable", "discounts", "rounding",
        ])
        var sales: [Currency: Int128] = [:]
        var ids: [Identifier<LedgerRow>] = []
        func addUp() throws {
            guard !ids.isEmpty else { return }
            let own = Query(PostingRow.Columns.entry.isOne(of: ids), parts)
            for sum in try sums(own, of: ["amount"], by: ["currency"]) {
                sales[try Currency(storeValue: sum.group[0]), default: 0] -= sum.sums[0]
            }
            ids.removeAll(keepingCapacity: true)
        }
        try forEach(entries) { entry in
            ids.append(entry.id)
            if ids.count == 500 { try addUp() }
        }
        try addUp()
        return sales.sorted { $0.key.code < $1.key.code }
            .map { Money(minorUnits: Int64(clamping: $0.value), currency: $0.key) }
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

extension Condition where Record == PostingRow {
    /// The postings to accounts of some families: the account of that very code, and those that it is divided into.
    static func ofFamilies(_ families: [String]) -> Self {
        Condition(
            .any(
                families.flatMap { family in
                    let code = PostingRow.Columns.accountCode
                    // As a range and not as a prefix, so that an index helps: `;` follows `:`.
                    return [(code == family).test, ((code >= family + ":") && (code < family + ";")).test]
                }
            )
        )
    }
}

extension Query {
    /// The records whose instant lies in a span.
    fileprivate init(_ field: Field<Record, Timestamp>, in span: Range<Timestamp>) {
        self.init(field >= span.lowerBound, field < span.upperBound)
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
