public import BillingDomain

/// How many vouchers changed in a period.
public struct VoucherFlow: Hashable, Sendable, Codable {
    /// What the batches of the period say they have.
    public let ordered: Int
    /// Vouchers that came into being.
    public let generated: Int
    /// Vouchers that were sold.
    public let sold: Int
    /// Vouchers that were used for the first time.
    public let firstUsed: Int
    /// Vouchers that were paid back.
    public let refunded: Int

    /// Creates counts.
    public init(ordered: Int, generated: Int, sold: Int, firstUsed: Int, refunded: Int) {
        self.ordered = ordered
        self.generated = generated
        self.sold = sold
        self.firstUsed = firstUsed
        self.refunded = refunded
    }
}

/// Vouchers of one batch that one seller sold in a period, in one currency.
public struct VoucherSales: Hashable, Sendable {
    /// Who sold them; `nil` where that was not written down.
    public let seller: BillingDomain.Actor?
    /// The batch they were of.
    public let batch: Identifier<VoucherBatch>
    /// The package's name when they were generated.
    public let packageName: String
    /// How many they were.
    public let count: Int
    /// What was paid for them.
    public let amount: Money

    /// Creates a sum of sales.
    public init(
        seller: BillingDomain.Actor?,
        batch: Identifier<VoucherBatch>,
        packageName: String,
        count: Int,
        amount: Money
    ) {
        self.seller = seller
        self.batch = batch
        self.packageName = packageName
        self.count = count
        self.amount = amount
    }
}

/// What was used on one router of one package.
public struct PackageUse: Hashable, Sendable {
    /// The router.
    public let router: Identifier<Router>
    /// The package's name when it was sold.
    public let packageName: String
    /// How many days of use: of everybody each day on which they were on line.
    public let userDays: Int
    /// How long they were on line.
    public let uptime: Duration
    /// Bytes that they sent.
    public let bytesIn: Int64
    /// Bytes that they received.
    public let bytesOut: Int64

    /// Creates a sum of use.
    public init(
        router: Identifier<Router>,
        packageName: String,
        userDays: Int,
        uptime: Duration,
        bytesIn: Int64,
        bytesOut: Int64
    ) {
        self.router = router
        self.packageName = packageName
        self.userDays = userDays
        self.uptime = uptime
        self.bytesIn = bytesIn
        self.bytesOut = bytesOut
    }
}
