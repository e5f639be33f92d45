import BillingDomain
import TestSupport
import Testing

@Suite("Proration")
struct ProrationTests {
    @Test(arguments: [
        // Ten of thirty-one days used: the day of the change is not.
        (ProrationBasis.days, "2026-01-01T00:00:00", "2026-02-01T00:00:00", "2026-01-11T15:00:00", Int64(10_000)),
        (.days, "2026-01-01T15:00:00", "2026-02-01T15:00:00", "2026-01-01T23:00:00", 0),
        (.days, "2026-02-01T00:00:00", "2026-03-01T00:00:00", "2026-02-15T00:00:00", 15_500),
        (.days, "2026-01-01T00:00:00", "2026-02-01T00:00:00", "2026-03-01T00:00:00", 31_000),
        (.days, "2026-01-01T00:00:00", "2026-02-01T00:00:00", "2025-12-01T00:00:00", 0),
        (.seconds, "2026-01-01T00:00:00", "2026-02-01T00:00:00", "2026-01-11T12:00:00", 10_500),
        (.seconds, "2026-01-01T00:00:00", "2026-01-01T00:00:00", "2026-01-01T00:00:00", 0),
    ])
    func aPriceIsSharedByWhatWasUsed(
        basis: ProrationBasis,
        start: String,
        end: String,
        cut: String,
        used: Int64
    ) throws {
        let calendar = TransitionCalendar.kampala
        func instant(_ text: String) throws -> Timestamp { calendar.instant(try #require(LocalDateTime(text))) }
        let price = Money(minorUnits: 31_000, currency: .ugx)
        let parts = try basis.split(price, over: try instant(start)..<instant(end), at: try instant(cut), in: calendar)
        #expect(parts.used.minorUnits == used)
        #expect(try parts.used + parts.unused == price)
    }

    @Test func daysOfAClockChangeCountAsDays() throws {
        let calendar = TransitionCalendar.newYork
        let period = calendar.instants(of: DateRange(from: try #require(LocalDate("2025-03-01")), days: 31))
        let cut = calendar.startOfDay(try #require(LocalDate("2025-03-11")))
        let price = Money(minorUnits: 31_000, currency: .usd)
        #expect(try ProrationBasis.days.split(price, over: period, at: cut, in: calendar).used.minorUnits == 10_000)
        #expect(try ProrationBasis.seconds.split(price, over: period, at: cut, in: calendar).used.minorUnits == 9972)
    }

    @Test(arguments: TransitionCalendar.all, ProrationBasis.allCases)
    func partsSumToThePriceWhateverTheCuts(calendar: TransitionCalendar, basis: ProrationBasis) throws {
        var random = SplitMix64(seed: 99)
        for _ in 0..<500 {
            let start = Timestamp(secondsSince1970: Int64.random(in: 1_700_000_000...1_780_000_000, using: &random))
            let period = start..<(start + .seconds(Int64.random(in: 0...40_000_000, using: &random)))
            let cuts = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                start + .seconds(Int64.random(in: -1_000_000...41_000_000, using: &random))
            }
            let price = Money(minorUnits: Int64.random(in: 0...1_000_000, using: &random), currency: .kes)
            let parts = try basis.divide(price, over: period, at: cuts, in: calendar)
            #expect(parts.count == cuts.count + 1)
            #expect(try Money.sum(parts, in: .kes) == price)
            #expect(parts.filter(\.isNegative).isEmpty)
        }
    }

    @Test func aLateFeeIsDueAfterMaturityAndHoldUp() throws {
        let fee = try FeeRule(percentage: Percentage(basisPoints: 250), fixed: Money(minorUnits: 10, currency: .kes))
        let rule = try LateFeeRule(maturityDays: 14, holdUpDays: 3, fee: fee)
        let invoiced = try #require(LocalDate("2026-02-20"))
        #expect(rule.dueDate(ofInvoice: invoiced).description == "2026-03-06")
        #expect(rule.feeDate(ofInvoice: invoiced).description == "2026-03-09")
        #expect(try rule.fee.fee(on: Money(minorUnits: 1020, currency: .kes)).minorUnits == 36)
        #expect(throws: DomainError.self) { try LateFeeRule(maturityDays: -1, holdUpDays: 0, fee: fee) }
        #expect(throws: DomainError.self) { try LateFeeRule(maturityDays: 0, holdUpDays: 367, fee: fee) }
    }
}
