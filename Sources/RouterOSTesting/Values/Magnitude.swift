import RouterOSProtocol

/// Values as numbers that sort as the router sorts them.
enum Magnitude {
    /// A plain decimal number.
    static func integer(_ text: WireText) -> UInt64? {
        guard !text.isEmpty, text.bytes.allSatisfy(\.isDigit) else { return nil }
        return UInt64(text.description)
    }

    /// A decimal number with at most six digits behind its point, in millionths.
    static func decimal(_ text: WireText) -> UInt64? {
        let parts = text.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = integer(WireText(parts[0])), whole < 1 << 40 else {
            return nil
        }
        guard parts.count == 2 else { return whole * 1_000_000 }
        guard parts[1].count <= 6, let fraction = integer(WireText(parts[1])) else { return nil }
        return whole * 1_000_000 + fraction * (0..<6 - parts[1].count).reduce(1) { power, _ in power * 10 }
    }

    /// A number that may end in `k`, `M` or `G`: one, two or three times a factor.
    static func scaled(_ text: WireText, by factor: UInt64) -> UInt64? {
        guard let last = text.bytes.last,
            let power = ["k": 1, "m": 2, "g": 3][String(UnicodeScalar(last)).lowercased()]
        else { return integer(text) }
        var number = integer(WireText(text.bytes.dropLast()))
        for _ in 0..<power {
            guard let (product, overflow) = number?.multipliedReportingOverflow(by: factor), !overflow else {
                return nil
            }
            number = product
        }
        return number
    }

    /// A time of day, `12:41:15` or `12:41`, in seconds.
    static func timeOfDay(_ text: WireText) -> UInt64? {
        let parts = text.bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count) else { return nil }
        var seconds: UInt64 = 0
        for (part, limit) in zip(parts, [24, 60, 60] as [UInt64]) {
            guard (1...2).contains(part.count), let number = integer(WireText(part)), number < limit else { return nil }
            seconds = seconds * 60 + number
        }
        return parts.count == 3 ? seconds : seconds * 60
    }

    /// Seconds since midnight as `12:41:15`.
    static func timeOfDayText(_ seconds: UInt64) -> WireText {
        let parts = [seconds / 3_600, seconds / 60 % 60, seconds % 60]
        return WireText(parts.map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":"))
    }

    /// A duration, in nanoseconds.
    static func duration(_ text: WireText) -> UInt64? {
        guard let (seconds, attoseconds) = Duration(routerOS: text.description)?.components else { return nil }
        // The reader gives no span beyond 292 years, and none below zero.
        return UInt64(clamping: seconds) &* 1_000_000_000 &+ UInt64(clamping: attoseconds / 1_000_000_000)
    }

    /// A dotted IPv4 address.
    static func address(_ text: WireText) -> UInt64? {
        let groups = text.bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard groups.count == 4 else { return nil }
        var address: UInt64 = 0
        for group in groups {
            guard (1...3).contains(group.count), let octet = integer(WireText(group)), octet <= 255 else { return nil }
            address = address << 8 | octet
        }
        return address
    }

    /// `2025-02-17`, `2025-02-17 12:41:15` or, before 7.10, `feb/17/2025 12:41:15`.
    static func date(_ text: WireText) -> UInt64? {
        let parts = text.description.split(separator: " ")
        guard let day = parts.first, parts.count <= 2, let dayNumber = dayNumber(day) else { return nil }
        guard parts.count == 2 else { return dayNumber * 1_000_000 }
        let clock = parts[1].split(separator: ":").map { UInt64($0) }
        guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2],
            hour < 24, minute < 60, second < 61
        else { return nil }
        return dayNumber * 1_000_000 + hour * 10_000 + minute * 100 + second
    }

    /// The day as the number `yyyymmdd`.
    private static func dayNumber(_ text: Substring) -> UInt64? {
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        let year: UInt64?
        let month: UInt64?
        let day: UInt64?
        let modern = text.split(separator: "-")
        let old = text.split(separator: "/")
        if modern.count == 3 {
            (year, month, day) = (UInt64(modern[0]), UInt64(modern[1]), UInt64(modern[2]))
        } else if old.count == 3 {
            (year, month, day) = (
                UInt64(old[2]), months.firstIndex(of: String(old[0])).map { UInt64($0 + 1) }, UInt64(old[1])
            )
        } else {
            return nil
        }
        guard let year, let month, let day, year < 10_000, (1...12).contains(month), (1...31).contains(day) else {
            return nil
        }
        return year * 10_000 + month * 100 + day
    }
}
