import RouterOSProtocol

extension ValueKind {
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
        case .integer: Magnitude.integer(value)
        case .bytes: Magnitude.scaled(value, by: 1_024)
        case .rate: Magnitude.scaled(value, by: 1_000)
        case .duration: Magnitude.duration(value)
        case .date: Magnitude.date(value)
        case .timeOfDay: Magnitude.timeOfDay(value)
        case .address: Magnitude.address(value)
        case .oneOf(let kinds): kinds.lazy.compactMap { $0.magnitude(value) }.first
        case .decimal: Magnitude.decimal(value)
        case .text, .flag, .prefix, .range, .macAddress, .word, .reference, .list, .pair, .negatable, .switches: nil
        }
    }
}
