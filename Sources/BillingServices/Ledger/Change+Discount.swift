import BillingDomain
import BillingPersistence

/// The largest discount that staff may grant.
extension Change {
    /// Refuses a price below what the tenant's limit on discounts leaves of the list price.
    func requireDiscountWithinLimit(of vouchers: [Voucher], at unitPrice: Money) throws {
        for list in Set(vouchers.map(\.terms.price)) { try require(list - unitPrice, ofList: list, "unitPrice") }
    }

    /// Refuses an invoice whose discounts, on its lines and on the whole together, are more than that leaves.
    func requireDiscountWithinLimit(of invoice: Invoice) throws {
        try require(invoice.totals.discount, ofList: invoice.totals.subtotal, "discount")
    }

    private func require(_ discount: Money, ofList list: Money, _ field: String) throws {
        guard list.minorUnits > 0 else { return }
        let limit = Percentage(basisPoints: try store.settings()[.discountLimit])
        guard Int128(discount.minorUnits) * 10_000 <= Int128(list.minorUnits) * Int128(limit.basisPoints) else {
            throw BillingError.invalid(field, "A discount is at most \(limit) of \(list).")
        }
    }
}
