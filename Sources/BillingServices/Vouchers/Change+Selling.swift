import BillingDomain
import BillingPersistence

extension Change {
    /// The days that this tenant's calendar periods follow.
    func calendar() throws -> any BusinessCalendar {
        guard let tenant = try store.tenant(tenant) else { return FixedOffsetCalendar.utc }
        return TenantCalendar(tenant)
    }

    /// Sells vouchers that are stored, and enters the sale in the books under its `cause`.
    @discardableResult
    mutating func sell(
        _ vouchers: [Voucher],
        _ options: SaleOptions,
        reference: String? = nil,
        cause: String
    ) throws -> [Voucher] {
        let sold = try sold(vouchers, options, reference: reference)
        let stored = try sold.map { try store.update($0) }
        try postSale(of: sold, paidBy: options.payment, seller: seller(options), cause: cause)
        // Where the sale starts the validity, the row on the router says its end.
        try converge(stored.filter { $0.terms.startRule == .onSale })
        return stored
    }

    /// The same vouchers sold, neither stored nor booked yet.
    func sold(_ vouchers: [Voucher], _ options: SaleOptions, reference: String? = nil) throws -> [Voucher] {
        let seller = try seller(options)
        let buyer = try options.customerID.map { try customer($0) }
        let account = try account(of: options.payment, seller: seller)
        let calendar = try calendar()
        let prices = try prices(of: vouchers, options)
        var sold: [Voucher] = []
        for (voucher, price) in zip(vouchers, prices) {
            var voucher = voucher
            try voucher.sell(
                at: now,
                by: seller,
                for: price,
                paidInto: account,
                reference: reference,
                calendar: calendar
            )
            if buyer != nil || options.customer != nil {
                try voucher.transfer(toCustomer: buyer?.id ?? voucher.customerID, name: options.customer ?? buyer?.name)
            }
            sold.append(voucher)
        }
        return try markingGrants(sold, options.payment)
    }

    /// Who sells: whoever acts, or the member of staff that was named.
    func seller(_ options: SaleOptions) throws -> Actor {
        guard let id = options.seller else { return actor }
        guard try store.staff(id) != nil else { throw BillingError.notFound("member of staff", field: "seller") }
        return .staff(id)
    }

    /// What each is sold for; `nil` for its own price.
    private func prices(of vouchers: [Voucher], _ options: SaleOptions) throws -> [Money?] {
        if let unitPrice = options.unitPrice {
            for voucher in vouchers {
                let list = voucher.terms.price
                guard unitPrice.currency == list.currency, (0...list.minorUnits).contains(unitPrice.minorUnits) else {
                    throw BillingError.invalid("unitPrice", "A lower price lies between nothing and \(list).")
                }
            }
            return vouchers.map { _ in unitPrice }
        }
        if options.usesBulkPrice { return try bulkPrices(of: vouchers) }
        return try vouchers.map { try price(of: $0, for: options.payment) }
    }

    /// What each is sold for at its package's prices for larger quantities, which count the vouchers of one package.
    private func bulkPrices(of vouchers: [Voucher]) throws -> [Money?] {
        let batches = Dictionary(try store.find(Set(vouchers.map(\.batch))).map { ($0.id, $0.package) }) { $1 }
        let packages = Dictionary(try store.find(Set(batches.values.compactMap { $0 })).map { ($0.id, $0) }) { $1 }
        var prices = [Money?](repeating: nil, count: vouchers.count)
        let places = Dictionary(grouping: vouchers.indices) { batches[vouchers[$0].batch] ?? nil }
        for (id, places) in places {
            guard let id, let package = packages[id] else { continue }
            // A voucher keeps its price where that is not the package's any more.
            let own = places.filter { vouchers[$0].terms.price == package.terms.price }
            guard !own.isEmpty else { continue }
            for (place, price) in zip(own, try package.unitPrices(of: own.count)) { prices[place] = price }
        }
        return prices
    }

    /// Marks those that the customer's granted credit pays for, so that they are never paid back in money.
    private func markingGrants(_ sold: [Voucher], _ payment: SalePayment) throws -> [Voucher] {
        guard case .balance(let id) = payment else { return sold }
        var granted: [Currency: Money] = [:]
        return try sold.map { voucher in
            let price = voucher.paidPrice
            let left =
                try granted[price.currency]
                ?? store.balance(of: .customerGrant(id), in: price.currency).negated()
            granted[price.currency] = try left - price
            guard left.minorUnits > 0 else { return voucher }
            return voucher.paid(into: .customerGrant(id))
        }
    }
}
