/// What one customer used on one day of the tenant's calendar.
public struct UsageDay: Hashable, Sendable {
    /// Whose it is.
    public let subject: SessionSubject

    /// The tenant.
    public let tenant: Identifier<Tenant>

    /// The day.
    public let day: LocalDate

    /// Session time.
    public private(set) var uptime: Duration

    /// Bytes received from the customer: the upload.
    public private(set) var bytesIn: Int64

    /// Bytes sent to the customer: the download.
    public private(set) var bytesOut: Int64

    /// Nothing used yet, or what a store kept.
    public init(
        subject: SessionSubject,
        tenant: Identifier<Tenant>,
        day: LocalDate,
        uptime: Duration = .zero,
        bytesIn: Int64 = 0,
        bytesOut: Int64 = 0
    ) {
        self.subject = subject
        self.tenant = tenant
        self.day = day
        self.uptime = uptime
        self.bytesIn = bytesIn
        self.bytesOut = bytesOut
    }

    /// Adds usage; saturates.
    public mutating func add(_ usage: VoucherUsage.Counters) {
        let sum = VoucherUsage.Counters(uptime: uptime, bytesIn: bytesIn, bytesOut: bytesOut).adding(usage)
        uptime = sum.uptime
        bytesIn = sum.bytesIn
        bytesOut = sum.bytesOut
    }

    /// Spreads what was used between two looks over the days between them, in proportion to time.
    ///
    /// The parts sum to the whole to the last byte. A span of more than ``longestSpan`` counts on its last days alone.
    ///
    /// - Parameters:
    ///   - bytesIn: Bytes received from the customer, not negative.
    ///   - bytesOut: Bytes sent to the customer, not negative.
    ///   - start: The earlier look, or the beginning of the session.
    ///   - end: The later look; usage of no time at all belongs to the day it falls on.
    ///   - calendar: The tenant's calendar.
    /// - Returns: The usage of each day, in order.
    public static func spread(
        bytesIn: Int64,
        bytesOut: Int64,
        from start: Timestamp,
        until end: Timestamp,
        in calendar: any BusinessCalendar
    ) -> [(day: LocalDate, usage: VoucherUsage.Counters)] {
        let start = min(max(start, end - longestSpan), end)
        let span = (end - start).wholeMicroseconds
        guard span > 0 else {
            return [(calendar.date(end), VoucherUsage.Counters(bytesIn: max(0, bytesIn), bytesOut: max(0, bytesOut)))]
        }
        var parts: [(day: LocalDate, usage: VoucherUsage.Counters)] = []
        var spent = VoucherUsage.Counters()
        var cursor = start
        while cursor < end {
            let day = calendar.date(cursor)
            let midnight = calendar.startOfDay(day.adding(days: 1))
            // A calendar at the end of its range may stand still; the rest then belongs to the day at hand.
            let next = midnight > cursor ? min(midnight, end) : end
            let passed = (next - start).wholeMicroseconds
            let upTo = VoucherUsage.Counters(
                uptime: .microseconds(passed),
                bytesIn: share(max(0, bytesIn), passed, span),
                bytesOut: share(max(0, bytesOut), passed, span)
            )
            parts.append(
                (
                    day,
                    VoucherUsage.Counters(
                        uptime: upTo.uptime - spent.uptime,
                        bytesIn: upTo.bytesIn - spent.bytesIn,
                        bytesOut: upTo.bytesOut - spent.bytesOut
                    )
                )
            )
            spent = upTo
            cursor = next
        }
        return parts
    }

    /// The longest span that is spread: two looks farther apart are no basis for days.
    public static let longestSpan = Duration.seconds(86_400 * 62)

    private static func share(_ bytes: Int64, _ passed: Int64, _ span: Int64) -> Int64 {
        guard passed < span else { return bytes }
        let product = bytes.magnitude.multipliedFullWidth(by: passed.magnitude)
        return Int64(clamping: span.magnitude.dividingFullWidth(product).quotient)
    }
}
