/// An IPv4 or an IPv6 address.
public enum IPAddress: RouterOSValue, Comparable, CustomStringConvertible {
    /// An IPv4 address.
    case v4(IPv4Address)
    /// An IPv6 address.
    case v6(IPv6Address)

    /// Reads an address of either kind.
    public init?(routerOS bytes: Span<UInt8>) {
        if let address = IPv4Address(routerOS: bytes) {
            self = .v4(address)
        } else if let address = IPv6Address(routerOS: bytes) {
            self = .v6(address)
        } else {
            return nil
        }
    }

    /// Appends the address.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        switch self {
        case .v4(let address): address.writeRouterOS(to: &bytes)
        case .v6(let address): address.writeRouterOS(to: &bytes)
        }
    }

    /// Whether it is `0.0.0.0` or `::`, which in many fields stands for none.
    public var isUnspecified: Bool {
        switch self {
        case .v4(let address): address.isUnspecified
        case .v6(let address): address.isUnspecified
        }
    }

    /// The zone of an IPv6 address that has one.
    public var zone: String? {
        if case .v6(let address) = self { address.zone } else { nil }
    }

    /// True: a zone is text.
    public static var holdsText: Bool { true }

    /// How many bits an address of this kind has: 32 or 128.
    public var bitWidth: Int {
        if case .v4 = self { 32 } else { 128 }
    }

    /// Whether the first comes before the second; IPv4 before IPv6.
    public static func < (left: IPAddress, right: IPAddress) -> Bool {
        switch (left, right) {
        case (.v4(let left), .v4(let right)): left < right
        case (.v6(let left), .v6(let right)): left < right
        case (.v4, .v6): true
        case (.v6, .v4): false
        }
    }
}
