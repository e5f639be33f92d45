/// What a round of upkeep did.
public struct UpkeepSummary: Hashable, Sendable {
    /// Vouchers in use whose time was over.
    public var expired = 0
    /// Vouchers whose time to be begun was over.
    public var lapsed = 0
    /// Rows on routers that were given up to the expiry rule.
    public var cleanedUp = 0
    /// Reservations that ran out.
    public var released = 0

    /// Nothing done.
    public init() {}

    var total: Int { expired + lapsed + cleanedUp + released }

    static func += (left: inout UpkeepSummary, right: UpkeepSummary) {
        left.expired += right.expired
        left.lapsed += right.lapsed
        left.cleanedUp += right.cleanedUp
        left.released += right.released
    }
}
