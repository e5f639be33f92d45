/// Which session, or which device without one, is meant.
enum SessionKey: Sendable, Hashable {
    /// The client of the hotspot at this address.
    case hotspot(UInt32)
    /// The device at this address, whether anybody is logged in there or not.
    case host(UInt32)
    /// The PPP session of this row of `/ppp/active`.
    case ppp(UInt64)
}
