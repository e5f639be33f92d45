public import BillingDomain
public import BillingPersistence

/// The invoices of one tenant, with credit notes, late fees and ageing.
public struct InvoiceService: Sendable {
    let session: BillingSession

    /// The invoices of customers within reach that meet a filter, newest first.
    public func list(
        _ filter: InvoiceFilter = InvoiceFilter(),
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<Invoice> {
        let assignment = session.assignment
        return try await session.read(.viewInvoices) { try $0.page(filter.query.within(assignment, in: $0), page) }
    }

    /// One invoice.
    public func invoice(_ id: Identifier<Invoice>) async throws -> Invoice {
        let assignment = session.assignment
        return try await session.read(.viewInvoices) { try assignment.invoice(id, in: $0) }
    }

    /// The credit notes of an invoice, oldest first.
    public func creditNotes(of id: Identifier<Invoice>) async throws -> [CreditNote] {
        let assignment = session.assignment
        return try await session.read(.viewInvoices) { store in
            _ = try assignment.invoice(id, in: store)
            return try store.records(Query(CreditNote.Columns.invoice == id).sorted(by: CreditNote.Columns.createdAt))
        }
    }

    /// Begins an invoice; it has no number and is owed by nobody before it is issued.
    ///
    /// A discount takes ``Permission/grantDiscounts`` too, and is within ``SettingKey/discountLimit``.
    public func draft(_ draft: InvoiceDraft, key: IdempotencyKey) async throws -> Invoice {
        if draft.hasDiscount { try session.authorise(.grantDiscounts) }
        return try await once(.issueInvoices, key, ["invoice.draft"] + draft.fingerprint) { change in
            let customer = try change.reachableCustomer(draft.customer)
            guard customer.status != .closed else { throw BillingError(.conflict, "The customer is closed.") }
            let invoice = try Invoice(
                id: change.identifier(),
                tenant: change.tenant,
                customer: customer.id,
                currency: draft.currency(),
                lines: draft.lines,
                discount: draft.discount,
                taxRules: draft.taxRules,
                createdAt: change.now
            )
            try change.requireDiscountWithinLimit(of: invoice)
            try change.store.insert(invoice)
            try change.audit("invoice.draft", "invoice:\(invoice.id)", "\(invoice.totals.total)")
            return invoice.id
        }
    }

    /// Writes other lines into a draft; a discount is granted as by ``draft(_:key:)``.
    public func rewrite(_ id: Identifier<Invoice>, _ draft: InvoiceDraft) async throws -> Invoice {
        if draft.hasDiscount { try session.authorise(.grantDiscounts) }
        return try await session.change(.issueInvoices) { change in
            var invoice = try change.reachableInvoice(id)
            guard invoice.customer == draft.customer else {
                throw BillingError.invalid("customer", "An invoice stays its customer's.")
            }
            _ = try draft.currency()
            try invoice.rewrite(lines: draft.lines, discount: draft.discount, taxRules: draft.taxRules)
            try change.requireDiscountWithinLimit(of: invoice)
            try change.audit("invoice.rewrite", "invoice:\(id)", "\(invoice.totals.total)")
            return try change.store.update(invoice)
        }
    }

    /// Issues a draft: it gets the next number, and the customer owes it from now on.
    ///
    /// `termDays`, 0…366, is how long they have to pay; as long as the tenant's settings say where it is left out.
    public func issue(
        _ id: Identifier<Invoice>,
        termDays: Int? = nil,
        key: IdempotencyKey
    ) async throws -> Invoice {
        let calendar = TenantCalendar(session.tenant)
        return try await once(.issueInvoices, key, ["invoice.issue", id.description, termDays?.description]) { change in
            let termDays = try termDays ?? Int(change.store.settings()[.paymentTerm])
            guard (0...366).contains(termDays) else {
                throw BillingError.invalid("termDays", "A customer has 0 to 366 days to pay.")
            }
            var invoice = try change.reachableInvoice(id)
            let date = calendar.date(change.now)
            guard invoice.state == .draft else {
                throw BillingError(.conflict, "This invoice is \(invoice.state.rawValue) already.")
            }
            try invoice.issue(
                change.number(.invoice, on: date),
                on: date,
                due: date.adding(days: Int64(termDays))
            )
            try change.bookIssue(of: change.store.update(invoice), in: calendar)
            try change.audit("invoice.issue", "invoice:\(id)", invoice.number?.text ?? "")
            return id
        }
    }

    /// Takes back a part of what is still owed on an invoice, with a numbered credit note.
    public func credit(
        _ id: Identifier<Invoice>,
        _ amount: Money,
        reason: String,
        key: IdempotencyKey
    ) async throws -> Invoice {
        let calendar = TenantCalendar(session.tenant)
        let reason = try Input.reason(reason)
        let request = ["invoice.credit", id.description, amount.description, reason]
        return try await once(.cancelInvoices, key, request) { change in
            let date = calendar.date(change.now)
            var invoice = try change.reachableInvoice(id)
            let note = try CreditNote(
                id: change.identifier(),
                tenant: change.tenant,
                invoice: id,
                number: change.number(.creditNote, on: date),
                amount: amount,
                reason: reason,
                date: date,
                createdAt: change.now
            )
            try invoice.credit(note)
            try change.takeBack(note.amount, of: invoice, key: Change.creditKey(note))
            try change.store.insert(note)
            try change.store.update(invoice)
            try change.audit("invoice.credit", "invoice:\(id)", "\(note.number), \(amount), \(reason)")
            return id
        }
    }

    /// Withdraws an invoice on which nothing is settled; its number stays used.
    public func void(_ id: Identifier<Invoice>, reason: String, key: IdempotencyKey) async throws -> Invoice {
        let reason = try Input.reason(reason)
        return try await once(.cancelInvoices, key, ["invoice.void", id.description, reason]) { change in
            var invoice = try change.reachableInvoice(id)
            let before = invoice
            try invoice.void(reason: reason)
            if before.state != .draft { try change.takeBack(before.totals.total, of: before, key: "void:\(id)") }
            try change.store.update(invoice)
            try change.audit("invoice.void", "invoice:\(id)", reason)
            return id
        }
    }

    /// Gives up what is owed on an invoice: a loss of the house.
    public func writeOff(_ id: Identifier<Invoice>, reason: String, key: IdempotencyKey) async throws -> Invoice {
        let reason = try Input.reason(reason)
        return try await once(.cancelInvoices, key, ["invoice.write-off", id.description, reason]) { change in
            var invoice = try change.reachableInvoice(id)
            let lost = invoice.outstanding
            try invoice.writeOff(reason: reason)
            try change.book("invoice:\(id)", key: "write-off:\(id)", PostingRecipe.badDebt(lost, of: invoice.customer))
            try change.store.update(invoice)
            try change.audit("invoice.write-off", "invoice:\(id)", "\(lost), \(reason)")
            return id
        }
    }

    /// Debts by how long they are past due on a day, today where left out, with unapplied credit beside them.
    public func ageing(in currency: Currency? = nil, on date: LocalDate? = nil) async throws -> Ageing {
        let currency = currency ?? session.tenant.currency
        let date = date ?? TenantCalendar(session.tenant).date(session.context.environment.now())
        return try await session.read(.viewReports) { store in
            let owed = Query(
                Invoice.Columns.state.isOne(of: [.issued, .partlyPaid]),
                Invoice.Columns.currency == currency
            )
            var open: [OpenInvoice] = []
            try store.forEach(owed) { invoice in
                if let item = OpenInvoice(invoice) { open.append(item) }
            }
            let credit = Query(
                PostingRow.Columns.accountCode.begins(with: "customer-balance:"),
                Field<PostingRow, Currency>("currency") == currency
            )
            let sum = try store.sums(credit, of: ["amount"]).first?.sums.first ?? 0
            let unapplied = Money(minorUnits: Int64(clamping: -sum), currency: currency)
            return try Ageing(of: open, unapplied: unapplied, on: date)
        }
    }

    /// Chooses how documents of a kind are numbered from the next one on; the count goes on.
    public func setSeries(_ kind: DocumentKind, pattern: NumberPattern, restartsYearly: Bool = false) async throws {
        try await session.change(.manageSettings) { change in
            let current = try change.store.series(kind) ?? change.newSeries(kind)
            try change.store.update(
                DocumentSeries(
                    id: current.id,
                    tenant: current.tenant,
                    kind: kind,
                    pattern: pattern,
                    restartsYearly: restartsYearly,
                    last: current.last,
                    lastDate: current.lastDate,
                    revision: current.revision
                )
            )
            try change.audit("series.set", "series:\(kind.rawValue)", pattern.description)
        }
    }

    func once(
        _ permission: Permission,
        _ key: IdempotencyKey,
        _ request: [String?],
        _ perform: @escaping @Sendable (inout Change) throws -> Identifier<Invoice>
    ) async throws -> Invoice {
        try await session.change(permission) { change in
            try change.once(key, request) { change in
                try perform(&change).description
            } answer: { store, reference in
                guard let id = Identifier<Invoice>(reference) else { throw BillingError.notFound("invoice") }
                return try store.require(id, "invoice")
            }
        }
    }
}
