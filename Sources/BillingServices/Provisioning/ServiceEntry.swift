public import BillingDomain

/// A service account with what its row on a router takes from other records.
///
/// Descriptions and dumps leave the password out.
public struct ServiceEntry: Hashable, Sendable {
    /// The account.
    public let account: ServiceAccount
    /// The number of the customer who uses it.
    public let customerNumber: String
    /// Until when it is paid for; `nil` where nothing was paid.
    public let paidThrough: Timestamp?
    /// The terms of its package, where it has one.
    public let terms: VoucherTerms?
    /// The password in clear; `nil` where the stored one cannot be opened.
    ///
    /// Keep it no longer than the writing needs it.
    public let password: String?

    package init(
        account: ServiceAccount,
        customerNumber: String,
        paidThrough: Timestamp? = nil,
        terms: VoucherTerms? = nil,
        password: String?
    ) {
        self.account = account
        self.customerNumber = customerNumber
        self.paidThrough = paidThrough
        self.terms = terms
        self.password = password
    }
}

extension ServiceEntry: CustomStringConvertible, CustomReflectable {
    /// The user name, never the password.
    public var description: String { "ServiceEntry(\(account.username))" }
    /// The account without its password.
    public var customMirror: Mirror { Mirror(self, children: ["username": account.username]) }
}
