import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Where cash lies")
struct CashPlaceTests {
    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    @Test("who has no open shift takes cash into the safe and pays it from there", arguments: Backing.allCases)
    func withoutShift(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let till = try await shop.person(.superAdministrator).session
        let codes = try await shop.generate(2).vouchers.map(\.code)
        _ = try await till.vouchers.sell(codes: [codes[0]], key: .new())
        #expect(try await shop.balances()["safe"] == 2_500)
        // It is in no drawer that is opened later.
        let shift = try await till.shifts.open(float: ugx(500), key: .new())
        #expect(try await till.shifts.current(.ugx)?.expected() == ugx(500))
        _ = try await till.vouchers.sell(codes: [codes[1]], key: .new())
        let drawer = Account.cash(shift.staff).rawValue
        #expect(try await shop.balances() == ["safe": 2_000, drawer: 3_000, "deferred-vouchers": -5_000])
        _ = try await till.shifts.count(ugx(3_000))
        _ = try await till.shifts.close(.ugx, key: .new())
        _ = try await till.vouchers.refund(code: codes[1], reason: "x", key: .new())
        #expect(try await shop.balances() == ["safe": 2_500, "deferred-vouchers": -2_500])
    }

    @Test("a drawer is named only by a person whose shift is open", arguments: Backing.allCases)
    func drawersAreOpen(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let till = try await shop.person(.superAdministrator)
        let agent = try await shop.agent()
        await expectRefusal(.invalidInput, field: "place") {
            try await shop.owner.agents.takeMoney(ugx(10), of: agent.id, into: .drawer, key: .new())
        }
        await expectRefusal(.conflict, field: "payment") {
            try await till.session.agents.takeMoney(ugx(10), of: agent.id, into: .drawer, key: .new())
        }
        await expectRefusal(.conflict, field: "payment") {
            let postings = try [Posting.debit(.cash(till.id), ugx(10)), .credit(.ownersEquity, ugx(10))]
            return try await shop.owner.ledger.enter(postings, reason: "by hand", key: .new())
        }
        // A drawer holds one currency.
        _ = try await till.session.shifts.open(float: Money(minorUnits: 1, currency: .usd), key: .new())
        await expectRefusal(.conflict, field: "payment") {
            try await till.session.agents.takeMoney(ugx(10), of: agent.id, into: .drawer, key: .new())
        }
        _ = try await till.session.shifts.open(float: ugx(0), key: .new())
        _ = try await till.session.agents.takeMoney(ugx(10), of: agent.id, into: .drawer, key: .new())
        #expect(try await shop.owner.reports.balances().contains { $0.account == .cash(till.id) })
    }

    @Test("what somebody else has sold lies in the drawer of their shift", arguments: Backing.allCases)
    func sellersHaveDrawers(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let seller = try await shop.person(.cashier)
        let codes = try await shop.generate(2).vouchers.map(\.code)
        let options = SaleOptions(seller: seller.id)
        _ = try await shop.owner.vouchers.sell(codes: [codes[0]], options: options, key: .new())
        #expect(try await shop.balances()["safe"] == 2_500)
        _ = try await seller.session.shifts.open(float: ugx(0), key: .new())
        _ = try await shop.owner.vouchers.sell(codes: [codes[1]], options: options, key: .new())
        #expect(try await seller.session.shifts.current(.ugx)?.sales == ugx(2_500))
    }

    @Test("cash is handed to a colleague whose drawer is open, and to no other", arguments: Backing.allCases)
    func colleaguesHaveOpenDrawers(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (one, two) = (try await shop.person(.cashier, "one"), try await shop.person(.cashier, "two"))
        _ = try await one.session.shifts.open(float: ugx(1_000), key: .new())
        func handOver() async throws {
            _ = try await one.session.shifts.handOver(ugx(400), to: .colleague(two.id), key: .new())
        }
        await expectRefusal(.conflict, field: "target") { try await handOver() }
        _ = try await two.session.shifts.open(float: ugx(0), key: .new())
        try await handOver()
        _ = try await two.session.shifts.count(ugx(400))
        await expectRefusal(.conflict, field: "target") { try await handOver() }
        _ = try await two.session.shifts.close(.ugx, key: .new())
        #expect(try await shop.balances() == ["safe": -600, Account.cash(one.id).rawValue: 600])
    }

    @Test("the drawer of somebody who has left is counted and ended by another", arguments: Backing.allCases)
    func othersCountForWhoHasLeft(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let till = try await shop.person(.cashier)
        let shift = try await till.session.shifts.open(float: ugx(1_000), key: .new())
        _ = try await till.session.vouchers.quickSale(of: shop.package.id, on: shop.router.id, key: .new())
        _ = try await shop.owner.staff.disable(till.id)
        let shifts = shop.owner.shifts
        await expectRefusal(.invalidInput, field: "counted") {
            try await shifts.count(Money(minorUnits: 1, currency: .usd), of: shift.id)
        }
        let counted = try await shifts.count(ugx(3_400), of: shift.id)
        #expect((counted.state, try counted.difference()) == (.counted, ugx(-100)))
        await expectRefusal(.conflict) { try await shifts.count(ugx(3_500), of: shift.id) }
        await expectRefusal(.conflict) {
            try await shifts.approve(shift.id, reason: "gone with the money", key: .new())
        }
        let third = try await shop.session(.superAdministrator)
        _ = try await third.shifts.approve(shift.id, reason: "gone with the money", key: .new())
        #expect(
            try await shop.balances() == ["safe": 2_400, "cash-over-short": 100, "deferred-vouchers": -2_500]
        )
    }

    @Test("drawers of a site are counted and approved by who is assigned to it", arguments: Backing.allCases)
    func drawersStandAtSites(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let sites = [
            try await shop.owner.sites.add(SiteDraft(name: "Hill")),
            try await shop.owner.sites.add(SiteDraft(name: "Lake")),
        ]
        func manager(_ site: Site) async throws -> BillingSession {
            let assignment = StaffAssignment(sites: [site.id])
            let draft = TokenDraft(name: site.name, role: .superAdministrator, assignment: assignment)
            return try await shop.billing.apiSession(token: shop.owner.tokens.create(draft, key: .new()).secret)
        }
        let (here, there) = (try await manager(sites[0]), try await manager(sites[1]))
        let till = try await shop.person(.cashier)
        let shift = try await till.session.shifts.open(float: ugx(1_000), at: sites[0].id, key: .new())
        await expectRefusal(.forbidden, field: "site") { try await there.shifts.count(ugx(900), of: shift.id) }
        _ = try await here.shifts.count(ugx(1_000), of: shift.id)
        await expectRefusal(.forbidden, field: "site") {
            try await there.shifts.approve(shift.id, reason: "x", key: .new())
        }
        #expect(try await here.shifts.approve(shift.id, reason: nil, key: .new()).state == .approved)
    }

    @Test("whoever signs in for an agent has no drawer of the house", arguments: Backing.allCases)
    func agentsHaveNoDrawer(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await shop.person(.cashier)
        let draft = AgentDraft(name: "Kiosk", staff: person.id, terms: .consignment(ceiling: ugx(5_000)))
        let agent = try await shop.owner.agents.add(draft, key: .new())
        await expectRefusal(.conflict) { try await person.session.shifts.open(float: ugx(0), key: .new()) }
        _ = try await shop.owner.agents.close(agent.id)
        _ = try await person.session.shifts.open(float: ugx(0), key: .new())
    }

    @Test(
        "a drawer holds what its shift expects, and nothing without one",
        arguments: Backing.allCases,
        [1, 2] as [UInt64]
    )
    func drawersAreTheirShifts(backing: Backing, seed: UInt64) async throws {
        let shop = try await Shop.open(backing, seed: seed)
        var chance = SplitMix64(seed: seed)
        var people: [Shop.Person] = []
        for name in ["amina", "ben", "caro"] { people.append(try await shop.person(.superAdministrator, name)) }
        let codes = try await shop.generate(60).vouchers.map(\.code)
        for _ in 0..<120 {
            shop.clock.advance(by: .seconds(1))
            let (person, other) = (people[Int(chance.next() % 3)], people[Int(chance.next() % 3)])
            let amount = ugx(Int64(chance.next() % 5_000))
            let code = codes[Int(chance.next() % 60)]
            let (shifts, vouchers) = (person.session.shifts, person.session.vouchers)
            do {
                switch chance.next() % 9 {
                case 0: _ = try await shifts.open(float: amount, key: .new())
                case 1, 2: _ = try await vouchers.sell(codes: [code], key: .new())
                case 3: _ = try await vouchers.refund(code: code, reason: "x", key: .new())
                case 4: _ = try await shifts.handOver(amount, to: .colleague(other.id), key: .new())
                case 5: _ = try await shifts.handOver(amount, to: .bank, key: .new())
                case 6: _ = try await shifts.cashIn(amount, reason: "coins", key: .new())
                case 7:
                    let expected = try await shifts.current(.ugx)?.expected() ?? ugx(0)
                    _ = try await shifts.count(expected)
                    _ = try await shifts.close(.ugx, key: .new())
                default: _ = try await shifts.cashOut(amount, reason: "petrol", key: .new())
                }
            } catch let error as BillingError {
                #expect([.conflict, .invalidInput].contains(error.code), "\(error)")
            }
            let balances = try await shop.balances()
            for person in people {
                let expected = try await person.session.shifts.current(.ugx)?.expected() ?? ugx(0)
                #expect(balances[Account.cash(person.id).rawValue] ?? 0 == expected.minorUnits)
            }
        }
        try await shop.expectSoundBooks()
    }
}
