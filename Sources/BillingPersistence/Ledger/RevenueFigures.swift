public import BillingDomain

/// Three different numbers that are all called revenue, of one currency and one period.
///
/// A sum that does not fit in 64 bits of minor units is given as the nearest that does, and said to be cut by
/// ``isCut(_:)``.
public struct RevenueFigures: Hashable, Sendable, Codable {
    /// The price of every voucher generated in the period, sold or not, and what subscriptions and invoices charged in it
    /// without tax, less what was taken back of that.
    public let expected: Money

    /// The net of what came into cash, the safe, banks and gateways, fees that gateways kept included; what the owner put
    /// in or took out does not count.
    public let received: Money

    /// What was credited to revenue because vouchers were used or ran out unused, and time passed that subscriptions and
    /// invoices had charged.
    public let earned: Money

    /// Creates figures of one currency.
    public init(expected: Money, received: Money, earned: Money) {
        self.expected = expected
        self.received = received
        self.earned = earned
    }

    /// The currency of all three.
    public var currency: Currency { expected.currency }

    /// Whether a figure stands at the end of what fits, so that the true sum lies beyond it.
    public static func isCut(_ figure: Money) -> Bool {
        figure.minorUnits == .max || figure.minorUnits == .min
    }
}
