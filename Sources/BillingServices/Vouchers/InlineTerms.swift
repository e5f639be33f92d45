public import BillingDomain

/// Limits and a price typed beside a profile's name.
///
/// Beside the name of a package they only confirm it: one that says otherwise is refused, so that nobody mistypes a
/// package. Beside `CUSTOM` they are the terms.
public struct InlineTerms: Hashable, Sendable {
    /// The validity from the first login.
    public var validity: Duration?
    /// The most bytes, both directions together.
    public var dataQuota: ByteQuota?
    /// The price of one voucher.
    public var price: Money?
    /// The user profile on the router.
    public var routerProfile: String?

    /// Terms of which any may be left out.
    public init(
        validity: Duration? = nil,
        dataQuota: ByteQuota? = nil,
        price: Money? = nil,
        routerProfile: String? = nil
    ) {
        self.validity = validity
        self.dataQuota = dataQuota
        self.price = price
        self.routerProfile = routerProfile
    }
}
