/// What a gateway is asked to collect.
public struct PaymentIntent: Hashable, Sendable {
    /// The payment it will settle.
    public let payment: Identifier<Payment>

    /// What to collect, the payer's fee included.
    public let amount: Money

    /// What the payer may see and quote; never a voucher's code.
    public let publicReference: String

    /// What it is for, in words for the payer.
    public let text: String

    /// The telephone number or address of the payer, where the gateway needs one.
    public let payer: ContactPoint?

    /// When the payer may no longer pay.
    public let expiresAt: Timestamp?

    /// Creates an intent.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for an amount that is not above zero.
    public init(
        payment: Identifier<Payment>,
        amount: Money,
        publicReference: String,
        text: String,
        payer: ContactPoint? = nil,
        expiresAt: Timestamp? = nil
    ) throws(DomainError) {
        guard amount.minorUnits > 0 else {
            throw DomainError(.invalidValue, field: "amount", "What is collected lies above zero.")
        }
        self.payment = payment
        self.amount = amount
        self.publicReference = publicReference
        self.text = text
        self.payer = payer
        self.expiresAt = expiresAt
    }
}
