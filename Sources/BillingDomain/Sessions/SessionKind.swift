/// How a customer is connected to a router.
public enum SessionKind: String, Hashable, Sendable, CaseIterable {
    /// Through the hotspot's login.
    case hotspot
    /// Through PPPoE.
    case pppoe
}
