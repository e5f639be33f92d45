extension Timestamp {
    /// Reads an ISO 8601 instant such as `2026-02-28T23:59:60.5Z` or `2026-03-01T02:00:00+03:00`.
    ///
    /// Year to second are required, four digits for the year; the fraction is optional and cut after the microsecond;
    /// the zone is `Z` or `±hh:mm`. A leap second counts as the first second of the next minute. Anything else,
    /// including a day that its month does not have, is `nil`.
    public init?(_ text: String) {
        var reader = DigitReader(text)
        guard
            let year = reader.number(digits: 4), reader.skip("-"),
            let month = reader.number(digits: 2), reader.skip("-"),
            let day = reader.number(digits: 2), reader.skip("T") || reader.skip("t") || reader.skip(" "),
            let date = LocalDate(year: Int(year), month: Int(month), day: Int(day)),
            let hour = reader.number(digits: 2), hour < 24, reader.skip(":"),
            let minute = reader.number(digits: 2), minute < 60, reader.skip(":"),
            let second = reader.number(digits: 2), second <= 60
        else { return nil }
        var microseconds: Int64 = 0
        if reader.skip(".") {
            guard let fraction = reader.fraction(keeping: 6) else { return nil }
            microseconds = fraction
        }
        guard let offset = reader.zoneOffset(), reader.isAtEnd else { return nil }
        let seconds = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
        microsecondsSince1970 = seconds * 1_000_000 + microseconds
    }

    /// The instant in UTC, such as `2026-03-01T02:00:00Z`; a fraction of six digits follows only when it is not zero.
    ///
    /// Years outside 0…9999 carry a sign and at least four digits.
    public var description: String {
        let text = LocalDateTime(secondsSince1970: secondsSince1970).description
        let remainder = microsecondsSince1970 % 1_000_000
        let fraction = remainder < 0 ? remainder + 1_000_000 : remainder
        return text + (fraction == 0 ? "" : "." + fraction.magnitude.padded(to: 6)) + "Z"
    }
}

private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ symbol: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: symbol) else { return false }
        rest.removeFirst()
        return true
    }

    mutating func digit() -> Int64? {
        guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        rest.removeFirst()
        return Int64(byte - UInt8(ascii: "0"))
    }

    mutating func number(digits: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// One or more digits after the point, scaled to `places`; the rest is cut.
    mutating func fraction(keeping places: Int) -> Int64? {
        guard var value = digit() else { return nil }
        var read = 1
        while let digit = digit() {
            if read < places {
                value = value * 10 + digit
                read += 1
            }
        }
        for _ in read..<places { value *= 10 }
        return value
    }

    /// Seconds east of UTC.
    mutating func zoneOffset() -> Int64? {
        if skip("Z") || skip("z") { return 0 }
        let isEast = skip("+")
        guard isEast || skip("-"), let hours = number(digits: 2), hours < 24, skip(":"),
            let minutes = number(digits: 2), minutes < 60
        else { return nil }
        return (hours * 3600 + minutes * 60) * (isEast ? 1 : -1)
    }
}
