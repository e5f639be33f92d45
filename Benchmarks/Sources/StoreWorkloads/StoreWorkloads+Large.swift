import BillingDomain
import BillingPersistence
import BillingServices
internal import CStoreLimit
import Glibc

extension StoreWorkloads {
    /// A shop with many vouchers and a long ledger: lists, filters, look-ups by code, reports, and an export.
    ///
    /// - Parameters:
    ///   - vouchers: How many vouchers.
    ///   - postings: How many rows of the ledger, over 30 days.
    /// - Returns: A figure for each.
    /// - Throws: What the store or the machine refused.
    public func large(vouchers: Int = 1_000_000, postings: Int = 1_000_000) async throws -> [Result] {
        let shop = try await Shop(backing)
        let clock = ContinuousClock()
        let filling = try await clock.measure { try await shop.generate(vouchers) }
        let codes = try await shop.generate(1_000)
        var results = [result("fill", filling / .seconds(1), "s", "\(vouchers) vouchers")]
        let service = shop.owner.vouchers

        results.append(
            try await latency("code", samples: 1_000) { number in
                _ = try await service.voucher(code: codes[number])
            }
        )
        var cursor: PageCursor?
        results.append(
            try await latency("list", samples: 200) { _ in
                cursor = try await service.list(VoucherFilter(), PageRequest(after: cursor)).next
            }
        )
        results.append(
            try await latency("list.counted", samples: 20) { number in
                _ = try await service.list(VoucherFilter(), PageRequest(number: number + 1))
            }
        )
        let filters = [
            VoucherFilter(documentStatus: .pending), VoucherFilter(router: shop.router.id),
            VoucherFilter(documentStatus: .active), VoucherFilter(documentStatus: .pending, router: shop.router.id),
        ]
        results.append(
            try await latency("filter", samples: 200) { number in
                _ = try await service.list(filters[number % filters.count], PageRequest(after: nil))
            }
        )

        let booking = try await clock.measure { try await shop.book(postings) }
        results.append(result("book", booking / .seconds(1), "s", "\(postings) rows of the ledger"))
        let today = LocalDate(daysSince1970: shop.now.secondsSince1970 / 86_400)
        let reports = shop.owner.reports
        results.append(
            try await latency("report.day", samples: 5) { number in
                _ = try await reports.day(today.adding(days: Int64(-5 - number)))
            }
        )
        let month = DateRange(from: today.adding(days: -31), days: 33)
        results.append(try await latency("report.days33", samples: 3) { _ in _ = try await reports.revenue(month) })
        results.append(
            try await latency("report.whole", samples: 3) { _ in
                _ = try await reports.revenue(month, by: .month)
            }
        )
        results.append(try await latency("report.trial", samples: 3) { _ in _ = try await reports.trialBalance() })
        results.append(try await latency("report.dashboard", samples: 3) { _ in _ = try await reports.dashboard() })
        for list in [ExportedList.vouchers(VoucherFilter()), .ledger] {
            results.append(try await export(list, of: shop.owner))
        }
        await shop.database.remove()
        return results
    }

    /// How far the memory of the process grows while a list is exported, measured every 50 000 rows.
    private func export(_ list: ExportedList, of owner: BillingSession) async throws -> Result {
        limit_store_give_back()
        let before = Self.residentMemory
        var most = before
        var rows = 0
        let time = try await ContinuousClock().measure {
            for try await row in try await owner.reports.export(list) where !row.isEmpty {
                rows += 1
                if rows.isMultiple(of: 50_000) { most = max(most, Self.residentMemory) }
            }
        }
        let name = if case .ledger = list { "ledger" } else { "vouchers" }
        return result(
            "export.\(name)",
            Double(max(0, most - before)) / 1_048_576,
            "MiB",
            "\(rows) rows in \((time / .seconds(1) * 10).rounded() / 10) s"
        )
    }

    private func latency(
        _ name: String,
        samples: Int,
        _ body: (Int) async throws -> Void
    ) async throws -> Result {
        var times: [Double] = []
        for number in 0..<samples {
            times.append(try await ContinuousClock().measure { try await body(number) } / .milliseconds(1))
        }
        times.sort()
        let middle = (times[times.count / 2] * 1_000).rounded() / 1_000
        return result(
            name,
            times[min(times.count - 1, times.count * 95 / 100)],
            "ms",
            "p95 of \(samples); p50 \(middle) ms"
        )
    }

    private func result(_ name: String, _ value: Double, _ unit: String, _ note: String) -> Result {
        Result(name: "store.\(name).\(backing.rawValue)", value: value, limit: nil, unit: unit, note: note)
    }

    /// Bytes of this process in memory.
    private static var residentMemory: Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var (size, pages) = (0, 0)
        withUnsafeMutablePointer(to: &size) { size in
            withUnsafeMutablePointer(to: &pages) { pages in
                _ = withVaList([size, pages]) { vfscanf(file, "%ld %ld", $0) }
            }
        }
        return pages * Int(getpagesize())
    }
}

extension Shop {
    var now: Timestamp { BillingEnvironment.live.now() }

    /// Books sales of one voucher for cash, two rows each, over the last 30 days.
    func book(_ postings: Int) async throws {
        let entries = max(1, postings / 2)
        let last = now
        let step = Duration.seconds(30 * 86_400) / entries
        let environment = BillingEnvironment.live
        for start in stride(from: 0, to: entries, by: 10_000) {
            try await database.store.write(.tenant(tenant.id)) { store in
                for number in start..<min(start + 10_000, entries) {
                    let at = last - step * (entries - number)
                    let random = try environment.randomBytes(Identifier<LedgerEntry>.randomByteCount)
                    let price = Money(minorUnits: 2_500, currency: .ugx)
                    try store.append(
                        ledger: LedgerEntry(
                            id: Identifier(timestamp: at, random: random),
                            tenant: tenant.id,
                            at: at,
                            cause: "sale:benchmark",
                            idempotencyKey: "sale:\(number)",
                            actor: owner.actor,
                            postings: [.debit(.cash(owner.actor), price), try .credit(.deferredVouchers, price)]
                        )
                    )
                }
            }
        }
    }
}
