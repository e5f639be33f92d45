import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Daily reports")
struct DailyReportTests {
    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    @Test("a day is saved once, as it was, and anew only where that is asked for", arguments: Backing.allCases)
    func aDayIsSavedOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let today = LocalDate(shop.clock.now)
        let reports = shop.owner.reports
        let batch = try await shop.generate(4)
        _ = try await shop.owner.vouchers.sell(codes: batch.vouchers.prefix(3).map(\.code), key: .new())
        try await shop.see(batch.vouchers[0].code)
        await expectRefusal(.invalidInput, field: "day") { try await reports.saveDay(today) }
        shop.clock.advance(by: .seconds(86_400))

        let saved = try await reports.saveDay(today)
        let report = try #require(DailyReport(saved))
        #expect(report == (try await reports.day(today)))
        #expect(report.revenue == [RevenueFigures(expected: ugx(10_000), received: ugx(7_500), earned: ugx(2_500))])
        #expect(report.vouchers == VoucherFlow(ordered: 4, generated: 4, sold: 3, firstUsed: 1, refunded: 0))
        #expect(report.staff.map(\.actor) == [shop.owner.actor])
        #expect(report.staff.map(\.amount) == [ugx(7_500)])
        #expect(report.packages.map(\.count) == [3])
        #expect(report.methods.map(\.received) == [ugx(7_500)])
        #expect(report.methods.map(\.family) == ["safe"])

        #expect(try await reports.saveDay(today) == saved)
        let anew = try await reports.saveDay(today, anew: true)
        #expect((anew.edition, anew.id == saved.id) == (2, false))
        #expect(try await reports.saved(saved.id) == saved)
        #expect(try await reports.saved(kind: DailyReport.kind).items.count == 2)
        #expect(try await reports.saved(kind: "ageing").items.count == 0)
        await expectRefusal(.notFound) { try await reports.saved(Identifier(high: 1, low: 1)) }
    }

    @Test("missed days are caught up with, each once", arguments: Backing.allCases)
    func missedDaysAreCaughtUp(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let first = LocalDate(shop.clock.now)
        #expect(try await shop.owner.reports.saveMissedDays().isEmpty)
        shop.clock.advance(by: .seconds(3 * 86_400))
        let saved = try await shop.owner.reports.saveMissedDays()
        #expect(saved.map(\.days.start) == (0..<3).map { first.adding(days: $0) })
        #expect(try await shop.owner.reports.saveMissedDays().isEmpty)
        shop.clock.advance(by: .seconds(86_400))
        let nightly = try await shop.billing.saveMissedDays(of: shop.tenant.id)
        #expect(nightly.map(\.days.start) == [first.adding(days: 3)])
        #expect(nightly.map(\.actor) == [.system("reports")])
        await expectRefusal(.notFound) { try await shop.billing.saveMissedDays(of: Identifier(high: 1, low: 1)) }
    }

    @Test("revenue by day, week and month sums to the same", arguments: Backing.allCases)
    func periodsSumToTheSame(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let first = LocalDate(shop.clock.now)
        for _ in 0..<10 {
            _ = try await shop.generate(1, sold: true)
            shop.clock.advance(by: .seconds(5 * 86_400))
        }
        let days = DateRange(from: first, days: 50)
        for period in ReportPeriod.allCases {
            let rows = try await shop.owner.reports.revenue(days, by: period)
            #expect(rows.first?.days.start == days.start && rows.last?.days.end == days.end)
            #expect(zip(rows, rows.dropFirst()).allSatisfy { $0.days.end == $1.days.start })
            #expect(rows.flatMap(\.figures).reduce(0) { $0 + $1.received.minorUnits } == 25_000)
        }
        #expect(try await shop.owner.reports.revenue(days).count == 50)
    }

    @Test("days that are none, too many or too finely divided are refused")
    func rangesAreChecked() async throws {
        let shop = try await Shop.open(.memory)
        let today = LocalDate(shop.clock.now)
        for (count, period) in [(0, ReportPeriod.month), (3_661, .month), (401, .day)] {
            let days = DateRange(from: today, days: Int64(count))
            await expectRefusal(.invalidInput, field: "days") { try await shop.owner.reports.revenue(days, by: period) }
        }
        await expectRefusal(.invalidInput, field: "days") {
            try await shop.owner.reports.staffSales(DateRange(from: today, days: 0))
        }
    }

    @Test("weeks begin on Monday and months with their first day")
    func partsOfDays() throws {
        let days = try #require(DateRange("2026-02-26/2026-03-10"))
        #expect(
            ReportPeriod.week.parts(of: days).map(\.description) == [
                "2026-02-26/2026-03-02", "2026-03-02/2026-03-09", "2026-03-09/2026-03-10",
            ]
        )
        #expect(
            ReportPeriod.month.parts(of: days).map(\.description) == [
                "2026-02-26/2026-03-01", "2026-03-01/2026-03-10",
            ]
        )
        #expect(ReportPeriod.day.parts(of: days).count == 12)
        let old = try #require(DateRange("1969-12-28/1970-01-06"))
        #expect(
            ReportPeriod.week.parts(of: old).map(\.description) == [
                "1969-12-28/1969-12-29", "1969-12-29/1970-01-05", "1970-01-05/1970-01-06",
            ]
        )
    }
}
