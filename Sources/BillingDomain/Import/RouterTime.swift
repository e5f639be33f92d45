/// A router's text for a length of time, such as `1w2d03:04:05`, `3h30m` or `00:30:00`.
enum RouterTime {
    /// The length of time; nil for anything else, and for more than 100 years.
    ///
    /// Units follow one another from weeks to seconds, each once, or the hours to seconds are written as on a clock.
    static func duration(_ text: String) -> Duration? {
        guard (1...40).contains(text.utf8.count) else { return nil }
        let units: [(letter: UInt8, seconds: Int64)] = [
            (UInt8(ascii: "w"), 604_800), (UInt8(ascii: "d"), 86_400), (UInt8(ascii: "h"), 3600),
            (UInt8(ascii: "m"), 60), (UInt8(ascii: "s"), 1),
        ]
        var total: Int64 = 0
        var next = 0
        var digits: [UInt8] = []
        var bytes = text.utf8[...]
        while let byte = bytes.first {
            if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                digits.append(byte)
                bytes.removeFirst()
            } else if byte == UInt8(ascii: ":") {
                guard next <= 2, let clock = clock(digits, bytes) else { return nil }
                return limited(total.saturatingAdding(clock))
            } else {
                guard let place = units[next...].firstIndex(where: { $0.letter == byte }),
                    let count = Int(decimalDigits: digits)
                else { return nil }
                total = total.saturatingAdding(Int64(count).saturatingMultiplied(by: units[place].seconds))
                next = place + 1
                digits = []
                bytes.removeFirst()
            }
        }
        if digits.isEmpty { return limited(total) }
        // A bare number is a number of seconds.
        guard next == 0, let seconds = Int(decimalDigits: digits) else { return nil }
        return limited(Int64(seconds))
    }

    /// `hh:mm:ss` or `hh:mm` whose hours were read already.
    private static func clock(_ hours: [UInt8], _ rest: Substring.UTF8View) -> Int64? {
        let parts = rest.dropFirst().split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let hours = Int(decimalDigits: hours),
            let minutes = Int(decimalDigits: parts[0]), minutes < 60
        else { return nil }
        var seconds = 0
        if parts.count == 2 {
            guard let read = Int(decimalDigits: parts[1]), read < 60 else { return nil }
            seconds = read
        }
        return Int64(hours) * 3600 + Int64(minutes) * 60 + Int64(seconds)
    }

    private static func limited(_ seconds: Int64) -> Duration? {
        seconds <= 100 * 366 * 86_400 ? .seconds(seconds) : nil
    }
}

extension DomainError {
    /// A refusal of what a router's row says.
    static func unreadable(_ field: String, _ text: some StringProtocol, _ wanted: String) -> DomainError {
        DomainError(.invalidValue, field: field, "“\(text.prefix(60))” is not \(wanted).")
    }
}
