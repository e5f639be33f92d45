/// Periods of a subscription that one ground granted together: where the money for them came from, and what became of it.
///
/// What goes back counts against the units that are used last, so that nothing is ever paid back twice.
public struct PeriodRun: Hashable, Sendable, Codable {
    /// Where a run stands.
    public enum Standing: String, Hashable, Sendable, CaseIterable, Codable {
        /// It waits until the scheduled terms begin.
        case scheduled
        /// Its periods are those of the present schedule.
        case current
        /// Its periods were given up: nothing of it is served any more, and what did not go back is earned.
        case over
    }

    /// Why the periods were granted.
    public let ground: RenewalGround

    /// How many they are.
    public let periods: Int64

    /// What the customer paid for them; nothing for a gift.
    public let paid: Money

    /// What was spent on them of credit that the customer had been given.
    public let granted: Money

    /// The tax in what was given and did not go back: owed to the authority from the start, and never earned.
    public internal(set) var tax: Money

    /// What of it went back.
    public internal(set) var returned: Money

    /// What of it is recognised as revenue.
    public internal(set) var earned: Money

    /// Where it stands.
    public internal(set) var standing: Standing

    /// Recreates a stored run; `paid` and the other amounts are of one currency.
    public init(
        ground: RenewalGround,
        periods: Int64,
        paid: Money,
        granted: Money? = nil,
        tax: Money? = nil,
        returned: Money? = nil,
        earned: Money? = nil,
        standing: Standing = .current
    ) {
        self.ground = ground
        self.periods = periods
        self.paid = paid
        self.granted = granted ?? .zero(paid.currency)
        self.tax = tax ?? .zero(paid.currency)
        self.returned = returned ?? .zero(paid.currency)
        self.earned = earned ?? .zero(paid.currency)
        self.standing = standing
    }

    /// Periods at a price, of which up to `granted` was paid with given credit; a gift costs nothing.
    init(
        _ ground: RenewalGround,
        _ periods: Int64,
        at price: TaxedPrice,
        granted: Money?,
        _ standing: Standing
    ) throws(DomainError) {
        let nothing = Money.zero(price.asked.currency)
        var (paid, given, tax) = (nothing, nothing, nothing)
        if !ground.isGift {
            let whole = try price * periods
            given = try .smaller(granted ?? nothing, whole.asked)
            paid = try whole.asked - given
            tax = whole.tax
        }
        self.init(ground: ground, periods: periods, paid: paid, granted: given, tax: tax, standing: standing)
    }

    /// What was given for all of it, tax included.
    var price: Money { get throws(DomainError) { try paid + granted } }

    /// What was given and did not go back, tax included.
    private var kept: Money { get throws(DomainError) { try .larger(price - returned, .zero(paid.currency)) } }

    /// What is still held of it: given, and neither tax nor gone back nor earned.
    var held: Money { get throws(DomainError) { try price - returned - tax - earned } }

    /// Notes that an amount goes back, its tax in proportion: from what is held first, then from what counted as earned.
    mutating func takeBack(_ amount: Money) throws(DomainError) -> ReturnedUnits {
        let kept = try kept
        let all = try Money.smaller(amount, kept)
        let tax = try tax.fraction(all.minorUnits, of: max(1, kept.minorUnits))
        let net = try all - tax
        let deferred = try Money.smaller(net, .larger(held, .zero(amount.currency)))
        let revenue = try net - deferred
        // Given credit is spent first, so that what is left over was paid in.
        let own = try Money.smaller(all, .larger(paid - returned, .zero(all.currency)))
        returned = try returned + all
        self.tax = try self.tax - tax
        earned = try earned - revenue
        return ReturnedUnits(
            ground: ground,
            paid: own,
            granted: try all - own,
            deferred: deferred,
            earned: revenue,
            tax: tax
        )
    }

    /// Recognises what is earned once a part of the price is used up, without its tax; what is new of it.
    mutating func earn(upTo used: Money) throws(DomainError) -> Money {
        let kept = try kept
        let net = try Money.smaller(used, kept).fraction((kept - tax).minorUnits, of: max(1, kept.minorUnits))
        let due = try Money.larger(net - earned, .zero(earned.currency))
        earned = try earned + due
        return due
    }
}
