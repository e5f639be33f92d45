import BillingDomain
import TestSupport
import Testing

@Suite("Numbers, shares and ages of documents")
struct NumberingAndAgeingTests {
    private func kes(_ units: Int64) -> Money { Money(minorUnits: units, currency: .kes) }

    private func series(_ pattern: String, yearly: Bool = false) throws -> DocumentSeries {
        try DocumentSeries(
            id: Samples.id(1),
            tenant: Samples.id(1),
            kind: .invoice,
            pattern: try #require(NumberPattern(pattern)),
            restartsYearly: yearly
        )
    }

    @Test func numbersHaveNoGapAndRestartOnlyWhereTheYearIsPrinted() throws {
        var plain = try series("INV-{000}")
        var yearly = try series("INV-{YYYY}-{00000}", yearly: true)
        let december = try #require(LocalDate("2026-12-31"))
        let days = [december, december, december, december.adding(days: 1)]
        var texts: [String] = []
        for day in days { texts.append(try plain.take(on: day).text) }
        #expect(texts == ["INV-001", "INV-002", "INV-003", "INV-004"])
        let first = try yearly.take(on: december)
        let second = try yearly.take(on: december)
        #expect(first.text == "INV-2026-00001")
        #expect(second.sequence == 2)
        let next = try yearly.take(on: december.adding(days: 1))
        #expect(next.text == "INV-2027-00001")
        #expect(next.year == 2027)
        let before = yearly
        #expect(throws: DomainError.self) { try yearly.take(on: december) }
        #expect(yearly == before)
        #expect(throws: DomainError.self) { try series("INV") }
        #expect(throws: DomainError.self) { try series("INV-{00}-{##}") }
        #expect(throws: DomainError.self) { try series("INV-{00}", yearly: true) }
    }

    @Test func theOldestDebtIsPaidFirstUnlessDirected() throws {
        let day = try #require(LocalDate("2026-03-01"))
        let open = [(1, 10, 500), (2, 0, 300), (3, 0, 200)].map { id, days, owed in
            OpenInvoice(
                invoice: Samples.id(UInt64(id)),
                dueDate: day.adding(days: Int64(days)),
                outstanding: kes(Int64(owed))
            )
        }
        let oldest = try PaymentAllocation(of: kes(600), to: open)
        #expect(oldest.shares.map(\.invoice) == [Samples.id(2), Samples.id(3), Samples.id(1)])
        #expect(oldest.shares.map(\.amount) == [kes(300), kes(200), kes(100)])
        #expect(oldest.unapplied.isZero)
        let directed = try PaymentAllocation(
            of: kes(600),
            to: open,
            directedTo: [Samples.id(1), Samples.id(1), Samples.id(9)]
        )
        #expect(directed.shares.map(\.amount) == [kes(500)])
        #expect(directed.unapplied == kes(100))
        #expect(try PaymentAllocation(of: kes(1200), to: open).unapplied == kes(200))
        #expect(throws: DomainError.self) { try PaymentAllocation(of: kes(-1), to: open) }
        #expect(throws: DomainError.self) { try PaymentAllocation(of: .zero(.usd), to: open) }
    }

    @Test(arguments: [
        (Int64(-5), AgeingBucket.current), (0, .current), (1, .days1To30), (30, .days1To30), (31, .days31To60),
        (60, .days31To60), (61, .days61To90), (90, .days61To90), (91, .over90), (.max, .over90),
    ])
    func aDebtAgesByDaysPastDue(days: Int64, bucket: AgeingBucket) {
        #expect(AgeingBucket(daysPastDue: days) == bucket)
    }

    @Test func creditStandsBesideTheDebts() throws {
        let day = try #require(LocalDate("2026-06-30"))
        let open = [0, 10, 40, 40, 100].map { days in
            OpenInvoice(invoice: Samples.id(UInt64(days)), dueDate: day.adding(days: -days), outstanding: kes(100))
        }
        let ageing = try Ageing(of: open, unapplied: kes(70), on: day)
        #expect(AgeingBucket.allCases.map { ageing.amounts[$0]?.minorUnits } == [100, 100, 200, 0, 100])
        #expect(ageing.owed == kes(500))
        #expect(ageing.unapplied == kes(70))
        #expect(throws: DomainError.self) { try Ageing(of: open, unapplied: .zero(.usd), on: day) }
    }

    @Test func aReceiptIsGivenForSettledMoneyOnly() throws {
        let day = try #require(LocalDate("2026-06-30"))
        let number = DocumentNumber(kind: .receipt, year: nil, sequence: 1, text: "R-1")
        var payment = try PaymentFoldTests.payment()
        let open = [OpenInvoice(invoice: Samples.id(4), dueDate: day, outstanding: kes(600))]
        #expect(throws: DomainError.self) {
            try Receipt(id: Samples.id(1), number: number, for: payment, on: day, at: Samples.start)
        }
        payment.record(try PaymentFoldTests.event(.settled(amount: kes(1000), fee: nil, reference: "R")))
        let receipt = try Receipt(
            id: Samples.id(1),
            number: number,
            for: payment,
            open: open,
            on: day,
            at: Samples.start
        )
        #expect(receipt.amount == kes(1000))
        #expect(receipt.allocation.unapplied == kes(400))
        #expect(throws: DomainError.self) {
            try Receipt(id: Samples.id(1), number: InvoiceTests.number(), for: payment, on: day, at: Samples.start)
        }
    }
}
