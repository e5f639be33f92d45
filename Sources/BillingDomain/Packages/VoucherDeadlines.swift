/// The times by which a voucher must be begun and ended, apart from its validity; `nil` for none.
public struct VoucherDeadlines: Hashable, Sendable {
    /// How long after its creation a voucher in stock may be sold and first used.
    public let activateAfterCreation: Duration?

    /// How long after its sale a voucher may first be used; where given, it takes the place of the first from the sale on.
    public let activateAfterPurchase: Duration?

    /// How long after the first login use ends at the latest, whatever the validity.
    public let useAfterActivation: Duration?

    /// Creates deadlines; ``VoucherTerms`` checks them.
    public init(
        activateAfterCreation: Duration? = nil,
        activateAfterPurchase: Duration? = nil,
        useAfterActivation: Duration? = nil
    ) {
        self.activateAfterCreation = activateAfterCreation
        self.activateAfterPurchase = activateAfterPurchase
        self.useAfterActivation = useAfterActivation
    }

    /// No deadlines.
    public static let none = VoucherDeadlines()
}
