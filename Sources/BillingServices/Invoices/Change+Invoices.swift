public import BillingDomain
import BillingPersistence

extension Change {
    /// What was invoiced is owed: Dr receivable, Cr tax and deferred revenue, or fee income for a late fee.
    func bookIssue(of invoice: Invoice) throws {
        let totals = invoice.totals
        let isFee = invoice.lines.allSatisfy { $0.subject?.hasPrefix(Invoice.lateFeePrefix) ?? false }
        let postings =
            try isFee
            ? PostingRecipe.charge(totals.total, to: invoice.customer)
            : PostingRecipe.sale(
                SaleAmounts(price: totals.total, tax: Money.sum(totals.taxes.map(\.amount), in: invoice.currency)),
                paidInto: .receivable(invoice.customer),
                of: .subscription
            )
        try book("invoice:\(invoice.id)", key: "invoice:\(invoice.id)", postings)
    }

    /// A credit note takes back every part of what was invoiced in proportion.
    func bookCredit(_ note: CreditNote, of invoice: Invoice) throws {
        var postings = try store.ledgerEntry(key: "invoice:\(invoice.id)")?.postings ?? []
        for earlier in try store.records(Query(CreditNote.Columns.invoice == invoice.id)) {
            postings += try store.ledgerEntry(key: "credit-note:\(earlier.id)")?.postings ?? []
        }
        let receivable = Account.receivable(invoice.customer)
        let isFee = postings.contains { $0.account == .feeIncome }
        let reversal =
            try isFee
            ? PostingRecipe.move(note.amount, debit: .feeIncome, credit: receivable)
            : SalePosition(of: postings, in: invoice.currency).refund(note.amount, from: receivable)
        try book("invoice:\(invoice.id)", key: "credit-note:\(note.id)", reversal)
    }

    /// Charges the fee for paying an invoice late, with an invoice of its own; nil where that is done or not due.
    func chargeLateFee(
        on id: Identifier<Invoice>,
        _ rule: LateFeeRule,
        in calendar: TenantCalendar
    ) throws -> Invoice? {
        let late = try store.require(id, "invoice", locked: true)
        let today = calendar.date(now)
        guard late.state.isOpen, let issued = late.issueDate, rule.feeDate(ofInvoice: issued) <= today,
            late.currency == rule.fee.fixed.currency, try store.ledgerEntry(key: "late-fee:\(id)") == nil
        else { return nil }
        // A fee on a fee would grow without end.
        guard !late.lines.contains(where: { $0.subject?.hasPrefix(Invoice.lateFeePrefix) ?? false }) else { return nil }
        let fee = try rule.fee.fee(on: late.outstanding)
        guard fee.minorUnits > 0 else { return nil }
        var invoice = try Invoice(
            id: identifier(),
            tenant: tenant,
            customer: late.customer,
            currency: late.currency,
            lines: [
                InvoiceLine(
                    text: "Late payment of \(late.number?.text ?? id.description)",
                    subject: Invoice.lateFeePrefix + id.description,
                    unitPrice: fee
                )
            ],
            createdAt: now
        )
        try invoice.issue(number(.invoice, on: today), on: today, due: rule.dueDate(ofInvoice: today))
        try store.insert(invoice)
        try book(
            "invoice:\(invoice.id)",
            key: "late-fee:\(id)",
            PostingRecipe.charge(fee, to: invoice.customer)
        )
        try audit("invoice.late-fee", "invoice:\(id)", "\(invoice.number?.text ?? ""), \(fee)")
        return invoice
    }
}

extension Invoice {
    /// What the subject of a late fee begins with; the identity of the invoice that was paid late follows.
    static let lateFeePrefix = "late-fee:"
}

extension CollectionService {
    /// Charges a late fee once on every invoice whose date, term and hold-up are over.
    ///
    /// Answers with the invoices of the fees. Each in its own transaction.
    @discardableResult
    public func chargeLateFees(_ rule: LateFeeRule, tenant id: Identifier<Tenant>) async throws -> [Invoice] {
        let (tenant, late) = try await context.read(.tenant(id)) { store in
            guard let tenant = try store.tenant(id) else { throw BillingError.notFound("tenant", field: "tenant") }
            let open = Query(Invoice.Columns.state.isOne(of: [.issued, .partlyPaid]))
            return (tenant, try store.records(open).map(\.id))
        }
        let calendar = TenantCalendar(tenant)
        var fees: [Invoice] = []
        for invoice in late {
            let fee = try await context.change(id, by: .system("collection")) { change in
                try change.chargeLateFee(on: invoice, rule, in: calendar)
            }
            if let fee { fees.append(fee) }
        }
        return fees
    }
}
