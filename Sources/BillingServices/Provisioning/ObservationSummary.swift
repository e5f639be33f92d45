/// What a pass over a router's tables showed and changed.
public struct ObservationSummary: Hashable, Sendable {
    /// Vouchers seen in use for the first time.
    public internal(set) var activated = 0
    /// Vouchers whose validity turned out to be over.
    public internal(set) var expired = 0
    /// Vouchers whose data or time on line is used up.
    public internal(set) var depleted = 0
    /// Vouchers of which anything changed, those above included.
    public internal(set) var updated = 0
    /// Vouchers with an open session.
    public internal(set) var online = 0
    /// Services of customers with an open session.
    public internal(set) var services = 0
    /// Codes and user names that are none of ours on this router, left alone.
    public internal(set) var foreign = 0

    static func += (left: inout ObservationSummary, right: ObservationSummary) {
        left.activated += right.activated
        left.expired += right.expired
        left.depleted += right.depleted
        left.updated += right.updated
        left.online += right.online
        left.services += right.services
        left.foreign += right.foreign
    }
}
