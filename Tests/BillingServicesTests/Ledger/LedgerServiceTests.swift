import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("The books by hand")
struct LedgerServiceTests {
    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    @Test("money between the house's own places is booked once, and is no revenue", arguments: Backing.allCases)
    func theHouse(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let books = shop.owner.ledger
        let key = IdempotencyKey.new()
        let first = try await books.ownerPutsIn(ugx(9_000), into: .safe, reference: "start", key: key)
        #expect(try await books.ownerPutsIn(ugx(9_000), into: .safe, reference: "start", key: key) == first)
        await expectRefusal(.conflict, field: "key") {
            try await books.ownerPutsIn(ugx(9_001), into: .safe, reference: "start", key: key)
        }
        _ = try await books.move(ugx(5_000), from: .safe, to: .bank, reference: "slip 7", key: .new())
        _ = try await books.ownerTakesOut(ugx(1_000), from: .bank, reference: "rent", key: .new())
        #expect(try await shop.balances() == ["safe": 4_000, "bank": 4_000, "owners-equity": -8_000])
        let day = DateRange(from: LocalDate(shop.clock.now), days: 1)
        let revenue = try await shop.owner.reports.revenue(day).flatMap(\.figures)
        #expect(revenue.allSatisfy { $0.received.isZero && $0.earned.isZero })
        let trail = try await shop.owner.audit.entries().items.filter { $0.action == "ledger.move" }
        #expect(trail.map(\.detail) == ["UGX 5,000, slip 7"] || trail.map(\.detail) == ["\(ugx(5_000)), slip 7"])
    }

    @Test("a payout empties what a gateway held, and what it kept is a fee", arguments: Backing.allCases)
    func payouts(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        try await shop.post("paid", [.debit(.gatewayClearing("momo"), ugx(1_000)), try .credit(.bank, ugx(1_000))])
        _ = try await shop.owner.ledger.recordPayout(
            ugx(980),
            fee: ugx(20),
            of: "momo",
            reference: "line 4",
            key: .new()
        )
        #expect(try await shop.balances() == ["bank": -20, "gateway-fees": 20])
        await expectRefusal(.invalidInput, field: "payment") {
            try await shop.owner.ledger.recordPayout(ugx(1), of: "Mo Mo", reference: "x", key: .new())
        }
    }

    @Test("no more tax is handed over than was taken", arguments: Backing.allCases)
    func taxes(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        try await shop.post("tax", [.debit(.bank, ugx(180)), try .credit(.taxPayable, ugx(180))])
        await expectRefusal(.conflict, field: "amount") {
            try await shop.owner.ledger.payTax(ugx(181), reference: "March", key: .new())
        }
        _ = try await shop.owner.ledger.payTax(ugx(180), reference: "March", key: .new())
        #expect(try await shop.balances().isEmpty)
    }

    @Test("a supplier is owed a bill until it is paid", arguments: Backing.allCases)
    func suppliers(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await shop.owner.ledger.recordBill(ugx(700), reference: "line, March", key: .new())
        #expect(try await shop.balances() == ["cost-of-sales": 700, "suppliers-payable": -700])
        _ = try await shop.owner.ledger.paySupplier(ugx(700), from: .safe, reference: "line, March", key: .new())
        #expect(try await shop.balances() == ["cost-of-sales": 700, "safe": -700])
    }

    @Test("what is no amount, no place of the house or no reference is refused")
    func inputIsChecked() async throws {
        let books = try await Shop.open(.memory).owner.ledger
        await expectRefusal(.invalidInput, field: "amount") {
            try await books.move(ugx(0), from: .safe, to: .bank, reference: "x", key: .new())
        }
        await expectRefusal(.invalidInput, field: "amount") {
            try await books.recordBill(ugx(-1), reference: "x", key: .new())
        }
        await expectRefusal(.invalidInput, field: "reference") {
            try await books.recordBill(ugx(1), reference: " ", key: .new())
        }
        await expectRefusal(.invalidInput, field: "target") {
            try await books.move(ugx(1), from: .safe, to: .safe, reference: "x", key: .new())
        }
        await expectRefusal(.invalidInput, field: "place") {
            try await books.move(ugx(1), from: .drawer, to: .bank, reference: "x", key: .new())
        }
    }

    @Test("an entry by hand balances, on accounts that there are", arguments: Backing.allCases)
    func byHand(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let books = till.owner.ledger
        let balance = Account.customerBalance(till.customer.id)
        let opening = [Posting.debit(.bank, ugx(500)), try .credit(balance, ugx(500))]
        let entry = try await books.enter(opening, reason: "from the old books", key: .new())
        #expect(entry.actor == till.owner.actor)
        #expect(try await till.balance() == 500)
        await expectRefusal(.invalidInput) {
            try await books.enter([.debit(.bank, ugx(2)), .credit(.safe, ugx(1))], reason: "x", key: .new())
        }
        for postings in [[], [Posting.debit(.bank, ugx(1))]] {
            await expectRefusal(.invalidInput, field: "postings") {
                try await books.enter(postings, reason: "x", key: .new())
            }
        }
        let strangers = [
            "", "cash", "bank:", "petty-cash", "clearing:", "clearing:A B", "safe:x", "commission-payable:x",
        ]
        for code in strangers {
            let postings = [Posting.debit(Account(rawValue: code), ugx(1)), try .credit(.safe, ugx(1))]
            await #expect(throws: BillingError.self, "\(code)") {
                try await books.enter(postings, reason: "x", key: .new())
            }
        }
        // Nobody's credit falls below zero, by hand neither.
        await expectRefusal(.conflict) {
            try await books.enter([.debit(balance, ugx(501)), .credit(.bank, ugx(501))], reason: "x", key: .new())
        }
        try await till.checkBooks()
    }

    @Test("an entry by hand is taken back once; what a sale wrote is not", arguments: Backing.allCases)
    func takenBack(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let books = shop.owner.ledger
        let bill = try await books.recordBill(ugx(700), reference: "line", key: .new())
        let key = IdempotencyKey.new()
        let reversal = try await books.reverse(bill.id, reason: "another's", key: key)
        #expect(try await books.reverse(bill.id, reason: "another's", key: key) == reversal)
        #expect(try await shop.balances().isEmpty)
        await expectRefusal(.conflict, field: "entry") { try await books.reverse(bill.id, reason: "x", key: .new()) }
        await expectRefusal(.conflict, field: "entry") {
            try await books.reverse(reversal.id, reason: "x", key: .new())
        }
        _ = try await shop.generate(1, sold: true)
        let sale = try #require(try await shop.owner.reports.ledger().items.first)
        await expectRefusal(.conflict, field: "entry") { try await books.reverse(sale.id, reason: "x", key: .new()) }
    }
}
