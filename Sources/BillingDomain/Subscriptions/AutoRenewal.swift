/// What may be done about a subscription whose paid time ends.
public enum AutoRenewal: Hashable, Sendable {
    /// It is not renewed by itself: the customer pays first.
    case off
    /// The prepaid balance covers the price, which may be debited.
    case affordable(Money)
    /// The prepaid balance is short of the price by this much.
    case short(Money)
}
