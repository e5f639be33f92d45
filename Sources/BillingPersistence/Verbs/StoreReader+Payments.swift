public import BillingDomain

/// Payments with everything that was heard about them.
extension StoreReader {
    /// A payment by identity; `locked` keeps it from other writers until the end of the transaction.
    public func payment(_ id: Identifier<Payment>, locked: Bool = false) throws -> Payment? {
        try find(Identifier<PaymentRow>(high: id.high, low: id.low), locked: locked).map { try payments([$0])[0] }
    }

    /// A payment by what payer and gateway call it.
    ///
    /// *Tenant scope.*
    public func payment(publicReference: String) throws -> Payment? {
        _ = try scope.requireTenant(for: "a payment's reference")
        return try first(Query(PaymentRow.Columns.publicReference == publicReference)).map { try payments([$0])[0] }
    }

    /// The payments that a query means, a page of them.
    public func payments(_ query: Query<PaymentRow>, _ page: PageRequest) throws -> Page<Payment> {
        let rows = try self.page(query, page)
        return Page(items: try payments(rows.items), total: rows.total, next: rows.next)
    }

    /// The payment that a receipt number of a method settles.
    ///
    /// *Tenant scope.*
    public func payment(receipt reference: String, of method: PaymentMethod) throws -> Identifier<Payment>? {
        _ = try scope.requireTenant(for: "a receipt number")
        let row = try first(
            Query(PaymentReceiptRow.Columns.method == method, PaymentReceiptRow.Columns.reference == reference)
        )
        return row.map { Identifier(high: $0.payment.high, low: $0.payment.low) }
    }

    /// The postings of the ledger entry of an identity.
    public func postings(of entry: Identifier<LedgerEntry>) throws -> [Posting] {
        let id = Identifier<LedgerRow>(high: entry.high, low: entry.low)
        return try records(Query(PostingRow.Columns.entry == id).sorted(by: PostingRow.Columns.line)).map(\.posting)
    }

    private func payments(_ rows: [PaymentRow]) throws -> [Payment] {
        let ids = rows.map(\.id)
        let events: [PaymentEventRow] = try stride(from: 0, to: ids.count, by: 500).flatMap { start in
            try records(
                Query(PaymentEventRow.Columns.payment.isOne(of: ids[start..<min(start + 500, ids.count)]))
                    .sorted(by: PaymentEventRow.Columns.line)
            )
        }
        let byPayment = Dictionary(grouping: events, by: \.payment)
        return try rows.map { try $0.payment((byPayment[$0.id] ?? []).map(\.event)) }
    }
}

extension StoreTransaction {
    /// Adds a payment and what was heard about it so far.
    public func insert(_ payment: Payment) throws {
        try insert(PaymentRow(payment))
        try insert(payment.events.enumerated().map { PaymentEventRow($1, line: $0, of: payment) })
    }

    /// Adds what was newly heard about a payment, and returns it with its next revision.
    @discardableResult
    public func update(_ payment: Payment) throws -> Payment {
        let id = Identifier<PaymentRow>(high: payment.id.high, low: payment.id.low)
        let known = Set(try records(Query(PaymentEventRow.Columns.payment == id)).map(\.event))
        let new = payment.events.filter { !known.contains($0) }
        try insert(new.enumerated().map { PaymentEventRow($1, line: known.count + $0, of: payment) })
        var next = payment
        next.revision = try update(PaymentRow(payment)).revision
        return next
    }
}
