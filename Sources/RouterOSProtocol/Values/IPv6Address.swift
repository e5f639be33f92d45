/// An IPv6 address, with a zone when it has one: `fe80::1%ether1`.
///
/// Written as RFC 5952 wants it: lower case, no zeros in front, the longest run of two or more zero groups (the first
/// of equals) as `::`, and an IPv4-mapped address with its last part dotted.
public struct IPv6Address: RouterOSValue, Comparable, CustomStringConvertible {
    /// The first eight bytes as a number.
    public let high: UInt64
    /// The last eight bytes as a number.
    public let low: UInt64

    /// The interface a link-local address is to be found at, as the router names it; nil for an address without a zone.
    public let zone: String?

    /// Takes the two halves of an address, and its zone; an empty zone is none.
    public init(high: UInt64, low: UInt64, zone: String? = nil) {
        self.high = high
        self.low = low
        self.zone = zone == "" ? nil : zone
    }

    /// Whether it is `::`, in whatever zone.
    public var isUnspecified: Bool { high == 0 && low == 0 }

    /// Reads any spelling of RFC 4291, section 2.2, `::` and a dotted end included; behind a `%` anything is a zone but
    /// nothing at all.
    public init?(routerOS bytes: Span<UInt8>) {
        guard let percent = bytes.firstIndex(of: UInt8(ascii: "%")) else {
            self.init(withoutZone: bytes)
            return
        }
        guard percent + 1 < bytes.count, let address = IPv6Address(withoutZone: bytes.extracting(..<percent)),
            let zone = String(routerOS: bytes.extracting((percent + 1)...))
        else { return nil }
        self.init(high: address.high, low: address.low, zone: zone)
    }

    private init?(withoutZone bytes: Span<UInt8>) {
        guard (2...45).contains(bytes.count) else { return nil }
        var address = IPv6Address(high: 0, low: 0)
        var groups = 0
        var gap: Int?
        var index = 0
        if bytes[0] == UInt8(ascii: ":") {
            guard bytes[1] == UInt8(ascii: ":") else { return nil }
            gap = 0
            index = 2
        }
        while index < bytes.count {
            if let group = IPv6Address.group(bytes, at: &index) {
                address = address.shifted(by: 1).adding(group)
                groups += 1
            } else if let dotted = IPv4Address(routerOS: bytes.extracting(index...)) {
                address = address.shifted(by: 2).adding(UInt64(dotted.rawValue))
                groups += 2
                index = bytes.count
            } else {
                return nil
            }
            guard groups <= 8, index < bytes.count else { break }
            guard bytes.skip(UInt8(ascii: ":"), at: &index), index < bytes.count else { return nil }
            if bytes.skip(UInt8(ascii: ":"), at: &index) {
                guard gap == nil else { return nil }
                gap = groups
            }
        }
        guard gap == nil ? groups == 8 : groups < 8 else { return nil }
        self = gap.map { address.opened(behind: $0, of: groups) } ?? address
    }

    /// Appends the address in its canonical form.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        writeAddress(to: &bytes)
        guard let zone else { return }
        bytes.append(UInt8(ascii: "%"))
        zone.writeRouterOS(to: &bytes)
    }

    /// True: a zone is text.
    public static var holdsText: Bool { true }

    private func writeAddress(to bytes: inout [UInt8]) {
        if high == 0, low >> 32 == 0xFFFF {
            bytes.append(contentsOf: "::ffff:".utf8)
            IPv4Address(UInt32(truncatingIfNeeded: low)).writeRouterOS(to: &bytes)
            return
        }
        let zeros = longestZeros
        var place = 0
        while place < 8 {
            if place == zeros.lowerBound, zeros.count > 1 {
                bytes.append(contentsOf: "::".utf8)
                place = zeros.upperBound
                continue
            }
            if place > 0, place != zeros.upperBound || zeros.count < 2 { bytes.append(UInt8(ascii: ":")) }
            write(self[place], to: &bytes)
            place += 1
        }
    }

    /// Appends a group without zeros in front.
    private func write(_ group: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(12), through: 0, by: -4) where shift == 0 || group >> shift > 0 {
            bytes.append(hexadecimalDigit: UInt8(truncatingIfNeeded: group >> shift), ten: UInt8(ascii: "a"))
        }
    }

    /// Whether the first comes before the second as a number, then by zone, none first.
    public static func < (left: IPv6Address, right: IPv6Address) -> Bool {
        (left.high, left.low, left.zone ?? "") < (right.high, right.low, right.zone ?? "")
    }

    private subscript(_ place: Int) -> UInt64 {
        (place < 4 ? high : low) >> (UInt64(3 - place % 4) * 16) & 0xFFFF
    }

    private var longestZeros: Range<Int> {
        var longest = 0..<0
        var start = 0
        for place in 0..<8 {
            if self[place] != 0 {
                start = place + 1
            } else if place + 1 - start > longest.count {
                longest = start..<(place + 1)
            }
        }
        return longest
    }

    /// All groups so many places to the front, at most eight.
    private func shifted(by groups: Int) -> IPv6Address {
        var address = self
        for _ in 0..<groups {
            address = IPv6Address(high: address.high << 16 | address.low >> 48, low: address.low << 16)
        }
        return address
    }

    private func adding(_ value: UInt64) -> IPv6Address { IPv6Address(high: high, low: low | value) }

    /// The first `front` of the last `count` groups moved to the very front, zeros where they were.
    private func opened(behind front: Int, of count: Int) -> IPv6Address {
        var address = IPv6Address(high: 0, low: 0)
        for place in 0..<8 {
            let isBack = place >= 8 - (count - front)
            let source = isBack ? place : place < front ? place + 8 - count : nil
            address = address.shifted(by: 1).adding(source.map { self[$0] } ?? 0)
        }
        return address
    }

    /// One to four hexadecimal digits with a colon or the end behind them; `index` stays where it is if there are
    /// none.
    private static func group(_ bytes: Span<UInt8>, at index: inout Int) -> UInt64? {
        var end = index
        var value: UInt64 = 0
        while let digit = bytes.at(end)?.hexadecimalValue {
            value = value << 4 | UInt64(digit)
            end += 1
            guard end - index <= 4 else { return nil }
        }
        guard end > index, end == bytes.count || bytes.at(end) == UInt8(ascii: ":") else { return nil }
        index = end
        return value
    }
}
