/// What one customer used on one router on one day of the tenant's calendar.
public struct UsageDay: Hashable, Sendable {
    /// Whose it is.
    public let subject: SessionSubject

    /// The tenant.
    public let tenant: Identifier<Tenant>

    /// The router.
    public let router: Identifier<Router>

    /// The package's name when it was sold.
    public let packageName: String

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
        router: Identifier<Router>,
        packageName: String,
        day: LocalDate,
        uptime: Duration = .zero,
        bytesIn: Int64 = 0,
        bytesOut: Int64 = 0
    ) {
        self.subject = subject
        self.tenant = tenant
        self.router = router
        self.packageName = packageName
        self.day = day
        self.uptime = uptime
        self.bytesIn = bytesIn
        self.bytesOut = bytesOut
    }

    /// What was used.
    public var counters: VoucherUsage.Counters {
        VoucherUsage.Counters(uptime: uptime, bytesIn: bytesIn, bytesOut: bytesOut)
    }

    /// Adds usage; saturates.
    public mutating func add(_ usage: VoucherUsage.Counters) {
        let sum = counters.adding(usage)
        uptime = sum.uptime
        bytesIn = sum.bytesIn
        bytesOut = sum.bytesOut
    }

    /// Spreads what was used between two looks over the days between them, in proportion to time.
    ///
    /// The parts sum to the whole, to the last byte and microsecond. A span of more than ``longestSpan`` counts on its last days alone.
    ///
    /// - Parameters:
    ///   - usage: What was used; below zero counts as nothing.
    ///   - start: The earlier look, or the first use.
    ///   - end: The later look; usage of no time at all belongs to the day it falls on.
    ///   - calendar: The tenant's calendar.
    /// - Returns: The usage of each day, in order.
    public static func spread(
        _ usage: VoucherUsage.Counters,
        from start: Timestamp,
        until end: Timestamp,
        in calendar: any BusinessCalendar
    ) -> [(day: LocalDate, usage: VoucherUsage.Counters)] {
        let start = min(max(start, end - longestSpan), end)
        let span = (end - start).wholeMicroseconds
        guard span > 0 else {
            return [(calendar.date(end), usage.clampedToZero)]
        }
        let whole = usage.clampedToZero
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
                uptime: .microseconds(share(whole.uptime.wholeMicroseconds, passed, span)),
                bytesIn: share(whole.bytesIn, passed, span),
                bytesOut: share(whole.bytesOut, passed, span)
            )
            parts.append((day, upTo.subtracting(spent)))
            spent = upTo
            cursor = next
        }
        return parts
    }

    /// The longest span that is spread: two looks farther apart are no basis for days.
    public static let longestSpan = Duration.seconds(86_400 * 62)

    private static func share(_ amount: Int64, _ passed: Int64, _ span: Int64) -> Int64 {
        guard passed < span else { return amount }
        let product = amount.magnitude.multipliedFullWidth(by: passed.magnitude)
        return Int64(clamping: span.magnitude.dividingFullWidth(product).quotient)
    }
}
