public import BillingDomain

/// What a customer had and has: services, subscriptions, and the latest vouchers, payments, invoices and messages.
public struct CustomerHistory: Hashable, Sendable {
    /// The customer.
    public let customer: Customer
    /// Their user names on routers, oldest first, deleted ones too.
    public let serviceAccounts: [ServiceAccount]
    /// Their subscriptions, newest first, ended ones too.
    public let subscriptions: [Subscription]
    /// Their latest 100 payments, newest first.
    public let payments: [Payment]
    /// Their latest 100 invoices, newest first.
    public let invoices: [Invoice]
    /// What they paid in or were given and have not spent, by currency.
    public let balances: [WalletBalance]
    /// What they owe, by currency.
    public let debts: [Money]
    /// Their latest 100 vouchers, newest first, ended ones too.
    public let vouchers: [Voucher]
    /// The latest 100 messages to them, whether they were sent or not, newest first.
    public let messages: [NotificationIntent]
}
