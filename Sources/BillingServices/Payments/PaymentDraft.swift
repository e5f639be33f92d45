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
    /// Whom a voucher's credentials are sent to once it is paid, such as `phone:+256700000001`; the customer where it is
    /// left out.
    public var recipient: String?

    /// A draft of the given parts.
    public init(
        customer: Identifier<Customer>?,
        method: PaymentMethod,
        price: Money,
        purpose: PaymentPurpose,
        recipient: String? = nil
    ) {
        self.customer = customer
        self.method = method
        self.price = price
        self.purpose = purpose
        self.recipient = recipient
    }

    var fingerprint: [String?] {
        [customer?.description, method.description, price.description, purpose.description, recipient]
    }
}
