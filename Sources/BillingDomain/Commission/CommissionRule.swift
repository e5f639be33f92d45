/// What selling a package earns.
///
/// A shop that gives its own people a fifth of each sale and the upstream provider nothing has one rule: a rate of 2 000
/// basis points for every earner and every package.
public struct CommissionRule: Hashable, Sendable {
    /// How much.
    public enum Reward: Hashable, Sendable {
        /// A part of the price in basis points, 0…10 000: 2 000 is a fifth.
        case rate(basisPoints: Int)
        /// A fixed amount for each unit sold.
        case amount(Money)
    }

    /// When it is earned.
    public enum Moment: String, Hashable, Sendable, CaseIterable {
        /// At the sale.
        case sale
        /// At first use, so that nothing is earned with what is never used.
        case firstUse = "first-use"
    }

    /// The identity of the rule.
    public let id: Identifier<CommissionRule>

    /// The tenant that pays it.
    public let tenant: Identifier<Tenant>

    /// Who earns; `nil` for everybody.
    public let earner: CommissionEarner?

    /// The package it is for; `nil` for every one.
    public let package: Identifier<Package>?

    /// How much.
    public let reward: Reward

    /// When it is earned.
    public let moment: Moment

    /// When the rule was made.
    public let createdAt: Timestamp

    /// When it ceased to apply; what was accrued under it stays.
    ///
    /// A rule is never changed otherwise: another one takes its place.
    public var endedAt: Timestamp?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a rule, or recreates a stored one.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a rate outside 0…10 000 basis points or a
    ///   negative amount.
    public init(
        id: Identifier<CommissionRule>,
        tenant: Identifier<Tenant>,
        earner: CommissionEarner? = nil,
        package: Identifier<Package>? = nil,
        reward: Reward,
        moment: Moment = .sale,
        createdAt: Timestamp,
        endedAt: Timestamp? = nil,
        revision: Int64 = 1
    ) throws(DomainError) {
        switch reward {
        case .rate(let basisPoints):
            guard (0...10_000).contains(basisPoints) else {
                throw DomainError(.invalidValue, field: "reward", "A rate lies between 0 and 10 000 basis points.")
            }
        case .amount(let amount): try PostingRecipe.requireNotNegative(amount)
        }
        self.id = id
        self.tenant = tenant
        self.earner = earner
        self.package = package
        self.reward = reward
        self.moment = moment
        self.createdAt = createdAt
        self.endedAt = endedAt
        self.revision = revision
    }
}

extension CommissionRule {
    /// What a sale earns: a rate is rounded half to even, and never more than the price is earned.
    ///
    /// - Parameters:
    ///   - price: What was paid for all units together, not negative.
    ///   - quantity: How many units were sold, 1 or more.
    /// - Returns: What is earned.
    /// - Throws: ``DomainError`` with ``DomainError/Code/currencyMismatch`` for a fixed amount in another currency.
    public func commission(on price: Money, quantity: Int64 = 1) throws(DomainError) -> Money {
        try PostingRecipe.requireNotNegative(price)
        switch reward {
        case .rate(let basisPoints):
            let product = price.minorUnits.magnitude.multipliedFullWidth(by: UInt64(basisPoints))
            // At most 10 000 ten-thousandths of a number of 63 bits: the quotient fits.
            let (quotient, remainder) = UInt64(10_000).dividingFullWidth(product)
            let goesUp = remainder > 5000 || (remainder == 5000 && quotient % 2 == 1)
            return Money(minorUnits: Int64(clamping: quotient + (goesUp ? 1 : 0)), currency: price.currency)
        case .amount(let amount):
            let earned = try amount * max(0, quantity)
            return try (price - earned).isNegative ? price : earned
        }
    }

    /// The rule that applies: of those in force, one that names the earner before one that does not, then one that names
    /// the package, then the newest.
    public static func applying(
        to earner: CommissionEarner,
        package: Identifier<Package>?,
        at instant: Timestamp,
        among rules: [CommissionRule]
    ) -> CommissionRule? {
        func rank(_ rule: CommissionRule) -> (Int, Int, Timestamp, Identifier<CommissionRule>) {
            (rule.earner == nil ? 0 : 1, rule.package == nil ? 0 : 1, rule.createdAt, rule.id)
        }
        return rules.filter { rule in
            (rule.earner == nil || rule.earner == earner)
                && (rule.package == nil || rule.package == package)
                && rule.createdAt <= instant && (rule.endedAt.map { instant < $0 } ?? true)
        }
        .max { rank($0) < rank($1) }
    }
}
