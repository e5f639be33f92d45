/// Addresses from one to another: `10.0.0.10-10.0.0.200`, in `ranges` of `/ip/pool` for one.
public struct IPRange: RouterOSValue, CustomStringConvertible {
    /// The lowest address.
    public let first: IPAddress
    /// The highest address, itself part of the range.
    public let last: IPAddress

    /// Makes a range; nil when the first address is above the last or of another kind, or one has a zone.
    public init?(first: IPAddress, last: IPAddress) {
        guard first <= last, first.bitWidth == last.bitWidth, first.zone == nil, last.zone == nil else { return nil }
        self.first = first
        self.last = last
    }

    /// Reads `first-last`, or an address alone.
    public init?(routerOS bytes: Span<UInt8>) {
        let hyphen = bytes.firstIndex(of: UInt8(ascii: "-"))
        guard let first = IPAddress(routerOS: bytes.extracting(..<(hyphen ?? bytes.count))) else { return nil }
        guard let hyphen else {
            self.init(first: first, last: first)
            return
        }
        guard let last = IPAddress(routerOS: bytes.extracting((hyphen + 1)...)) else { return nil }
        self.init(first: first, last: last)
    }

    /// Appends `first-last`, or the address alone when it is the only one.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        first.writeRouterOS(to: &bytes)
        guard first != last else { return }
        bytes.append(UInt8(ascii: "-"))
        last.writeRouterOS(to: &bytes)
    }

    /// Whether an address is in the range; one with a zone is in none.
    public func contains(_ address: IPAddress) -> Bool {
        address.zone == nil && first <= address && address <= last
    }
}
