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
        returned: Money? = nil,
        earned: Money? = nil,
        standing: Standing = .current
    ) {
        self.ground = ground
        self.periods = periods
        self.paid = paid
        self.granted = granted ?? .zero(paid.currency)
        self.returned = returned ?? .zero(paid.currency)
        self.earned = earned ?? .zero(paid.currency)
        self.standing = standing
    }

    /// Periods at a price, of which up to `granted` was paid with given credit; a gift costs nothing.
    init(
        _ ground: RenewalGround,
        _ periods: Int64,
        at price: Money,
        granted: Money?,
        _ standing: Standing
    ) throws(DomainError) {
        let nothing = Money.zero(price.currency)
        var (paid, given) = (nothing, nothing)
        if !ground.isGift {
            let whole = try price * periods
            given = try .smaller(granted ?? nothing, whole)
            paid = try whole - given
        }
        self.init(ground: ground, periods: periods, paid: paid, granted: given, standing: standing)
    }

    /// What was given for all of it.
    var price: Money { get throws(DomainError) { try paid + granted } }

    /// What is still held of it: given, and neither gone back nor earned.
    var held: Money { get throws(DomainError) { try price - returned - earned } }

    /// Notes that an amount goes back: from what is held first, then from what counted as earned.
    mutating func takeBack(_ amount: Money) throws(DomainError) -> ReturnedUnits {
        let deferred = try Money.smaller(amount, .larger(held, .zero(amount.currency)))
        let revenue = try Money.smaller(amount - deferred, earned)
        let all = try deferred + revenue
        // Given credit is spent first, so that what is left over was paid in.
        let own = try Money.smaller(all, .larger(paid - returned, .zero(all.currency)))
        returned = try returned + all
        earned = try earned - revenue
        return ReturnedUnits(ground: ground, paid: own, granted: try all - own, deferred: deferred, earned: revenue)
    }

    /// Recognises what is earned up to a target; what is new of it.
    mutating func earn(upTo target: Money) throws(DomainError) -> Money {
        let due = try Money.larger(Money.smaller(target, price - returned) - earned, .zero(earned.currency))
        earned = try earned + due
        return due
    }
}
