import BillingDomain
import BillingPersistence

/// The one way to sell vouchers, whether over the counter, as they are generated, or by a payment that has come.
extension Change {
    /// Sells vouchers that are stored, and enters the sale in the books.
    @discardableResult
    mutating func sell(
        _ vouchers: [Voucher],
        _ options: SaleOptions,
        reference: String? = nil,
        entry: String
    ) throws -> [Voucher] {
        let stored = try sell(vouchers, options, reference: reference, entry: entry) { store, sold in
            try sold.map { try store.update($0) }
        }
        // Where the sale starts the validity, the row on the router says its end; for the others somebody waits now.
        try converge(stored.filter { $0.terms.startRule == .onSale })
        try store.makeUrgent(stored.filter { $0.terms.startRule != .onSale }.map(\.id))
        return stored
    }

    /// Sells vouchers as a seller's options say, stores them by `storing`, and enters the sale in the books.
    func sell(
        _ vouchers: [Voucher],
        _ options: SaleOptions,
        reference: String? = nil,
        entry: String,
        storing: (any StoreTransaction, [Voucher]) throws -> [Voucher]
    ) throws -> [Voucher] {
        guard let currency = vouchers.first?.terms.price.currency,
            vouchers.allSatisfy({ $0.terms.price.currency == currency })
        else { throw BillingError.invalid("codes", "A sale is in one currency. Sell those of another by themselves.") }
        let seller = try seller(options)
        let buyer = try options.customerID.map { try customer($0) }
        let sale = VoucherSale(
            entry: entry,
            method: options.method,
            account: try account(of: options.method, in: currency, for: buyer?.id, by: seller),
            seller: seller,
            buyer: buyer,
            buyerName: options.customer,
            reference: reference
        )
        let (sold, credits) = try sell(vouchers, at: prices(of: vouchers, options, account: sale.account), in: sale)
        let stored = try storing(store, sold)
        let total = try Money.sum(sold.map(\.paidPrice), in: currency)
        try book(entry, key: entry, pay(total, by: sale.method, of: buyer?.id, into: sale.account) + credits)
        return stored
    }

    /// Sells vouchers, to be stored and booked by the caller.
    ///
    /// - Parameters:
    ///   - vouchers: The vouchers, of one currency.
    ///   - prices: What each is sold for; `nil` for its own price.
    ///   - sale: The sale.
    /// - Returns: The vouchers as they are sold, and the side of the sale's entry that says what is owed for them, or
    ///   earned by what was used before its sale was entered.
    /// - Throws: ``BillingError`` where one cannot be sold, or its buyer's balance is too low.
    func sell(
        _ vouchers: [Voucher],
        at prices: [Money?],
        in sale: VoucherSale
    ) throws -> (sold: [Voucher], credits: [Posting]) {
        let calendar = try calendar()
        let quoted = sale.quoted.map { [TaxedPrice](repeating: $0, count: vouchers.count) }
        let quotes = try quoted ?? quotes(for: vouchers, at: prices)
        guard let currency = quotes.first?.asked.currency else { return ([], []) }
        let total = try Money.sum(quotes.map(\.asked), in: currency)
        var granted = try grantedPart(of: total, by: sale.method, of: sale.buyer?.id)
        var sold: [Voucher] = []
        for (voucher, quote) in zip(vouchers, quotes) {
            var voucher = voucher
            let amount = quote.asked
            let share = try Money.smaller(amount, granted)
            granted = try granted - share
            try voucher.sell(
                at: now,
                by: sale.seller,
                for: amount,
                tax: quote.tax,
                paidInto: sale.account,
                granted: share,
                entry: sale.entry,
                reference: sale.reference,
                calendar: calendar
            )
            // What is over belongs to whom it belonged to.
            if !voucher.access.isFinal, sale.buyer != nil || sale.buyerName != nil {
                let name = sale.buyerName ?? sale.buyer?.name
                try voucher.transfer(toCustomer: sale.buyer?.id ?? voucher.customerID, name: name)
            }
            sold.append(voucher)
        }
        try accrueCommission(onSaleOf: sold, in: sale)
        return (sold, try credits(for: sold, paidInto: sale.account))
    }

    /// What is asked for each, and the tax in that.
    private func quotes(for vouchers: [Voucher], at prices: [Money?]) throws -> [TaxedPrice] {
        let taxes = try store.taxes(on: .voucher)
        // Of a hundred thousand vouchers most have one price.
        var known: [Money: TaxedPrice] = [:]
        return try zip(vouchers, prices).map { voucher, price in
            let price = price ?? voucher.terms.price
            let quote = try known[price] ?? taxes.on(price)
            known[price] = quote
            return quote
        }
    }

    /// The paying side of an entry: a balance is drawn on, what was granted first; anything else is paid into.
    func pay(
        _ amount: Money,
        by method: PaymentMethod,
        of customer: Identifier<Customer>?,
        into account: Account
    ) throws -> [Posting] {
        guard method == .balance, let customer, !amount.isZero else { return [.debit(account, amount)] }
        return try spend(amount, of: customer)
    }

    /// How much of an amount would be paid with what the customer was granted.
    func grantedPart(
        of amount: Money,
        by method: PaymentMethod,
        of customer: Identifier<Customer>?
    ) throws -> Money {
        guard method == .balance, let customer, !amount.isZero else { return .zero(amount.currency) }
        var wallet = try store.wallet(of: customer, in: amount.currency)
        return try wallet.spend(amount).granted
    }

    /// Who sells: whoever acts, or the member of staff that was named.
    private func seller(_ options: SaleOptions) throws -> Actor {
        guard let id = options.seller else { return actor }
        guard try store.staff(id) != nil else { throw BillingError.notFound("member of staff", field: "seller") }
        return .staff(id)
    }

    /// What is owed for sold vouchers, in one sum; what was used before is earned.
    private func credits(for sold: [Voucher], paidInto account: Account) throws -> [Posting] {
        try [true, false].flatMap { isUsed in
            let kind = sold.filter { ($0.activatedAt != nil) == isUsed }
            return try SaleAmounts.totals(of: kind.map { try $0.saleAmounts() }).flatMap {
                try PostingRecipe.sale($0, paidInto: account, isUsed: isUsed)
            }
        }
        .filter { $0.account != account }
    }
}

extension Change {
    /// The days that this tenant's calendar periods follow.
    func calendar() throws -> any BusinessCalendar {
        guard let tenant = try store.tenant(tenant) else { return FixedOffsetCalendar.utc }
        return TenantCalendar(tenant)
    }

    /// The package of each batch that vouchers are of; none of those with terms of their own.
    func packages(of vouchers: [Voucher]) throws -> [Identifier<VoucherBatch>: Identifier<Package>] {
        var packages: [Identifier<VoucherBatch>: Identifier<Package>] = [:]
        for batch in try store.find(Set(vouchers.map(\.batch))) { packages[batch.id] = batch.package }
        return packages
    }

    /// What each is sold for; `nil` for its own price.
    private func prices(of vouchers: [Voucher], _ options: SaleOptions, account: Account) throws -> [Money?] {
        if let unitPrice = options.unitPrice {
            for voucher in vouchers {
                let list = voucher.terms.price
                guard unitPrice.currency == list.currency, (0...list.minorUnits).contains(unitPrice.minorUnits) else {
                    throw BillingError.invalid("unitPrice", "A lower price lies between nothing and \(list).")
                }
            }
            try requireDiscountWithinLimit(of: vouchers, at: unitPrice)
            // Coins make what is asked, with the tax that comes on top.
            if options.method == .cash {
                try requireCoins(for: store.taxes(on: .voucher).on(unitPrice).asked, field: "unitPrice")
            }
            return vouchers.map { _ in unitPrice }
        }
        if options.usesBulkPrice { return try bulkPrices(of: vouchers) }
        // Agents who pay in advance buy at cost, where it is known: the margin is theirs.
        return account.family == "agent-credit" ? vouchers.map(\.terms.cost) : vouchers.map { _ in nil }
    }

    /// What each is sold for at its package's prices for larger quantities, which count the vouchers of one package.
    private func bulkPrices(of vouchers: [Voucher]) throws -> [Money?] {
        let batches = try packages(of: vouchers)
        let packages = Dictionary(try store.find(Set(batches.values)).map { ($0.id, $0) }) { $1 }
        var prices = [Money?](repeating: nil, count: vouchers.count)
        let places = Dictionary(grouping: vouchers.indices) { batches[vouchers[$0].batch] }
        for (id, places) in places {
            guard let id, let package = packages[id] else { continue }
            // A voucher keeps its price where that is not the package's any more.
            let own = places.filter { vouchers[$0].terms.price == package.terms.price }
            guard !own.isEmpty else { continue }
            for (place, price) in zip(own, try package.unitPrices(of: own.count)) { prices[place] = price }
        }
        return prices
    }
}
