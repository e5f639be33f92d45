/// Durations as the names of faults write them: whole numbers with units, `1500ms`, `-1h`, `1m30s`.
extension Duration {
    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000),
        ("ms", 1_000_000), ("us", 1_000), ("ns", 1),
    ]
    /// The longest span: 100 000 days.
    private static let longest: Int64 = 100_000 * 86_400_000_000_000

    /// The whole nanoseconds in it, 100 000 days at most.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, sumOverflow) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
        let exact = overflow || sumOverflow ? (seconds < 0 ? Int64.min : .max) : sum
        return max(-Self.longest, min(exact, Self.longest))
    }

    /// The same without what its text cannot say.
    var wholeNanoseconds: Duration { .nanoseconds(nanoseconds) }

    /// The same, never negative.
    var faultSpan: Duration { max(.zero, wholeNanoseconds) }

    /// The largest unit that it is a whole number of.
    var faultText: String {
        let number = nanoseconds
        guard number != 0 else { return "0s" }
        for (name, size) in Self.units where number % size == 0 { return "\(number / size)\(name)" }
        return "\(number)ns"
    }

    /// Reads one or more numbers with units; nil when it is something else or longer than 100 000 days.
    init?(faultText text: some StringProtocol) {
        let isNegative = text.hasPrefix("-")
        var rest = Substring(text).dropFirst(isNegative ? 1 : 0)
        guard !rest.isEmpty else { return nil }
        var total: Int64 = 0
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { ("a"..."z").contains($0) }
            rest = rest.dropFirst(unit.count)
            guard let number = Int64(digits), let size = Self.units.first(where: { $0.name == unit })?.nanoseconds
            else {
                return nil
            }
            let (product, overflow) = number.multipliedReportingOverflow(by: size)
            let (sum, sumOverflow) = total.addingReportingOverflow(product)
            guard !overflow, !sumOverflow, sum <= Self.longest else { return nil }
            total = sum
        }
        self = .nanoseconds(isNegative ? -total : total)
    }
}
