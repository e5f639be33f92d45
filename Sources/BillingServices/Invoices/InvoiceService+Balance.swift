public import BillingDomain
import BillingPersistence

/// Invoices and the prepaid balance.
extension InvoiceService {
    /// Pays what a customer owes from their balance, the invoice due first before the others, or those named in that
    /// order; answers with what each invoice got.
    ///
    /// ``returnToBalance(_:from:reason:key:)`` undoes it.
    public func payFromBalance(
        _ amount: Money,
        of customer: Identifier<Customer>,
        directedTo invoices: [Identifier<Invoice>]? = nil,
        key: IdempotencyKey
    ) async throws -> [PaymentAllocation.Share] {
        try await session.change(.takePayments) { change in
            let request =
                ["invoice.pay-balance", customer.description, amount.description]
                + (invoices?.map(\.description) ?? ["oldest"])
            return try change.once(key, request) { change in
                _ = try change.reachableCustomer(customer)
                for id in invoices ?? [] {
                    guard try change.store.require(id, "invoice").customer == customer else {
                        throw BillingError.notFound("invoice", field: "invoice")
                    }
                }
                let shares = try change.allocate(amount, of: customer, directedTo: invoices)
                let paid = try Money.sum(shares.map(\.amount), in: amount.currency)
                guard !paid.isZero else { throw BillingError(.conflict, "Nothing is owed.") }
                for share in shares { try change.bookBalance(share.amount, of: customer, on: share.invoice) }
                try change.audit("invoice.pay-balance", "customer:\(customer)", "\(paid)")
                return shares.map { "\($0.invoice)=\($0.amount.minorUnits)" }.joined(separator: ",")
            } answer: { _, reference in
                try reference.split(separator: ",").map { part in
                    let parts = part.split(separator: "=")
                    guard parts.count == 2, let id = Identifier<Invoice>(String(parts[0])), let units = Int64(parts[1])
                    else { throw BillingError.notFound("payment") }
                    return PaymentAllocation.Share(
                        invoice: id,
                        amount: Money(minorUnits: units, currency: amount.currency)
                    )
                }
            }
        }
    }

    /// Puts what was paid on an invoice from the balance back there, where it was paid on the wrong one: all of it, or an
    /// amount; what was paid in goes back first, and what was given stays given.
    ///
    /// The customer owes it again. Any other payment is refunded instead.
    public func returnToBalance(
        _ amount: Money? = nil,
        from id: Identifier<Invoice>,
        reason: String,
        key: IdempotencyKey
    ) async throws -> Invoice {
        let reason = try Input.reason(reason)
        let request = ["invoice.return-balance", id.description, amount?.description, reason]
        return try await once(.refundPayments, key, request) { change in
            var invoice = try change.reachableInvoice(id)
            let before = try change.balanceParts(of: invoice)
            let most = try Money.smaller(before.total, invoice.paid)
            guard most.minorUnits > 0 else {
                throw BillingError(
                    .conflict,
                    "Nothing on this invoice was paid from the balance. Refund its payments instead."
                )
            }
            let amount = amount ?? most
            guard amount.currency == invoice.currency, amount.minorUnits <= most.minorUnits else {
                throw BillingError.invalid("amount", "At most \(most) was paid from the balance.")
            }
            try invoice.reversePayment(of: amount)
            try change.store.update(invoice)
            let own = try Money.smaller(amount, before.paid)
            try change.book(
                "invoice:\(id)",
                key: change.balanceEntries(of: id).next,
                [
                    .debit(.receivable(invoice.customer), amount),
                    .credit(.customerBalance(invoice.customer), own),
                    .credit(.customerGrant(invoice.customer), amount - own),
                ]
            )
            try change.audit("invoice.return-balance", "invoice:\(id)", "\(amount), \(reason)")
            return id
        }
    }
}

extension Change {
    fileprivate func bookBalance(
        _ amount: Money,
        of customer: Identifier<Customer>,
        on invoice: Identifier<Invoice>
    ) throws {
        try book(
            "invoice:\(invoice)",
            key: balanceEntries(of: invoice).next,
            spend(amount, of: customer) + [.credit(.receivable(customer), amount)]
        )
    }

    /// What was paid on an invoice from the balance and not put back.
    fileprivate func balanceParts(of invoice: Invoice) throws -> WalletBalance {
        let postings = try balanceEntries(of: invoice.id).entries.flatMap(\.postings)
        func sum(_ account: Account) throws -> Money {
            try .sum(postings.filter { $0.account == account }.map(\.amount), in: invoice.currency)
        }
        return try WalletBalance(
            paid: sum(.customerBalance(invoice.customer)),
            granted: sum(.customerGrant(invoice.customer))
        )
    }

    /// What was paid on an invoice from the balance or put back there, and the key of the next such entry.
    fileprivate func balanceEntries(of invoice: Identifier<Invoice>) throws -> (entries: [LedgerEntry], next: String) {
        var entries: [LedgerEntry] = []
        var key = "invoice-balance:\(invoice)"
        while let entry = try store.ledgerEntry(key: key) {
            entries.append(entry)
            key = "invoice-balance:\(invoice):\(entries.count + 1)"
        }
        return (entries, key)
    }
}
