import BillingDomain
import TestSupport
import Testing

@Suite("An invoice")
struct InvoiceTests {
    static let day = LocalDate(year: 2026, month: 3, day: 1) ?? .earliest

    static func kes(_ units: Int64) -> Money { Money(minorUnits: units, currency: .kes) }

    static func number(_ kind: DocumentKind = .invoice) -> DocumentNumber {
        DocumentNumber(kind: kind, year: nil, sequence: 1, text: "N-1")
    }

    static func note(_ amount: Int64, for invoice: UInt64 = 1) throws -> CreditNote {
        try CreditNote(
            id: Samples.id(1),
            tenant: Samples.id(1),
            invoice: Samples.id(invoice),
            number: number(.creditNote),
            amount: kes(amount),
            reason: "outage",
            date: day,
            createdAt: Samples.start
        )
    }

    static func invoice(in state: InvoiceState) throws -> Invoice {
        var invoice = try Invoice(
            id: Samples.id(1),
            tenant: Samples.id(1),
            customer: Samples.id(1),
            currency: .kes,
            lines: [InvoiceLine(text: "March", unitPrice: kes(1000))],
            createdAt: Samples.start
        )
        guard state != .draft else { return invoice }
        try invoice.issue(number(), on: day, due: day.adding(days: 14))
        switch state {
        case .draft, .issued: break
        case .partlyPaid: try invoice.pay(kes(400))
        case .paid: try invoice.pay(kes(1000))
        case .void: try invoice.void(reason: "wrong customer")
        case .writtenOff: try invoice.writeOff(reason: "gone")
        }
        return invoice
    }

    enum Move: String, CaseIterable {
        case rewrite
        case issue
        case payPart
        case payRest
        case credit
        case reversePayment
        case void
        case writeOff
    }

    @Test(arguments: InvoiceState.allCases, Move.allCases)
    func everyMoveFromEveryStateIsAsTheTableSays(state: InvoiceState, move: Move) throws {
        let before = try Self.invoice(in: state)
        var invoice = before
        let expected: InvoiceState? =
            switch (move, state) {
            case (.rewrite, .draft): .draft
            case (.issue, .draft): .issued
            case (.payPart, .issued), (.payPart, .partlyPaid), (.credit, .issued), (.credit, .partlyPaid): .partlyPaid
            case (.payRest, .issued), (.payRest, .partlyPaid): .paid
            case (.reversePayment, .partlyPaid): .issued
            case (.reversePayment, .paid): .partlyPaid
            case (.void, .draft), (.void, .issued): .void
            case (.writeOff, .issued), (.writeOff, .partlyPaid): .writtenOff
            default: nil
            }
        do {
            switch move {
            case .rewrite: try invoice.rewrite(lines: [try InvoiceLine(text: "April", unitPrice: Self.kes(5))])
            case .issue: try invoice.issue(Self.number(), on: Self.day, due: Self.day)
            case .payPart: try invoice.pay(Self.kes(100))
            case .payRest: try invoice.pay(before.state.isOpen ? before.outstanding : Self.kes(1))
            case .credit: try invoice.credit(try Self.note(100))
            case .reversePayment: try invoice.reversePayment(of: Self.kes(400))
            case .void: try invoice.void(reason: "x")
            case .writeOff: try invoice.writeOff(reason: "x")
            }
            #expect(invoice.state == expected)
            #expect(invoice.state.isOpen || invoice.outstanding.isZero)
        } catch let error as DomainError {
            #expect(expected == nil, "\(error)")
            #expect(error.code == .illegalMove)
            #expect(invoice == before)
        }
    }

    @Test func nothingIsSettledBeyondWhatIsOwed() throws {
        var invoice = try Self.invoice(in: .partlyPaid)
        let before = invoice
        for amount in [Self.kes(601), Self.kes(0), Self.kes(-1), Money(minorUnits: 1, currency: .usd)] {
            #expect(throws: DomainError.self) { try invoice.pay(amount) }
        }
        #expect(throws: DomainError.self) { try invoice.credit(try Self.note(601)) }
        #expect(throws: DomainError.self) { try invoice.credit(try Self.note(1, for: 2)) }
        #expect(throws: DomainError.self) { try invoice.reversePayment(of: Self.kes(401)) }
        #expect(invoice == before)
        try invoice.credit(try Self.note(600))
        #expect(invoice.state == .paid)
    }

    @Test func twoPartPaymentsSettleExactly() throws {
        var invoice = try Self.invoice(in: .issued)
        try invoice.pay(Self.kes(333))
        #expect(invoice.outstanding == Self.kes(667))
        try invoice.pay(Self.kes(667))
        #expect(invoice.state == .paid)
        #expect(invoice.paid == invoice.totals.total)
    }

    @Test func anIssueNeedsLinesItsOwnNumberAndDatesInOrder() throws {
        var invoice = try Self.invoice(in: .draft)
        #expect(throws: DomainError.self) { try invoice.issue(Self.number(.receipt), on: Self.day, due: Self.day) }
        #expect(throws: DomainError.self) {
            try invoice.issue(Self.number(), on: Self.day, due: Self.day.adding(days: -1))
        }
        try invoice.rewrite(lines: [])
        #expect(throws: DomainError.self) { try invoice.issue(Self.number(), on: Self.day, due: Self.day) }
        try invoice.rewrite(lines: [try InvoiceLine(text: "gift", unitPrice: Self.kes(0))])
        try invoice.issue(Self.number(), on: Self.day, due: Self.day)
        #expect(invoice.state == .paid)
    }
}
