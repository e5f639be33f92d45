import BillingDomain

/// A sale of vouchers: who sells to whom, and what it is paid into or from.
struct VoucherSale {
    /// Names it: the cause and the key of its entry in the books, and what its vouchers say they were sold in.
    let entry: String
    /// How it is paid.
    let method: PaymentMethod
    /// What it is paid into or from.
    let account: Account
    /// Who sells.
    let seller: Actor
    /// Whose the vouchers are from now on, if anybody's.
    var buyer: Customer?
    /// The name of the buyer, where it is another than the customer's or no customer is known.
    var buyerName: String?
    /// The payment or order that vouchers may be kept back for.
    var reference: String?
    /// What was asked for each, where that was said before the sale.
    var quoted: TaxedPrice?
}
