import BillingDomain
import TestSupport
import Testing

@Suite("What a voucher has used")
struct VoucherUsageTests {
    private func counters(_ seconds: Int64, _ bytesIn: Int64, _ bytesOut: Int64) -> VoucherUsage.Counters {
        .init(uptime: .seconds(seconds), bytesIn: bytesIn, bytesOut: bytesOut)
    }

    @Test func anOpenSessionAddsToWhatTheRowHas() {
        var usage = VoucherUsage()
        usage.observe(row: counters(10, 1, 2), session: counters(10, 2, 3), at: Samples.start)
        #expect(usage.totals == counters(20, 3, 5))
        #expect(usage.bytesTotal == 8)
        #expect(usage.lastSeenAt == Samples.start)
    }

    @Test func aSessionThatEndsMovesIntoTheRowAndCountsOnce() {
        var usage = VoucherUsage()
        usage.observe(row: counters(0, 0, 0), session: counters(50, 100, 900), at: Samples.start)
        // The row was read before the session ended, the sessions after.
        usage.observe(row: counters(0, 0, 0), session: nil, at: Samples.start)
        #expect(usage.totals == counters(50, 100, 900))
        usage.observe(row: counters(60, 120, 950), session: nil, at: Samples.start)
        #expect(usage.totals == counters(60, 120, 950))
    }

    @Test func aSessionLostWithThePowerIsNotForgottenAndTheRowIsNotCountedAgain() {
        var usage = VoucherUsage()
        usage.observe(row: counters(100, 500, 500), session: counters(50, 10, 10), at: Samples.start)
        usage.observe(row: counters(100, 500, 500), session: nil, at: Samples.start)
        #expect(usage.totals == counters(150, 510, 510))
    }

    @Test(arguments: [(0, 0, 0), (19, 3, 5), (20, 2, 5), (20, 3, 4)] as [(Int64, Int64, Int64)])
    func aRowThatFellCountsNothingAndCountingGoesOnFromThere(uptime: Int64, bytesIn: Int64, bytesOut: Int64) {
        var usage = VoucherUsage()
        usage.observe(row: counters(20, 3, 5), session: nil, at: Samples.start)
        usage.observe(row: counters(uptime, bytesIn, bytesOut), session: nil, at: Samples.start)
        #expect(usage.totals == counters(20, 3, 5))
        usage.observe(row: counters(uptime + 7, bytesIn + 7, bytesOut + 7), session: nil, at: Samples.start)
        #expect(usage.totals == counters(27, 10, 12))
    }

    @Test("A counter that a restored backup took back, and that grows past what was seen, charges only what is new")
    func aRestoredRowThatGrowsPastWhatWasSeen() {
        var usage = VoucherUsage()
        usage.observe(row: counters(100, 1_000, 5_000), session: nil, at: Samples.start)
        // Saved at 40 s, restored, restored once more, and used for 90 s since: past the 100 s that were seen before.
        usage.observe(row: counters(40, 400, 2_000), session: nil, at: Samples.start)
        usage.observe(row: counters(70, 700, 3_500), session: nil, at: Samples.start)
        usage.observe(row: counters(40, 400, 2_000), session: nil, at: Samples.start)
        usage.observe(row: counters(40, 400, 2_000), session: counters(50, 500, 2_500), at: Samples.start)
        #expect(usage.totals == counters(180, 1_800, 9_000))
        usage.observe(row: counters(130, 1_300, 6_500), session: nil, at: Samples.start)
        #expect(usage.totals == counters(220, 2_200, 11_000))
    }

    @Test("A row that was removed and made anew, and then comes back as it was, charges nothing twice")
    func aRowThatWasThereBeforeIsBack() {
        var usage = VoucherUsage()
        usage.observe(row: counters(6, 39_432, 28_718), session: nil, at: Samples.start)
        usage.countAnew()
        usage.observe(row: counters(0, 0, 0), session: nil, at: Samples.start)
        // The power failed before the flash was written.
        usage.observe(row: counters(6, 39_432, 28_718), session: nil, at: Samples.start)
        #expect(usage.totals == counters(6, 39_432, 28_718))
        usage.observe(row: counters(9, 40_000, 30_000), session: counters(1, 10, 10), at: Samples.start)
        #expect(usage.totals == counters(10, 40_010, 30_010))
    }

    @Test func aResetWhileOnlineCountsTheOpenSessionOnce() {
        var usage = VoucherUsage()
        usage.observe(row: counters(0, 100, 0), session: counters(0, 900, 0), at: Samples.start)
        usage.observe(row: counters(0, 0, 0), session: counters(0, 900, 0), at: Samples.start)
        #expect(usage.totals == counters(0, 1_000, 0))
        usage.observe(row: counters(0, 0, 0), session: counters(0, 950, 0), at: Samples.start)
        #expect(usage.totals == counters(0, 1_050, 0))
    }

    @Test func theSameReadingTwiceCountsOnce() {
        var usage = VoucherUsage()
        for _ in 1...3 { usage.observe(row: counters(20, 3, 5), session: counters(1, 1, 1), at: Samples.start) }
        #expect(usage.totals == counters(21, 4, 6))
    }

    @Test func nonsenseFromARouterNeitherLowersNorOverflows() {
        var usage = VoucherUsage()
        let most = VoucherUsage.Counters(uptime: .seconds(Int64.max), bytesIn: .max, bytesOut: .max)
        usage.observe(row: most, session: most, at: Samples.start)
        usage.observe(row: counters(-5, .min, -1), session: counters(-5, .min, -1), at: Samples.start)
        usage.observe(row: most, session: most, at: Samples.start)
        #expect(usage.bytesIn == .max)
        #expect(usage.bytesTotal == .max)
        #expect(usage.uptime > .seconds(1_000_000))
    }

    /// A router's book-keeping for one user, told from the manual, beside what was truly used.
    private struct Model {
        var row: Int64 = 0
        var saved: Int64 = 0
        var session: Int64?
        var used: Int64 = 0
        var lost: Int64 = 0

        mutating func step(_ generator: inout SplitMix64) {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<5:
                guard let open = session else { return }
                let bytes = Int64.random(in: 0..<100, using: &generator)
                session = open + bytes
                used += bytes
            case 5, 6:
                if session == nil { session = 0 }
            case 7:
                row += session ?? 0
                session = nil
            case 8:
                // The power fails: the row is in flash, as it was some time ago; the session is not.
                lost += (session ?? 0) + (row - saved)
                row = saved
                session = nil
            default:
                saved = row
                // Somebody resets the counters now and then.
                if Int.random(in: 0..<4, using: &generator) == 0 {
                    lost += row
                    row = 0
                    saved = 0
                }
            }
        }
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func isNeverMoreThanWasUsedNeverFallsAndMissesOnlyWhatTheRouterLost(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var model = Model()
        var usage = VoucherUsage()
        for _ in 0..<400 {
            model.step(&generator)
            guard Bool.random(using: &generator) else { continue }
            let before = usage.bytesIn
            usage.observe(
                row: counters(0, model.row, 0),
                session: model.session.map { counters(0, $0, 0) },
                at: Samples.start
            )
            #expect(usage.bytesIn >= before)
            #expect(usage.bytesIn <= model.used)
        }
        usage.observe(
            row: counters(0, model.row, 0),
            session: model.session.map { counters(0, $0, 0) },
            at: Samples.start
        )
        #expect(usage.bytesIn >= model.used - model.lost)
    }

    @Test func beingSeenNeverMovesBack() {
        var usage = VoucherUsage()
        usage.observe(row: .init(), session: .init(), at: Samples.start)
        usage.observe(row: .init(), session: .init(), at: Samples.start - .seconds(5))
        usage.markOnline(at: Samples.start - .seconds(5))
        #expect(usage.lastSeenAt == Samples.start)
    }

    @Test func aSessionThatWasLostAndOneAfterItCountTogether() {
        var usage = VoucherUsage()
        usage.observe(row: counters(100, 500, 500), session: counters(50, 10, 10), at: Samples.start)
        // Gone, and not in the row: it may be on its way.
        usage.observe(row: counters(100, 500, 500), session: nil, at: Samples.start)
        #expect(usage.base == counters(0, 0, 0))
        usage.observe(row: counters(100, 500, 500), session: counters(5, 1, 1), at: Samples.start)
        #expect(usage.totals == counters(150, 510, 510))
        usage.observe(row: counters(100, 500, 500), session: counters(25, 3, 3), at: Samples.start)
        #expect(usage.totals == counters(170, 512, 512))
        usage.observe(row: counters(125, 503, 503), session: nil, at: Samples.start)
        #expect(usage.totals == counters(170, 512, 512))
    }

    @Test("R21: counters are totals, never added to what was counted, beyond 4 GiB too")
    func r21CountersAreTotals() {
        var usage = VoucherUsage()
        let step: Int64 = 1 << 30
        for reading in 1...10 {
            let total = Int64(reading) * step
            usage.observe(row: counters(0, 0, 0), session: counters(Int64(reading), total, total), at: Samples.start)
            #expect(usage.totals == counters(Int64(reading), total, total))
        }
        usage.observe(row: counters(10, 10 * step, 10 * step), session: nil, at: Samples.start)
        usage.observe(row: counters(10, 10 * step, 10 * step), session: counters(1, step, 0), at: Samples.start)
        #expect(usage.bytesTotal == 21 * step)
    }

    @Test(
        "R22: a counter that begins again at 2³² lowers no total, and counting goes on",
        arguments: [0, 7] as [Int64]
    )
    func r22CounterWraps(after: Int64) {
        var usage = VoucherUsage()
        let most: Int64 = (1 << 32) - 1
        usage.observe(row: counters(60, most, 0), session: nil, at: Samples.start)
        usage.observe(row: counters(60, after, 0), session: nil, at: Samples.start)
        #expect(usage.bytesIn == most)
        usage.observe(row: counters(61, after + 100, 0), session: nil, at: Samples.start)
        #expect(usage.bytesIn == most + 100)
    }
}
