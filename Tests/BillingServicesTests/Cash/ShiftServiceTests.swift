import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Shifts")
struct ShiftServiceTests {
    private func ugx(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: .ugx) }

    @Test("cash sales are found in the books, and an exact count closes the drawer", arguments: Backing.allCases)
    func salesAreFoundInTheBooks(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let till = try await shop.person(.cashier)
        let shifts = till.session.shifts
        _ = try await shifts.open(float: ugx(1_000), key: .new())
        _ = try await till.session.vouchers.generate(
            2,
            of: shop.package.id,
            on: shop.router.id,
            sold: true,
            key: .new()
        )
        _ = try await shifts.handOver(ugx(3_000), to: .safe, key: .new())
        _ = try await shifts.cashOut(ugx(500), reason: "petrol", key: .new())
        _ = try await shifts.cashIn(ugx(200), reason: "coins", key: .new())
        _ = try await till.session.vouchers.generate(
            1,
            of: shop.package.id,
            on: shop.router.id,
            sold: true,
            key: .new()
        )
        let now = try #require(try await shifts.current(.ugx))
        #expect(now.sales == ugx(7_500))
        #expect(try now.expected() == ugx(1_000 + 7_500 - 3_000 - 500 + 200))
        _ = try await shifts.count(ugx(5_200))
        let closed = try await shifts.close(.ugx, key: .new())
        #expect(closed.state == .closed)
        let balances = try await shop.balances()
        #expect(balances["cash:\(till.id)"] == nil)
        #expect(balances["safe"] == 7_000)
        #expect(balances["cash-over-short"] == nil)
        let (_, movements) = try await shop.owner.shifts.shift(closed.id)
        #expect(
            movements.map(\.kind).sorted { $0.rawValue < $1.rawValue } == [.cashIn, .cashOut, .handOver, .sale, .sale]
        )
    }

    @Test("a difference takes a second person and is booked as a loss", arguments: Backing.allCases)
    func differencesAreApproved(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let till = try await shop.person(.manager, "till")
        let shift = try await till.session.shifts.open(float: ugx(1_000), key: .new())
        _ = try await till.session.shifts.count(ugx(900))
        await expectRefusal(.conflict) { try await till.session.shifts.close(.ugx, key: .new()) }
        await expectRefusal(.conflict) { try await till.session.shifts.approve(shift.id, reason: "mine", key: .new()) }
        await expectRefusal(.invalidInput, field: "reason") {
            try await shop.owner.shifts.approve(shift.id, reason: " ", key: .new())
        }
        let approved = try await shop.owner.shifts.approve(shift.id, reason: "a hole in the pocket", key: .new())
        #expect(approved.state == .approved)
        let balances = try await shop.balances()
        #expect(balances["cash-over-short"] == 100)
        #expect(balances["safe"] == -100)
        #expect(balances["cash:\(till.id)"] == nil)
        _ = try await till.session.shifts.open(float: ugx(0), key: .new())
    }

    @Test("a person and the programs they made are one pair of eyes", arguments: Backing.allCases)
    func programsAreTheirMakers(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (till, boss) = (
            try await shop.person(.superAdministrator, "till"), try await shop.person(.superAdministrator)
        )
        let own = try await till.session.shifts.open(float: ugx(1_000), key: .new())
        _ = try await till.session.shifts.count(ugx(900))
        let program = try await shop.program(of: till.session)
        await expectRefusal(.conflict) { try await program.shifts.approve(own.id, reason: "mine", key: .new()) }
        _ = try await boss.session.shifts.approve(own.id, reason: "a hole in the pocket", key: .new())
        // Who counted and who accepts what is missing, each as themselves and by a program.
        let others = [boss.session, try await shop.program(of: boss.session)]
        for (counter, approver) in [(others[0], others[1]), (others[1], others[0])] {
            let shift = try await till.session.shifts.open(float: ugx(1_000), key: .new())
            _ = try await counter.shifts.count(ugx(900), of: shift.id)
            await expectRefusal(.conflict) { try await approver.shifts.approve(shift.id, reason: "x", key: .new()) }
            _ = try await shop.owner.shifts.approve(shift.id, reason: "x", key: .new())
        }
    }

    @Test(
        "who miscounted the drawer of somebody else gives the count up, and ends it alone",
        arguments: Backing.allCases
    )
    func countsOfOthersAreGivenUp(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let till = try await shop.person(.cashier, "till")
        let boss = try await shop.person(.superAdministrator).session
        let shift = try await till.session.shifts.open(float: ugx(1_000), key: .new())
        await expectRefusal(.conflict) { try await boss.shifts.recount(of: shift.id) }
        _ = try await boss.shifts.count(ugx(900), of: shift.id)
        await expectRefusal(.conflict) { try await boss.shifts.approve(shift.id, reason: "x", key: .new()) }
        #expect(try await boss.shifts.recount(of: shift.id).state == .open)
        _ = try await boss.shifts.count(ugx(1_000), of: shift.id)
        #expect(try await boss.shifts.approve(shift.id, reason: nil, key: .new()).state == .approved)
        let lines = try await shop.owner.audit.entries(AuditFilter(subject: "shift:\(shift.id)")).items
        #expect(lines.contains { $0.action == "shift.recount" && $0.detail.contains("900") })
    }

    @Test("a small difference closes within the tenant's tolerance", arguments: Backing.allCases)
    func tolerancesAreSettings(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await shop.owner.settings.set(.shiftTolerance, to: 100)
        let shifts = try await shop.person(.cashier).session.shifts
        _ = try await shifts.open(float: ugx(1_000), key: .new())
        _ = try await shifts.count(ugx(1_100))
        #expect(try await shifts.close(.ugx, key: .new()).state == .closed)
        #expect(try await shop.balances()["cash-over-short"] == -100)
    }

    @Test("cash handed to a colleague is in their drawer", arguments: Backing.allCases)
    func cashIsHandedOn(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (one, two) = (try await shop.person(.cashier, "one"), try await shop.person(.cashier, "two"))
        _ = try await one.session.shifts.open(float: ugx(1_000), key: .new())
        _ = try await two.session.shifts.open(float: ugx(0), key: .new())
        let key = IdempotencyKey.new()
        for _ in 1...2 { _ = try await one.session.shifts.handOver(ugx(400), to: .colleague(two.id), key: key) }
        #expect(try await one.session.shifts.current(.ugx)?.expected() == ugx(600))
        let theirs = try #require(try await two.session.shifts.current(.ugx))
        #expect(theirs.cashIn == ugx(400))
        #expect(theirs.sales.isZero)
        _ = try await two.session.shifts.count(ugx(400))
        #expect(try await two.session.shifts.close(.ugx, key: .new()).state == .closed)
    }

    @Test("only one's own shift is moved, and only one is open at a time", arguments: Backing.allCases)
    func shiftsAreOnesOwn(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (one, two) = (try await shop.person(.cashier, "one"), try await shop.person(.cashier, "two"))
        let key = IdempotencyKey.new()
        let shift = try await one.session.shifts.open(float: ugx(1_000), key: key)
        #expect(try await one.session.shifts.open(float: ugx(1_000), key: key) == shift)
        await expectRefusal(.conflict) { try await one.session.shifts.open(float: ugx(1_000), key: .new()) }
        await expectRefusal(.conflict) { try await two.session.shifts.count(ugx(1_000)) }
        await expectRefusal(.conflict) { try await one.session.shifts.handOver(ugx(2_000), to: .bank, key: .new()) }
        await expectRefusal(.invalidInput, field: "amount") {
            try await one.session.shifts.handOver(ugx(0), to: .bank, key: .new())
        }
        await expectRefusal(.invalidInput, field: "reason") {
            try await one.session.shifts.cashOut(ugx(1), reason: "", key: .new())
        }
        await expectRefusal(.invalidInput, field: "float") {
            try await two.session.shifts.open(float: ugx(-1), key: .new())
        }
        await expectRefusal(.invalidInput, field: "counted") { try await one.session.shifts.count(ugx(-1)) }
    }

    @Test("a counted drawer takes nothing more unless the count is given up", arguments: Backing.allCases)
    func recounts(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let till = try await shop.person(.cashier)
        _ = try await till.session.shifts.open(float: ugx(0), key: .new())
        _ = try await till.session.shifts.count(ugx(0))
        func sell() async throws {
            _ = try await till.session.vouchers.quickSale(of: shop.package.id, on: shop.router.id, key: .new())
        }
        await expectRefusal(.conflict, field: "payment") { try await sell() }
        _ = try await till.session.shifts.recount(.ugx)
        try await sell()
        let counted = try await till.session.shifts.count(ugx(2_500))
        #expect(try counted.difference() == ugx(0))
    }
}
