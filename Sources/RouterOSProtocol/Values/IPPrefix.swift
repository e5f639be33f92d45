/// An address with the length of its network: `192.168.88.1/24`.
///
/// The bits behind the network are kept: `/ip/address` names the router's own address so.
public struct IPPrefix: RouterOSValue, CustomStringConvertible {
    /// The address.
    public let address: IPAddress
    /// How many bits of it name the network, 0…32 or 0…128.
    public let length: Int

    /// Makes a prefix; nil when the address has fewer bits than that.
    public init?(_ address: IPAddress, length: Int) {
        guard (0...address.bitWidth).contains(length) else { return nil }
        self.address = address
        self.length = length
    }

    /// Reads `address/length`, or an address alone, which is a network of its own; a zone stands before the slash.
    public init?(routerOS bytes: Span<UInt8>) {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else {
            guard let address = IPAddress(routerOS: bytes) else { return nil }
            self.init(address, length: address.bitWidth)
            return
        }
        guard let address = IPAddress(routerOS: bytes.extracting(..<slash)),
            let length = UInt8(routerOS: bytes.extracting((slash + 1)...))
        else { return nil }
        self.init(address, length: Int(length))
    }

    /// True: a zone is text.
    public static var holdsText: Bool { true }

    /// Appends `address/length`.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        address.writeRouterOS(to: &bytes)
        bytes.append(UInt8(ascii: "/"))
        bytes.append(decimal: UInt64(clamping: length))
    }
}
