public import BillingDomain

/// Periods of subscriptions of one package that one seller sold in a time, in one currency.
public struct SubscriptionSales: Hashable, Sendable {
    /// Who sold them.
    public let seller: BillingDomain.Actor
    /// The package, where the subscription came from the price list.
    public let package: Identifier<Package>?
    /// The package's name in the terms of the subscription, or the text of an invoice's line.
    public let packageName: String
    /// How many periods, at the price of one today.
    public let count: Int
    /// What was asked for them.
    public let amount: Money

    /// Creates a sum of sales.
    public init(
        seller: BillingDomain.Actor,
        package: Identifier<Package>?,
        packageName: String,
        count: Int,
        amount: Money
    ) {
        self.seller = seller
        self.package = package
        self.packageName = packageName
        self.count = count
        self.amount = amount
    }

    var order: [String] { [packageName, seller.description, amount.currency.code, package?.description ?? ""] }
}
