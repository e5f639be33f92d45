public import BillingDomain

/// Money that is to be taken.
public struct PaymentDraft: Hashable, Sendable {
    /// The customer who pays; needed for everything but a voucher.
    public var customer: Identifier<Customer>?
    /// How it is paid.
    public var method: PaymentMethod
    /// What it pays for, before a fee of the payer's.
    public var price: Money
    /// What it is for.
    public var purpose: PaymentPurpose

    /// A draft of the given parts.
    public init(customer: Identifier<Customer>?, method: PaymentMethod, price: Money, purpose: PaymentPurpose) {
        self.customer = customer
        self.method = method
        self.price = price
        self.purpose = purpose
    }

    var fingerprint: [String?] {
        [customer?.description, method.description, price.description, purpose.description]
    }
}
