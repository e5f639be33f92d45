import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Exports")
struct ExportTests {
    @Test("every row is told once, with a cell for every header", arguments: Backing.allCases)
    func everyRowOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        // More than is read at a time.
        let codes = Set(try await shop.generate(1_234, sold: true).vouchers.map(\.code))
        var told: [ExportedCell] = []
        for try await row in try await shop.owner.reports.export(.vouchers(VoucherFilter())) {
            #expect(row.count == ExportedList.vouchers(VoucherFilter()).headers.count)
            told.append(row[0])
        }
        #expect(told.count == 1_234)
        #expect(Set(told) == Set(codes.map { .text($0) }))
    }

    @Test("the ledger's debits equal its credits", arguments: Backing.allCases)
    func ledger(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let codes = try await shop.generate(2, sold: true).vouchers.map(\.code)
        try await shop.see(codes[0])
        var sums = [Int64](repeating: 0, count: 2)
        var rows = 0
        for try await row in try await shop.owner.reports.export(.ledger) {
            rows += 1
            #expect(row.count == ExportedList.ledger.headers.count)
            for side in 0...1 { if case .money(let amount) = row[4 + side] { sums[side] += amount.minorUnits } }
        }
        #expect(rows == 4)
        #expect(sums == [7_500, 7_500])
    }

    @Test("an export is in the audit trail, which can be exported itself", arguments: Backing.allCases)
    func audit(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        var actions: [ExportedCell] = []
        for try await row in try await shop.owner.reports.export(.audit) {
            #expect(row.count == ExportedList.audit.headers.count)
            actions.append(row[3])
        }
        #expect(actions.last == .text("report.export"))
    }
}

@Suite("Retention")
struct RetentionTests {
    @Test("what is old is counted first and removed then; books and trail stay", arguments: Backing.allCases)
    func oldThingsGo(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let key = IdempotencyKey.new()
        _ = try await shop.generate(1, sold: true, key: key)
        try await shop.provision(.failed(detail: "no such profile", retry: false))
        shop.clock.advance(by: .seconds(86_400))
        _ = try await shop.owner.reports.saveMissedDays()
        let counts = { (plan: RetentionPlan) in
            Dictionary(uniqueKeysWithValues: plan.lines.map { ($0.kind, $0.count) })
        }
        #expect(try await shop.owner.retention.preview().count == 0)
        // Ninety days after the requests, and half a year after the change that was given up.
        shop.clock.advance(by: .seconds(181 * 86_400))
        let preview = try await shop.owner.retention.preview()
        #expect(counts(preview)[.parkedJobs] == 1)
        #expect(counts(preview)[.savedReports] == 0)
        #expect((counts(preview)[.idempotencyKeys] ?? 0) >= 3)
        let before = try await shop.owner.reports.ledger().total
        #expect(try await shop.owner.retention.preview() == preview)
        #expect(try await shop.owner.retention.apply() == preview)
        #expect(try await shop.owner.retention.apply().count == 0)
        #expect(try await shop.owner.reports.ledger().total == before)
        #expect(try await shop.owner.reports.verifyBooks() == nil)
        let actions = try await shop.owner.reports.audit().items.map(\.action)
        #expect(actions.filter { $0 == "retention.apply" }.count == 2)
        // Seven years and a little after it was saved.
        shop.clock.advance(by: .seconds(7 * 366 * 86_400))
        #expect(counts(try await shop.owner.retention.apply())[.savedReports] == 1)
        #expect(try await shop.owner.reports.saved().total == 0)
    }
}
