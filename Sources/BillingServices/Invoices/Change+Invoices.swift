import BillingDomain
import BillingPersistence

extension Change {
    /// Stores an invoice that was issued and books it: Dr receivable, Cr tax and deferred revenue, or fee income for a
    /// late fee; what is earned at once is recognised.
    func bookIssue(of invoice: Invoice, in calendar: TenantCalendar) throws {
        let totals = invoice.totals
        let postings =
            try invoice.lateFor != nil
            ? PostingRecipe.charge(totals.total, to: invoice.customer)
            : PostingRecipe.sale(
                SaleAmounts(price: totals.total, tax: Money.sum(totals.taxes.map(\.amount), in: invoice.currency)),
                paidInto: .receivable(invoice.customer),
                of: .subscription
            )
        try book("invoice:\(invoice.id)", key: Self.issueKey(invoice), postings)
        try recognise(invoice, through: now, in: calendar)
    }

    /// Recognises what an invoice has earned by an instant, dated now or before; whether that was anything.
    @discardableResult
    func recognise(
        _ invoice: Invoice,
        through instant: Timestamp,
        dated date: Timestamp? = nil,
        in calendar: TenantCalendar
    ) throws -> Bool {
        guard invoice.isEarning else { return false }
        let held = try position(of: invoice)
        func amount(_ account: Account) -> Money {
            held.parts.first { $0.account == account }?.amount ?? .zero(invoice.currency)
        }
        let (deferred, revenue) = (amount(.deferredSubscriptions), amount(.subscriptionRevenue))
        let target = try invoice.earned(of: deferred + revenue, at: instant, in: calendar)
        let due = try Money.smaller(deferred, .larger(target - revenue, .zero(invoice.currency)))
        var next = invoice
        try next.recognise(due, at: instant, in: calendar)
        guard next != invoice else { return false }
        next = try store.update(next)
        let postings = try PostingRecipe.recognition(due, of: .subscription)
        let key = "earned:\(invoice.id):\(next.revision)"
        return try book("earned:invoice:\(invoice.id)", key: key, postings, at: date) != nil
    }

    /// Takes back an amount of what was invoiced, every part of it in proportion.
    func takeBack(_ amount: Money, of invoice: Invoice, key: String) throws {
        guard amount.minorUnits > 0 else { return }
        let receivable = Account.receivable(invoice.customer)
        let postings =
            try invoice.lateFor != nil
            ? PostingRecipe.move(amount, debit: .feeIncome, credit: receivable)
            : position(of: invoice).refund(amount, from: receivable)
        try book("invoice:\(invoice.id)", key: key, postings)
    }

    /// What is left in the books of what was invoiced.
    private func position(of invoice: Invoice) throws -> SalePosition {
        var postings = try store.ledgerEntry(key: Self.issueKey(invoice))?.postings ?? []
        for note in try store.records(Query(CreditNote.Columns.invoice == invoice.id)) {
            postings += try store.ledgerEntry(key: Self.creditKey(note))?.postings ?? []
        }
        postings += try PostingRecipe.recognition(invoice.earned, of: .subscription)
        return try SalePosition(of: postings, in: invoice.currency)
    }

    private static func issueKey(_ invoice: Invoice) -> String { "invoice:\(invoice.id)" }

    static func creditKey(_ note: CreditNote) -> String { "credit-note:\(note.id)" }

    /// Charges the fee for paying an invoice late, with an invoice of its own; nil where that is done or not due.
    func chargeLateFee(
        on id: Identifier<Invoice>,
        _ rule: LateFeeRule,
        in calendar: TenantCalendar
    ) throws -> Invoice? {
        let late = try store.require(id, "invoice", locked: true)
        let today = calendar.date(now)
        guard late.state.isOpen, let issued = late.issueDate, rule.feeDate(ofInvoice: issued) <= today,
            late.currency == rule.fee.fixed.currency,
            // A fee on a fee would grow without end.
            late.lateFor == nil, try store.count(Query(Invoice.Columns.lateFor == id)) == 0
        else { return nil }
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
                    subject: "invoice:\(id)",
                    unitPrice: fee
                )
            ],
            lateFor: id,
            createdAt: now
        )
        try invoice.issue(number(.invoice, on: today), on: today, due: rule.dueDate(ofInvoice: today))
        try store.insert(invoice)
        try bookIssue(of: invoice, in: calendar)
        try audit("invoice.late-fee", "invoice:\(id)", "\(invoice.number?.text ?? ""), \(fee)")
        return invoice
    }
}
