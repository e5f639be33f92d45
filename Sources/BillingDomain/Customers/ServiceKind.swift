/// How a service is reached.
public enum ServiceKind: String, Hashable, Sendable, CaseIterable, Codable {
    /// Through the portal of a hotspot.
    case hotspot
    /// Through a PPPoE tunnel.
    case pppoe
}
