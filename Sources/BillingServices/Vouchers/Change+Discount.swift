import BillingDomain

extension Change {
    /// Refuses a price below what the tenant's limit on discounts leaves of the list price.
    func requireDiscountWithinLimit(of vouchers: [Voucher], at unitPrice: Money) throws {
        let limit = Percentage(basisPoints: try settings()[.discountLimit])
        for list in Set(vouchers.map(\.terms.price)) where list.minorUnits > 0 {
            let discount = Int128(list.minorUnits) - Int128(unitPrice.minorUnits)
            guard discount * 10_000 <= Int128(list.minorUnits) * Int128(limit.basisPoints) else {
                throw BillingError.invalid("unitPrice", "A discount is at most \(limit) of \(list).")
            }
        }
    }
}
