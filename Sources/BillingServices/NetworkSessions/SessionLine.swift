public import BillingDomain

/// A session on a router, with whose it is.
public struct SessionLine: Hashable, Sendable {
    /// The session.
    public let session: NetworkSession
    /// The user name it was opened with; the code of a voucher only for those with ``Permission/viewVouchers``.
    public let username: String?
    /// The customer, where one is known.
    public let customer: Identifier<Customer>?
}
