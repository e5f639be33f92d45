import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Drafts of invoices, discount and tax")
struct InvoiceDraftTests {
    @Test("a draft is rewritten until it is issued", arguments: Backing.allCases)
    func draftsAreRewritten(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let invoices = till.owner.invoices
        func draft(_ text: String, _ units: Int64, _ customer: Identifier<Customer>? = nil) throws -> InvoiceDraft {
            InvoiceDraft(
                customer: customer ?? till.customer.id,
                lines: [try InvoiceLine(text: text, unitPrice: till.ugx(units))]
            )
        }
        let id = try await invoices.draft(draft("Cable", 300), key: .new()).id
        let rewritten = try await invoices.rewrite(id, draft("Mast", 900))
        #expect(rewritten.lines.map(\.text) == ["Mast"])
        #expect(rewritten.totals.total == till.ugx(900))
        let ben = try await till.owner.customers.create(CustomerDraft(name: "Ben"), key: .new())
        await expectRefusal(.invalidInput, field: "customer") {
            try await invoices.rewrite(id, draft("Mast", 1, ben.id))
        }
        await expectRefusal(.invalidInput, field: "lines") {
            try await invoices.rewrite(id, InvoiceDraft(customer: till.customer.id, lines: []))
        }
        _ = try await invoices.issue(id, key: .new())
        await expectRefusal(.conflict) { try await invoices.rewrite(id, draft("Cable", 1)) }
        #expect(try await invoices.invoice(id).totals.total == till.ugx(900))
        #expect(try await till.shop.balances()["receivable:\(till.customer.id)"] == 900)
    }

    @Test(
        "discount and tax are on the invoice and in the books, and a credit note takes back a part of each",
        arguments: [
            true, false,
        ],
        Backing.allCases
    )
    func taxIsBooked(pricesIncludeTax: Bool, backing: Backing) async throws {
        let till = try await Till.open(backing)
        let invoices = till.owner.invoices
        let vat = try TaxRate(name: "VAT", rate: Percentage(basisPoints: 1_800))
        let line = try InvoiceLine(
            text: "Month",
            quantity: 2,
            unitPrice: till.ugx(pricesIncludeTax ? 5_900 : 5_000),
            taxes: [vat]
        )
        let draft = InvoiceDraft(
            customer: till.customer.id,
            lines: [line],
            discount: .percentage(Percentage(basisPoints: 1_000)),
            taxRules: TaxRules(pricesIncludeTax: pricesIncludeTax)
        )
        let invoice = try await invoices.issue(invoices.draft(draft, key: .new()).id, key: .new())
        #expect(invoice.totals.net == till.ugx(9_000))
        #expect(invoice.totals.taxes.map(\.amount) == [till.ugx(1_620)])
        #expect(invoice.totals.total == till.ugx(10_620))
        #expect(invoice.totals.discount == till.ugx(pricesIncludeTax ? 1_180 : 1_000))
        func taxAndRest() async throws -> (tax: Int64?, owed: Int64?) {
            let balances = try await till.shop.balances()
            let tax = balances.filter { $0.key.hasPrefix("tax") }.values.reduce(0, +)
            return (tax, balances["receivable:\(till.customer.id)"])
        }
        #expect(try await taxAndRest() == (-1_620, 10_620))
        _ = try await invoices.credit(invoice.id, till.ugx(5_310), reason: "outage", key: .new())
        #expect(try await taxAndRest() == (-810, 5_310))
        try await till.checkBooks()
    }
}
