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

    @Test("customers, what they bought, paid and owe are exported whole", arguments: Backing.allCases)
    func business(backing: Backing) async throws {
        let till = try await Till.open(backing)
        for number in 0..<501 { try await till.addCustomer(number) }
        let ordered = try await till.order()
        let invoice = try await till.issued(100)
        func rows(_ list: ExportedList) async throws -> [[ExportedCell]] {
            var rows: [[ExportedCell]] = []
            for try await row in try await till.owner.reports.export(list) {
                #expect(row.count == list.headers.count)
                rows.append(row)
            }
            return rows
        }
        let customers = try await rows(.customers(CustomerFilter()))
        #expect(Set(customers.map { $0[0] }).count == 502)
        #expect(customers.contains { $0[1] == .text("Ada") })
        let subscriptions = try await rows(.subscriptions(SubscriptionFilter()))
        #expect(subscriptions.map { $0[0] } == [.text(ordered.subscription.id.description)])
        let payments = try await rows(.payments(PaymentFilter()))
        #expect(payments.map { $0[8] } == [.money(till.ugx(1_000))])
        let invoices = try await rows(.invoices(InvoiceFilter()))
        #expect(invoices.map { $0[1] } == [.text(try #require(invoice.number).text)])
        #expect(try await rows(.debtors(.ugx)).map { $0[0] } == [.text(till.customer.number)])
    }

    @Test("a report is exported with the figures it shows", arguments: Backing.allCases)
    func reports(backing: Backing) async throws {
        let till = try await Till.open(backing)
        _ = try await till.order()
        let codes = try await till.shop.generate(2, sold: true).vouchers.map(\.code)
        try await till.shop.see(codes[0])
        let day = DateRange(from: LocalDate(till.shop.clock.now), days: 1)
        let lists: [(ExportedList, Int)] = [
            (.revenue(day, by: .day), 1), (.staffSales(day), 2), (.packageSales(day), 2), (.methods(day), 1),
            (.usage(day), 1), (.trialBalance, try await till.owner.reports.trialBalance().lines.count),
        ]
        for (list, count) in lists {
            var rows: [[ExportedCell]] = []
            for try await row in try await till.owner.reports.export(list) { rows.append(row) }
            #expect(rows.count == count, "\(list)")
            #expect(rows.allSatisfy { $0.count == list.headers.count }, "\(list)")
        }
        await expectRefusal(.invalidInput, field: "days") {
            try await till.owner.reports.export(.staffSales(DateRange(from: day.start, days: 0)))
        }
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

extension Till {
    fileprivate func addCustomer(_ number: Int) async throws {
        _ = try await owner.customers.create(CustomerDraft(name: "Customer \(number)"), key: .new())
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
        let before = try await shop.owner.reports.ledger(PageRequest(isCounted: true)).total
        #expect(try await shop.owner.retention.preview() == preview)
        #expect(try await shop.billing.applyRetention(of: shop.tenant.id) == preview)
        #expect(try await shop.owner.retention.apply().count == 0)
        #expect(try await shop.owner.reports.ledger(PageRequest(isCounted: true)).total == before)
        #expect(try await shop.owner.audit.verify() == nil)
        let actions = try await shop.owner.audit.entries().items.map(\.action)
        #expect(actions.filter { $0 == "retention.apply" }.count == preview.lines.count { $0.count > 0 })
        // Seven years and a little after it was saved.
        shop.clock.advance(by: .seconds(7 * 366 * 86_400))
        #expect(counts(try await shop.owner.retention.apply())[.savedReports] == 1)
        #expect(try await shop.owner.reports.saved().items.count == 0)
    }

    @Test("how long things are kept is the tenant's own setting", arguments: Backing.allCases)
    func settingsAreFollowed(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        func old() async throws -> Int {
            let lines = try await shop.owner.retention.preview().lines
            return lines.first { $0.kind == .idempotencyKeys }?.count ?? 0
        }
        _ = try await shop.generate(1)
        shop.clock.advance(by: .seconds(30 * 86_400))
        #expect(try await old() == 0)
        _ = try await shop.owner.settings.set(.keepsIdempotencyKeys, to: 29)
        let count = try await old()
        #expect(count > 0)
        let removed = try await shop.owner.retention.apply().lines.first { $0.kind == .idempotencyKeys }
        #expect(removed?.count == count)
        #expect(removed?.before == shop.clock.now - .seconds(29 * 86_400))
        #expect(try await old() == 0)
    }

    @Test("what is old is removed in portions, and all of it", arguments: Backing.allCases)
    func portionsAreBounded(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (tenant, now) = (shop.tenant.id, shop.clock.now)
        for part in 0..<5 {
            try await shop.store.write(.tenant(tenant)) { store in
                try store.insert(
                    (0..<500).map { number in
                        SignInAttempt(
                            id: Identifier(high: 7, low: UInt64(part * 500 + number)),
                            tenant: tenant,
                            at: now,
                            username: "eve",
                            outcome: .wrongPassword
                        )
                    }
                )
            }
        }
        shop.clock.advance(by: .seconds(91 * 86_400))
        let removed = try await shop.owner.retention.apply().lines.first { $0.kind == .signInAttempts }
        #expect(removed?.count == 2_500)
        let portions = try await shop.owner.audit.entries(AuditFilter(action: "retention.apply")).items.map(\.detail)
        #expect(
            portions.filter { $0.hasSuffix("sign-in-attempts") }
                == ["500 sign-in-attempts", "1000 sign-in-attempts", "1000 sign-in-attempts"]
        )
        #expect(try await shop.owner.staff.attempts().items.count == 0)
    }
}
