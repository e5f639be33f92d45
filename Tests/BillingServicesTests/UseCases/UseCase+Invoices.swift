import BillingDomain
import BillingServices
import Testing

extension UseCase {
    /// Invoices and credit notes.
    static let invoices: [UseCase] = [
        UseCase("InvoiceService.list(_:_:)", "list invoices", [.viewInvoices], namesThings: false) { session, _, _ in
            _ = try await session.invoices.list()
        },
        UseCase(till: "InvoiceService.invoice(_:)", "see an invoice", [.viewInvoices], given: issued) {
            session,
            _,
            invoice in
            _ = try await session.invoices.invoice(invoice.id)
        },
        UseCase(till: "InvoiceService.creditNotes(of:)", "see credit notes", [.viewInvoices], given: issued) {
            session,
            _,
            invoice in
            _ = try await session.invoices.creditNotes(of: invoice.id)
        },
        UseCase("InvoiceService.debtors(in:on:_:)", "list who owes", [.viewReports], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.invoices.debtors()
        },
        UseCase(till: "InvoiceService.draft(_:key:)", "draft an invoice", [.issueInvoices]) { session, till in
            _ = try await session.invoices.draft(till.invoiceDraft(100), key: .call)
        },
        UseCase(till: "InvoiceService.rewrite(_:_:)", "rewrite an invoice", [.issueInvoices], given: drafted) {
            session,
            till,
            invoice in
            _ = try await session.invoices.rewrite(invoice.id, till.invoiceDraft(200))
        },
        UseCase(till: "InvoiceService.issue(_:termDays:key:)", "issue an invoice", [.issueInvoices], given: drafted) {
            session,
            _,
            invoice in
            _ = try await session.invoices.issue(invoice.id, key: .call)
        },
        UseCase(
            till: "InvoiceService.payFromBalance(_:of:directedTo:key:)",
            "pay invoices from a balance",
            [.takePayments]
        ) { till in
            try await till.topUp(5_000)
            return try await issued(till)
        } run: { session, till, _ in
            _ = try await session.invoices.payFromBalance(till.ugx(60), of: till.customer.id, key: .call)
        },
        UseCase(
            till: "InvoiceService.returnToBalance(_:from:reason:key:)",
            "put a payment back on a balance",
            [.refundPayments]
        ) { till in
            try await till.topUp(5_000)
            let invoice = try await issued(till)
            _ = try await till.owner.invoices.payFromBalance(till.ugx(60), of: till.customer.id, key: .new())
            return invoice
        } run: { session, _, invoice in
            _ = try await session.invoices.returnToBalance(from: invoice.id, reason: "wrong one", key: .call)
        },
        UseCase(till: "InvoiceService.credit(_:_:reason:key:)", "credit an invoice", [.cancelInvoices], given: issued) {
            session,
            till,
            invoice in
            _ = try await session.invoices.credit(invoice.id, till.ugx(40), reason: "outage", key: .call)
        },
        UseCase(till: "InvoiceService.void(_:reason:key:)", "void an invoice", [.cancelInvoices], given: issued) {
            session,
            _,
            invoice in
            _ = try await session.invoices.void(invoice.id, reason: "typing", key: .call)
        },
        UseCase(
            till: "InvoiceService.writeOff(_:reason:key:)",
            "write an invoice off",
            [.cancelInvoices],
            given: issued
        ) { session, _, invoice in
            _ = try await session.invoices.writeOff(invoice.id, reason: "gone", key: .call)
        },
        UseCase("InvoiceService.ageing(in:on:)", "see debts by age", [.viewReports], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.invoices.ageing()
        },
        UseCase(
            "InvoiceService.setSeries(_:pattern:restartsYearly:)",
            "choose how invoices are numbered",
            [.manageSettings],
            namesThings: false
        ) { session, _, _ in
            let pattern = NumberPattern("LV-{0000}")
            _ = try await session.invoices.setSeries(.invoice, pattern: #require(pattern))
        },
    ]

    @Sendable private static func drafted(_ till: Till) async throws -> Invoice {
        try await till.owner.invoices.draft(till.invoiceDraft(100), key: .new())
    }

    @Sendable private static func issued(_ till: Till) async throws -> Invoice { try await till.issued(100) }
}
