import BillingDomain
import BillingPersistence

extension Change {
    /// Where money of a method lies: what it is paid into, and paid back from.
    func account(of method: PaymentMethod, for customer: Identifier<Customer>?) throws -> Account {
        switch method {
        case .cash: return .cash(actor)
        case .bankTransfer: return .bank
        case .gateway(let identifier): return .gatewayClearing(identifier)
        case .balance:
            guard let customer else { throw BillingError.invalid("customer", "Only a customer has a balance.") }
            return .customerBalance(customer)
        }
    }

    /// Writes down a payment that nothing was heard of yet, at the terms of its method.
    func begin(_ draft: PaymentDraft) throws -> Payment {
        try check(draft)
        let terms = try store.terms(of: draft.method, in: draft.price.currency)
        guard draft.price.minorUnits > 0 else { throw BillingError.invalid("price", "A payment lies above zero.") }
        let quote = try terms?.quote(draft.price) ?? (draft.price, draft.price, .zero(draft.price.currency))
        let id = try identifier(of: Payment.self)
        let payment = try Payment(
            id: id,
            tenant: tenant,
            customer: draft.customer,
            method: draft.method,
            amount: quote.paid,
            payerFee: quote.paid - draft.price,
            purpose: draft.purpose,
            publicReference: "P-" + id.description.replacing("-", with: "").prefix(32).uppercased(),
            createdAt: now
        )
        try store.insert(payment)
        try audit("payment.begin", "payment:\(id)", "\(payment.amount) by \(payment.method) for \(payment.purpose)")
        return payment
    }

    /// Takes note of what was heard about a payment, and puts what it means into the books: once, whatever the order
    /// and however often.
    ///
    /// - Throws: ``BillingError/Code/duplicate`` where a receipt number settles another payment already.
    @discardableResult
    mutating func hear(_ events: [PaymentEvent], of payment: Payment, in calendar: TenantCalendar) throws -> Payment {
        var payment = payment
        var news: [PaymentEvent] = []
        for event in events where !payment.events.contains(event) {
            if case .settled(_, _, let reference) = event.kind { try claim(reference, for: payment) }
            payment.record(event)
            news.append(event)
        }
        guard !news.isEmpty else { return payment }
        payment = try store.update(payment)
        if payment.status == .quarantined {
            let why = payment.discrepancies.map(\.rawValue).sorted().joined(separator: ", ")
            try audit("payment.quarantine", "payment:\(payment.id)", "\(payment.captured) came in: \(why)")
        }
        try settleIfDue(payment, in: calendar)
        for event in payment.events { try bookReturn(event.kind, of: payment) }
        return payment
    }

    /// One receipt number settles one payment, however many messages and payments name it.
    private func claim(_ reference: String, for payment: Payment) throws {
        guard let owner = try store.payment(receipt: reference, of: payment.method) else {
            try store.insert(
                PaymentReceiptRow(
                    id: identifier(),
                    tenant: tenant,
                    method: payment.method,
                    reference: reference,
                    payment: payment.id
                )
            )
            return
        }
        guard owner == payment.id else {
            throw BillingError(
                .duplicate,
                field: "reference",
                "Receipt \(reference) has settled another payment already. Look at both."
            )
        }
    }

    private func check(_ draft: PaymentDraft) throws {
        if let id = draft.customer {
            let customer = try store.require(id, "customer")
            guard customer.status != .closed else { throw BillingError(.conflict, "The customer is closed.") }
        }
        switch draft.purpose {
        case .topUp:
            guard draft.customer != nil else { throw BillingError.invalid("customer", "Name whose balance it is.") }
            guard draft.method != .balance else {
                throw BillingError.invalid("method", "A balance cannot be topped up from itself.")
            }
        case .invoice(let id):
            let invoice = try store.require(id, "invoice")
            guard invoice.customer == draft.customer else {
                throw BillingError.invalid("customer", "The invoice is another customer's.")
            }
            guard invoice.state.isOpen else { throw BillingError(.conflict, "Nothing is owed on this invoice.") }
            guard invoice.currency == draft.price.currency else {
                throw BillingError.invalid("price", "This invoice is paid in \(invoice.currency.code).")
            }
        case .subscription(let id):
            let subscription = try store.require(id, "subscription")
            guard subscription.customer == draft.customer else {
                throw BillingError.invalid("customer", "The subscription is another customer's.")
            }
            guard !subscription.state.isFinal else { throw BillingError(.conflict, "The subscription has ended.") }
            let price = subscription.scheduledTerms?.price ?? subscription.terms.price
            guard price.currency == draft.price.currency, price.minorUnits > 0,
                draft.price.minorUnits >= price.minorUnits, draft.price.isMultiple(ofStep: price.minorUnits)
            else { throw BillingError.invalid("price", "Pay \(price) for each period, in whole periods.") }
        case .other(let word):
            guard let id = Self.voucher(word) else {
                throw BillingError.invalid("purpose", "Name what is paid for, such as voucher:<identifier>.")
            }
            let voucher = try store.require(id, "voucher")
            guard voucher.terms.price == draft.price else {
                throw BillingError.invalid("price", "This voucher costs \(voucher.terms.price).")
            }
        }
    }

    static func voucher(_ word: String) -> Identifier<Voucher>? {
        word.hasPrefix("voucher:") ? Identifier(String(word.dropFirst("voucher:".count))) : nil
    }
}

extension StoreReader {
    /// What a tenant set for a method in a currency.
    func terms(of method: PaymentMethod, in currency: Currency) throws -> PaymentTerms? {
        try termsRow(of: method, in: currency)?.terms
    }

    func termsRow(of method: PaymentMethod, in currency: Currency) throws -> PaymentTermsRow? {
        try first(Query(PaymentTermsRow.Columns.method == method, PaymentTermsRow.Columns.currency == currency))
    }
}
