public import BillingDomain

/// What was sold, as the books have it.
extension StoreReader {
    /// What was asked for a product in `start ≤ t < end`, taxes included and discounts taken off, by currency.
    ///
    /// *Tenant scope.* However it came into the books: over the counter, by a payment, from a balance, by an invoice.
    public func bookedSales(of product: PostingRecipe.Product, _ span: Range<Timestamp>) throws -> [Money] {
        var sums: [Currency: Int128] = [:]
        try forEachSale(of: product, span) { _, currency, units in sums[currency, default: 0] += units }
        return sums.sorted { $0.key.code < $1.key.code }
            .map { Money(minorUnits: Int64(clamping: $0.value), currency: $0.key) }
    }

    /// What was paid for more of vouchers that were sold before, in `start ≤ t < end`, by currency.
    public func extensionSales(_ span: Range<Timestamp>) throws -> [Money] {
        let paid = Query(
            Field<VoucherEntitlement, Int64?>("price").isPresent,
            Field<VoucherEntitlement, Timestamp>("created_at") >= span.lowerBound,
            Field<VoucherEntitlement, Timestamp>("created_at") < span.upperBound
        )
        return try sums(paid, of: ["price"], by: ["currency"]).map { sum in
            Money(minorUnits: Int64(clamping: sum.sums[0]), currency: try Currency(storeValue: sum.group[0]))
        }
    }

    /// What is owed to the holders of all vouchers that are sold, were never used and can still be, by currency.
    ///
    /// What lapsed unused was earned by that, and counts again only as far as it was extended for money since.
    public func owedToHolders() throws -> [Money] {
        let owed = Query(
            Voucher.Columns.commercial == .sold,
            Voucher.Columns.access != .expired,
            Field<Voucher, Timestamp?>("activated_at").isAbsent
        )
        let extensions = Field<Voucher, Int>("extension_count")
        let soldFor = Field<Voucher, Int64?>("sold_for")
        var sums: [Currency: Int128] = [:]
        for (condition, column) in [(soldFor.isAbsent, "price"), (soldFor.isPresent, "sold_for")] {
            let alike = owed.where(extensions == 0).where(condition)
            for sum in try self.sums(alike, of: [column, "sold_tax"], by: ["currency"]) {
                // Tax is owed to others.
                sums[try Currency(storeValue: sum.group[0]), default: 0] += sum.sums[0] - sum.sums[1]
            }
        }
        try forEach(owed.where(extensions > 0)) { voucher in
            var units = Int128(try voucher.saleAmounts().deferred.minorUnits)
            for record in try entitlements(of: voucher.id) {
                if record.previousAccess == .expired { units = 0 }
                guard let paid = record.paid else { continue }
                let entry = try paid.entry.flatMap { try ledgerEntry(key: $0) }
                let tax = entry?.postings.first { $0.account == .taxPayable }?.amount.minorUnits ?? 0
                units += Int128(paid.amount.minorUnits) + Int128(tax)
            }
            sums[voucher.paidPrice.currency, default: 0] += units
        }
        return sums.sorted { $0.key.code < $1.key.code }
            .map { Money(minorUnits: Int64(clamping: $0.value), currency: $0.key) }
    }

    /// Periods of subscriptions that were sold in `start ≤ t < end`, by seller, package and currency: paid for directly,
    /// from a balance, or invoiced.
    ///
    /// *Tenant scope.* What is invoiced for no subscription counts under the text of its lines.
    public func subscriptionSales(_ span: Range<Timestamp>) throws -> [SubscriptionSales] {
        let (sales, damage) = try readableSubscriptionSales(span)
        if let damage { throw damage }
        return sales
    }

    /// The same past records that cannot be read: the first error says why.
    ///
    /// *Tenant scope.* The books say how much it was. What cannot be read counts as `subscription:<id>`, under the text of an
    /// invoice's line or the cause of its entry, and as one period.
    public func readableSubscriptionSales(
        _ span: Range<Timestamp>
    ) throws -> (sales: [SubscriptionSales], damage: PersistenceError?) {
        var damage: PersistenceError?
        var sums: [SoldKind: (count: Int, units: Int128)] = [:]
        var sold: [(row: LedgerRow, currency: Currency, units: Int128)] = []
        func addUp() throws {
            let items = try soldItems(sold.map(\.row), &damage)
            for (row, currency, units) in sold {
                let parts = items[row.id] ?? [SoldItem.Part(SoldItem(name: row.cause), weight: 1)]
                let whole = Money(minorUnits: Int64(clamping: units), currency: currency)
                for (part, share) in zip(parts, try whole.allocate(by: parts.map(\.weight))) {
                    let kind = SoldKind(seller: row.actor, item: part.item, currency: currency)
                    let before = sums[kind] ?? (0, 0)
                    sums[kind] = (before.count + part.periods(for: share), before.units + Int128(share.minorUnits))
                }
            }
            sold.removeAll(keepingCapacity: true)
        }
        try forEachSale(of: .subscription, span) { row, currency, units in
            sold.append((row, currency, units))
            if sold.count == 500 { try addUp() }
        }
        try addUp()
        let sales = sums.map { kind, sum in
            SubscriptionSales(
                seller: kind.seller,
                package: kind.item.package,
                packageName: kind.item.name,
                count: sum.count,
                amount: Money(minorUnits: Int64(clamping: sum.units), currency: kind.currency)
            )
        }
        return (sales.sorted { $0.order.lexicographicallyPrecedes($1.order) }, damage)
    }

    /// Hands out the entries that put more on a product's accounts than they take off: recognition moves money between
    /// them, refunds take it off, and the reversal of an entry is no sale.
    private func forEachSale(
        of product: PostingRecipe.Product,
        _ span: Range<Timestamp>,
        _ body: (LedgerRow, Currency, Int128) throws -> Void
    ) throws {
        _ = try scope.requireTenant(for: "the ledger")
        let accounts: [(Account, Account?)] = [(product.deferred, nil), (product.revenue, product.deferred)]
        for (account, earlier) in accounts {
            let credits = Query(
                PostingRow.Columns.family == account.family,
                Self.amount < 0,
                PostingRow.Columns.at >= span.lowerBound,
                PostingRow.Columns.at < span.upperBound
            )
            var ids: [Identifier<LedgerRow>] = []
            var (instant, seen): (Timestamp?, Set<Identifier<LedgerRow>>) = (nil, [])
            try forEach(credits.sorted(by: PostingRow.Columns.at)) { posting in
                // The postings of an entry have one instant, and so may others.
                if posting.at != instant { (instant, seen) = (posting.at, []) }
                guard seen.insert(posting.entry).inserted else { return }
                ids.append(posting.entry)
                guard ids.count == 500 else { return }
                try handOut(ids, of: product, notCrediting: earlier, body)
                ids.removeAll(keepingCapacity: true)
            }
            try handOut(ids, of: product, notCrediting: earlier, body)
        }
    }

    /// Hands out those of some entries that are sales; those that put something on an account were handed out for it.
    ///
    /// Postings are asked for by their entry alone: a database that is also told the accounts may look through all that was
    /// ever booked on them.
    private func handOut(
        _ ids: [Identifier<LedgerRow>],
        of product: PostingRecipe.Product,
        notCrediting earlier: Account?,
        _ body: (LedgerRow, Currency, Int128) throws -> Void
    ) throws {
        guard !ids.isEmpty else { return }
        let postings = Query(PostingRow.Columns.entry.isOne(of: ids))
        var before: Set<Identifier<LedgerRow>> = []
        if let earlier {
            for sum in try sums(postings.where(Self.amount < 0), by: ["entry", "account"])
            where try Account(storeValue: sum.group[1]) == earlier {
                before.insert(try Identifier(storeValue: sum.group[0]))
            }
        }
        let parts: Set<Account> = [
            product.deferred, product.revenue, .breakageRevenue, .taxPayable, .discounts,
        ]
        var units: [Identifier<LedgerRow>: [Currency: Int128]] = [:]
        for sum in try sums(postings, of: ["amount"], by: ["entry", "account", "currency"]) {
            guard parts.contains(try Account(storeValue: sum.group[1])) else { continue }
            let (entry, currency) = (sum.group[0], try Currency(storeValue: sum.group[2]))
            units[try Identifier(storeValue: entry), default: [:]][currency, default: 0] += sum.sums[0]
        }
        let rows: [LedgerRow] = try find(ids.filter { !before.contains($0) })
        for row in rows where !row.cause.hasPrefix(LedgerEntry.reversalPrefix) {
            for (currency, sum) in (units[row.id] ?? [:]).sorted(by: { $0.key.code < $1.key.code }) where sum < 0 {
                try body(row, currency, -sum)
            }
        }
    }

    private static var amount: Field<PostingRow, Int64> { Field("amount") }

    /// What entries of the books have sold, by what their causes name, as far as that can be read.
    private func soldItems(
        _ rows: [LedgerRow],
        _ damage: inout PersistenceError?
    ) throws -> [Identifier<LedgerRow>: [SoldItem.Part]] {
        func readable<Record: StoredRecord>(_ ids: some Sequence<Identifier<Record>>) throws -> [Record] {
            let (records, fault): ([Record], PersistenceError?) = try self.readable(ids)
            damage = damage ?? fault
            return records
        }
        func named<Record>(_ word: String, _: Record.Type = Record.self) -> [Identifier<LedgerRow>: Identifier<Record>]
        {
            var found: [Identifier<LedgerRow>: Identifier<Record>] = [:]
            for row in rows where row.cause.hasPrefix(word) {
                found[row.id] = Identifier(String(row.cause.dropFirst(word.count).prefix { $0 != ":" }))
            }
            return found
        }
        var subscriptions = named("subscription:", Subscription.self)
        let payments = named("payment:", PaymentRow.self)
        let purposes = Dictionary(try readable(payments.values).map { ($0.id, $0.purpose) }) { first, _ in first }
        for (row, payment) in payments {
            if case .subscription(let id) = purposes[payment] { subscriptions[row] = id }
        }
        let invoices = named("invoice:", Invoice.self)
        let issued = Dictionary(try readable(invoices.values).map { ($0.id, $0) }) { first, _ in first }
        let lines = issued.values.flatMap(\.lines).compactMap(\.subscription)
        let found: [Subscription] = try readable(Set(subscriptions.values).union(lines))
        let items = Dictionary(found.map { ($0.id, SoldItem($0)) }) { first, _ in first }
        var sold: [Identifier<LedgerRow>: [SoldItem.Part]] = [:]
        for (row, id) in subscriptions {
            sold[row] = [SoldItem.Part(items[id] ?? SoldItem(name: "subscription:\(id)"), weight: 1)]
        }
        for (row, id) in invoices {
            let parts = try (issued[id]?.lines ?? []).map { line in
                let item = line.subscription.flatMap { items[$0] } ?? SoldItem(name: line.text)
                let price = try line.unitPrice * line.quantity
                let charged = try line.discount.map { try price - $0.reduction(of: price) } ?? price
                return SoldItem.Part(item, weight: charged.minorUnits)
            }
            if parts.contains(where: { $0.weight > 0 }) { sold[row] = parts }
        }
        return sold
    }
}

/// What sales are added up by.
private struct SoldKind: Hashable {
    let seller: BillingDomain.Actor
    let item: SoldItem
    let currency: Currency
}

/// What was sold: a subscription of a package, or what a line of an invoice says.
private struct SoldItem: Hashable {
    var package: Identifier<Package>?
    var name: String
    var price: Money?

    init(name: String) { self.name = name }

    init(_ subscription: Subscription) {
        package = subscription.package
        name = subscription.terms.packageName
        price = subscription.terms.price
    }

    /// An item with its share of an entry.
    struct Part {
        let item: SoldItem
        let weight: Int64

        /// The weight is what it is of the whole.
        init(_ item: SoldItem, weight: Int64) {
            self.item = item
            self.weight = weight
        }

        /// How many periods an amount pays for, at the price they have now; one at least.
        func periods(for amount: Money) -> Int {
            guard let price = item.price, price.currency == amount.currency, price.minorUnits > 0 else { return 1 }
            return Int(clamping: max(1, amount.minorUnits / price.minorUnits))
        }
    }
}

extension InvoiceLine {
    fileprivate var subscription: Identifier<Subscription>? {
        let word = "subscription:"
        return subject.flatMap { $0.hasPrefix(word) ? Identifier(String($0.dropFirst(word.count))) : nil }
    }
}
