extension RateLimit: CustomStringConvertible {
    /// Reads a router's text: `2M/2M`, `512k/2M`, `2M` for both directions alike, or with a burst
    /// `1M/2M 2M/4M 750k/1500k 8/8`.
    ///
    /// A burst's threshold is the rate itself where it is left out, its time one second, as the router takes it. What may
    /// follow on the router, a priority and guaranteed rates, is refused: it would be lost.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue``.
    public init(_ text: String) throws(DomainError) {
        let parts = text.split(separator: " ")
        guard (1...4).contains(parts.count), text.utf8.count <= 200 else { throw Self.unreadable(text) }
        let rates = try Self.rates(parts[0], of: text)
        guard parts.count > 1 else {
            try self.init(rates)
            return
        }
        let times = parts.count > 3 ? try Self.times(parts[3], of: text) : (1, 1)
        try self.init(
            rates,
            burst: Burst(
                rates: Self.rates(parts[1], of: text),
                threshold: parts.count > 2 ? Self.rates(parts[2], of: text) : rates,
                rxSeconds: times.0,
                txSeconds: times.1
            )
        )
    }

    /// The text that a router takes: `512k/2M`, followed by the burst if there is one.
    public var description: String {
        let lasting = Self.text(rates)
        guard let burst else { return lasting }
        let rates = [lasting, Self.text(burst.rates), Self.text(burst.threshold)].joined(separator: " ")
        return "\(rates) \(burst.rxSeconds)/\(burst.txSeconds)"
    }

    private static func text(_ rates: Rates) -> String { text(rates.rx) + "/" + text(rates.tx) }

    private static func text(_ rate: Int64) -> String {
        for (letter, factor) in [("G", 1_000_000_000), ("M", 1_000_000), ("k", 1000)] as [(String, Int64)]
        where rate > 0 && rate % factor == 0 {
            return "\(rate / factor)\(letter)"
        }
        return String(rate)
    }

    private static func rates(_ part: Substring, of text: String) throws(DomainError) -> Rates {
        let halves = part.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = halves.first, let last = halves.last, halves.count <= 2,
            let rx = rate(first), let tx = rate(last)
        else { throw unreadable(text) }
        return try Rates(rx: rx, tx: tx)
    }

    private static func rate(_ text: Substring) -> Int64? {
        let digits = text.prefix { ("0"..."9").contains($0) }
        let factor: Int64
        switch text.dropFirst(digits.count) {
        case "": factor = 1
        case "k", "K": factor = 1000
        case "m", "M": factor = 1_000_000
        case "g", "G": factor = 1_000_000_000
        default: return nil
        }
        guard let number = Int64(digits) else { return nil }
        let (rate, overflow) = number.multipliedReportingOverflow(by: factor)
        return overflow ? nil : rate
    }

    private static func times(_ part: Substring, of text: String) throws(DomainError) -> (Int, Int) {
        let halves = part.split(separator: "/", omittingEmptySubsequences: false).map { half in
            Int(half.hasSuffix("s") ? half.dropLast() : half)
        }
        guard let first = halves.first ?? nil, let last = halves.last ?? nil, halves.count <= 2 else {
            throw unreadable(text)
        }
        return (first, last)
    }

    private static func unreadable(_ text: String) -> DomainError {
        DomainError(.invalidValue, "“\(text.prefix(60))” is not a rate limit; write it like 512k/2M, upload/download.")
    }
}
