import RouterOSProtocol

/// What an attribute may hold: how its input is checked and written back, and how two of its values compare.
indirect enum ValueKind: Sendable {
    /// Any bytes.
    case text
    /// `yes`, `no`, `true`, `false` in; `true`, `false` out.
    case boolean
    /// A decimal number from 0 to 2⁶⁴−1.
    case integer
    /// Any spelling of a duration in; the canonical one out.
    case duration
    /// A date, before or after the change of format in 7.10.
    case date
    /// An IPv4 address.
    case address
    /// A hardware address, written in upper case with colons.
    case macAddress
    /// One of a few words.
    case choice([WireText])
    /// One of a few words, or a value of another kind.
    case wordOr([WireText], ValueKind)
    /// The name of a row of another menu; the table keeps that row's id, so a renamed row is followed and a removed one shows.
    case reference(menu: String)

    /// Checks a value somebody sent and writes it as the router would print it; `nil` when it is not of this kind.
    func canonical(_ input: WireText) -> WireText? {
        switch self {
        case .text, .reference:
            return input
        case .boolean:
            return switch input {
            case "yes", "true": "true"
            case "no", "false": "false"
            default: nil
            }
        case .integer:
            return Magnitude.integer(input).map { WireText($0) }
        case .duration:
            return Duration(routerOS: input.description).map { WireText($0.routerOSText) }
        case .date:
            return Magnitude.date(input) == nil ? nil : input
        case .address:
            return Magnitude.address(input).map { Self.addressText(UInt32(truncatingIfNeeded: $0)) }
        case .macAddress:
            return Self.macAddress(input)
        case .choice(let words):
            return words.contains(input) ? input : nil
        case .wordOr(let words, let other):
            return words.contains(input) ? input : other.canonical(input)
        }
    }

    /// Whether two values are the same, however each is spelled.
    func areEqual(_ left: WireText, _ right: WireText) -> Bool {
        left == right || (canonical(left) ?? left) == (canonical(right) ?? right)
    }

    /// Whether the first value comes strictly before the second: by size where both have one, otherwise byte by byte.
    func isLess(_ left: WireText, than right: WireText) -> Bool {
        if let left = magnitude(left), let right = magnitude(right) { return left < right }
        return left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    private func magnitude(_ value: WireText) -> UInt64? {
        switch self {
        case .text, .reference, .boolean, .macAddress, .choice: nil
        case .integer: Magnitude.integer(value)
        case .duration: Magnitude.duration(value)
        case .date: Magnitude.date(value)
        case .address: Magnitude.address(value)
        case .wordOr(_, let other): other.magnitude(value)
        }
    }

    static func addressText(_ address: UInt32) -> WireText {
        WireText([24, 16, 8, 0].map { String((address >> UInt32($0)) & 0xFF) }.joined(separator: "."))
    }

    private static func macAddress(_ input: WireText) -> WireText? {
        let groups = input.bytes.split(omittingEmptySubsequences: false) { ":-.".utf8.contains($0) }
        guard groups.count == 6, groups.allSatisfy({ $0.count == 2 && $0.allSatisfy { $0.hexadecimalValue != nil } })
        else { return nil }
        return WireText(groups.map { String(decoding: $0, as: UTF8.self).uppercased() }.joined(separator: ":"))
    }
}
