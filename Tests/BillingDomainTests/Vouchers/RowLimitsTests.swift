import BillingDomain
import TestSupport
import Testing

@Suite("What a row on a router still allows")
struct RowLimitsTests {
    private static let allowance: Int64 = 1_000

    private static func voucher(used: Int64 = 0) throws -> Voucher {
        let terms = try Samples.terms(
            validityPeriod: .elapsed(.seconds(1_000_000)),
            uptimeAllowance: .seconds(allowance),
            dataQuota: ByteQuota(bytes: allowance)
        )
        var voucher = try Samples.voucher(terms: terms, access: .active)
        voucher.usage.observe(row: counters(used), session: nil, at: Samples.start)
        return voucher
    }

    private static func counters(_ amount: Int64) -> VoucherUsage.Counters {
        .init(uptime: .seconds(amount), bytesIn: amount)
    }

    @Test(arguments: [0, 1, 999, 1_000, 5_000] as [Int64])
    func aNewRowIsLimitedToWhatIsLeftAndNeverToNothing(used: Int64) throws {
        let voucher = try Self.voucher(used: used)
        let limits = voucher.limits(ofRowAfter: voucher.usage.totals)
        #expect(limits.uptime == .seconds(max(1, 1_000 - used)))
        #expect(limits.bytes?.bytes == max(1, 1_000 - used))
        // The row that stands there has counted all of it itself.
        #expect(voucher.desiredUptimeLimit == .seconds(1_000) && voucher.desiredByteLimit?.bytes == 1_000)
    }

    @Test func aFractionOfASecondThatIsLeftIsAWholeOneToARouter() throws {
        let limits = try Self.voucher().limits(ofRowAfter: .init(uptime: .milliseconds(998_300)))
        #expect(limits.uptime == .seconds(2))
    }

    @Test func theTimeOnTheWallBoundsARowWhateverIsLeftOfTheAllowance() throws {
        let terms = try Samples.terms(validityPeriod: .elapsed(.seconds(300)), uptimeAllowance: .seconds(1_000))
        let voucher = try Samples.voucher(terms: terms, access: .active)
        #expect(voucher.limits(ofRowAfter: .init(uptime: .seconds(100))).uptime == .seconds(300))
        #expect(voucher.limits(ofRowAfter: .init(uptime: .seconds(900))).uptime == .seconds(100))
    }

    @Test func countersOfAnySizeLimitToTheLeast() throws {
        let most = VoucherUsage.Counters(uptime: .seconds(Int64.max), bytesIn: .max, bytesOut: .max)
        let limits = try Self.voucher().limits(ofRowAfter: most)
        #expect(limits.uptime == .seconds(1) && limits.bytes?.bytes == 1)
    }

    // MARK: Histories

    /// A router with one row, told from what a manual says: a session is allowed what its row had left when it began, its
    /// use moves to the row when it ends, and is lost with the power.
    private struct Model {
        struct Row {
            var limit: Int64
            var count: Int64
            let number: Int
        }
        var row: Row?
        var saved: Row?
        var session: (count: Int64, allowed: Int64, row: Int)?
        var rows = 0
        /// What was truly used.
        var used: Int64 = 0

        mutating func logIn() {
            guard session == nil, let row, row.count < row.limit else { return }
            session = (0, row.limit - row.count, row.number)
        }

        mutating func logOut() {
            guard let ended = session else { return }
            session = nil
            if ended.row == row?.number { row?.count += ended.count }
        }

        mutating func use(_ amount: Int64) {
            guard let open = session else { return }
            let amount = min(amount, open.allowed - open.count)
            session?.count += amount
            used += amount
            if open.count + amount == open.allowed { logOut() }
        }

        mutating func write(limit: Int64) {
            if row == nil {
                rows += 1
                row = Row(limit: limit, count: 0, number: rows)
            } else {
                row?.limit = limit
            }
        }

        /// Something that makes counters begin anew.
        mutating func lose(_ generator: inout SplitMix64) {
            switch Int.random(in: 0..<4, using: &generator) {
            // What was saved before is older than a reset and is not brought back after it.
            case 0:
                row?.count = 0
                saved = nil
            case 1:
                session = nil
                row = nil
                saved = nil
            case 2:
                session = nil
                if let count = saved?.count, row?.number == saved?.number { row?.count = count }
            default:
                session = nil
                row = saved
            }
        }
    }

    /// What is recorded of the row, and what a reading does.
    private struct Records {
        var voucher: Voucher

        /// Reads the router and puts its row right; says whether all that was lost until then is accounted for.
        mutating func read(_ model: inout Model) -> Bool {
            guard let row = model.row else {
                model.write(limit: voucher.limits(ofRowAfter: voucher.usage.totals).bytes?.bytes ?? 0)
                return false
            }
            let shown = row.count + (model.session?.count ?? 0)
            voucher.usage.observe(
                row: RowLimitsTests.counters(row.count),
                session: model.session.map { RowLimitsTests.counters($0.count) },
                at: Samples.start
            )
            model.write(limit: voucher.desiredByteLimit?.bytes ?? 0)
            let left = RowLimitsTests.allowance - voucher.usage.bytesTotal
            let allowed = (model.row?.limit ?? 0) - shown
            #expect(voucher.desiredUptimeLimit?.components.seconds == voucher.desiredByteLimit?.bytes)
            // A session that is gone and did not reach its row yet may still do so.
            let isWaiting = model.session == nil && shown < (voucher.usage.bytesTotal - voucher.usage.base.bytesTotal)
            #expect(isWaiting ? allowed >= left : allowed == max(left, 1 - shown), "\(allowed) allowed, \(left) left")
            return !isWaiting
        }
    }

    @Test("whatever happens to its row, a customer gets the allowance, and no more beyond it than between two readings")
    func histories() throws {
        for seed in 0..<60 as Range<UInt64> {
            var generator = SplitMix64(seed: seed)
            let isUndisturbed = seed % 4 == 0
            var (model, records) = (Model(), Records(voucher: try Self.voucher()))
            var (forgone, since, last): (Int64, Int64, Int64) = (0, 0, 0)
            var isLossy = false
            var steps = 0
            while !records.voucher.isAllowanceUsedUp {
                steps += 1
                try #require(steps < 20_000, "seed \(seed): what is left cannot be used")
                switch Int.random(in: 0..<12, using: &generator) {
                case 0..<4: model.use(Int64.random(in: 1..<60, using: &generator))
                case 4..<6: model.logIn()
                case 6: model.logOut()
                case 7: model.saved = model.row
                case 8 where !isUndisturbed && steps < 300:
                    model.lose(&generator)
                    isLossy = true
                default:
                    let isSettled = records.read(&model)
                    last = model.used - since
                    if isLossy { forgone += last }
                    since = model.used
                    isLossy = isLossy && !isSettled
                }
            }
            #expect(model.used >= Self.allowance, "seed \(seed)")
            // A session goes on as it was allowed to when it began, until a reading finds that it may not.
            #expect(model.used - Self.allowance <= forgone + last, "seed \(seed): \(forgone) between readings")
            if isUndisturbed { #expect(model.used == Self.allowance) }
        }
    }
}
