import BillingDomain
import BillingPersistence

extension Change {
    /// Writes down a payment that nothing was heard of yet, at the terms of its method.
    func begin(_ draft: PaymentDraft) throws -> Payment {
        let quoted = try check(draft)
        if case .gateway(let name) = draft.method { _ = try Input.gateway(name) }
        guard draft.price.minorUnits > 0 else { throw BillingError.invalid("price", "A payment lies above zero.") }
        let quote = try store.quote(draft.price, by: draft.method)
        let id = try identifier(of: Payment.self)
        let payment = try Payment(
            id: id,
            tenant: tenant,
            customer: draft.customer,
            method: draft.method,
            amount: quote.paid,
            payerFee: quote.paid - draft.price,
            purpose: draft.purpose,
            quoted: quoted,
            recipient: try draft.recipient.map { try Input.reference($0, field: "recipient") },
            publicReference: "P-" + id.description.replacing("-", with: "").prefix(32).uppercased(),
            createdAt: now
        )
        try store.insert(payment)
        try audit("payment.begin", "payment:\(id)", "\(payment.amount) by \(payment.method) for \(payment.purpose)")
        return payment
    }

    /// Takes a payment that needs no gateway.
    mutating func take(_ draft: PaymentDraft, in calendar: TenantCalendar) throws -> Payment {
        let payment = try begin(draft)
        switch payment.method {
        case .cash, .balance:
            let event = try PaymentEvent(
                .settled(amount: payment.amount, fee: nil, reference: payment.publicReference),
                at: now
            )
            return try hear([event], of: payment, in: calendar)
        case .bankTransfer:
            return try hear(
                [PaymentEvent(.pending(reference: payment.publicReference), at: now)],
                of: payment,
                in: calendar
            )
        case .gateway:
            throw BillingError.invalid("method", "Ask the gateway to collect it.")
        case .agent:
            throw BillingError.invalid("method", "Agents buy vouchers; take their money by itself.")
        }
    }

    /// Takes note of what was heard about a payment, and puts what it means into the books: once, whatever the order
    /// and however often.
    ///
    /// Money that was spent is sent back only where the house bears the loss.
    ///
    /// - Throws: ``BillingError/Code/duplicate`` where a receipt number settles another payment already.
    @discardableResult
    mutating func hear(
        _ events: [PaymentEvent],
        of payment: Payment,
        bearsLoss: Bool = false,
        in calendar: TenantCalendar
    ) throws -> Payment {
        var payment = payment
        var news: [PaymentEvent] = []
        for event in events where !payment.events.contains(event) {
            switch event.kind {
            case .settled(_, _, let reference): try claim(reference, for: payment)
            case .refundRequested(let amount, _):
                try withdrawVoucher(boughtBy: payment, for: amount, bearsLoss: bearsLoss)
            default: break
            }
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
        for event in payment.events { try takeBackVoucher(boughtBy: payment, on: event.kind) }
        try bookReturns(of: payment, bearsLoss: bearsLoss)
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

    /// Refuses a payment that nothing could be given for; answers what one of it costs now, if it has a price.
    private func check(_ draft: PaymentDraft) throws -> QuotedPrice? {
        if let id = draft.customer {
            let customer = try reachableCustomer(id)
            guard customer.status != .closed else { throw BillingError(.conflict, "The customer is closed.") }
        }
        switch draft.purpose {
        case .topUp:
            guard draft.customer != nil else { throw BillingError.invalid("customer", "Name whose balance it is.") }
            guard draft.method != .balance else {
                throw BillingError.invalid("method", "A balance cannot be topped up from itself.")
            }
            if draft.method == .cash { try requireCoins(for: draft.price, field: "price") }
            return nil
        case .invoice(let id):
            guard draft.method != .balance else {
                throw BillingError.invalid("method", "Pay the invoice from the balance itself, which can be undone.")
            }
            let invoice = try store.require(id, "invoice")
            guard invoice.customer == draft.customer else {
                throw BillingError.invalid("customer", "The invoice is another customer's.")
            }
            guard invoice.state.isOpen else { throw BillingError(.conflict, "Nothing is owed on this invoice.") }
            guard invoice.currency == draft.price.currency else {
                throw BillingError.invalid("price", "This invoice is paid in \(invoice.currency.code).")
            }
            // What is owed is rounded, what somebody chooses to pay of it is not.
            if draft.method == .cash, draft.price != invoice.outstanding {
                try requireCoins(for: draft.price, field: "price")
            }
            return nil
        case .subscription(let id):
            let subscription = try store.require(id, "subscription")
            try requireReach(of: subscription)
            guard subscription.customer == draft.customer else {
                throw BillingError.invalid("customer", "The subscription is another customer's.")
            }
            guard !subscription.state.isFinal else { throw BillingError(.conflict, "The subscription has ended.") }
            let quoted = QuotedPrice(
                list: subscription.nextPrice,
                unit: try store.nextPrice(of: subscription)
            )
            let price = quoted.unit.asked
            guard price.currency == draft.price.currency, price.minorUnits > 0,
                draft.price.minorUnits >= price.minorUnits, draft.price.isMultiple(ofStep: price.minorUnits)
            else { throw BillingError.invalid("price", "Pay \(price) for each period, in whole periods.") }
            return quoted
        case .voucher(let id):
            let voucher = try store.require(id, "voucher")
            try requireReach(of: [voucher])
            let list = voucher.terms.price
            let quoted = QuotedPrice(list: list, unit: try store.taxes(on: .voucher).on(list))
            guard quoted.unit.asked == draft.price else {
                throw BillingError.invalid("price", "This voucher costs \(quoted.unit.asked).")
            }
            guard voucher.canBeSold(at: now) else {
                throw BillingError(.conflict, "This voucher is not for sale. Choose another.")
            }
            return quoted
        }
    }
}

extension StoreReader {
    /// What a tenant set for a method in a currency.
    func terms(of method: PaymentMethod, in currency: Currency) throws -> PaymentTerms? {
        try termsRow(of: method, in: currency)?.terms
    }

    /// What is paid, received and kept as a fee for a price: by the fee of the method, or the tenant's where it has none.
    ///
    /// Nobody pays for spending their own balance.
    func quote(
        _ price: Money,
        by method: PaymentMethod
    ) throws -> (paid: Money, received: Money, fee: Money) {
        let terms = try terms(of: method, in: price.currency)
        let rate = Percentage(basisPoints: try settings()[.transactionFee])
        guard terms?.fee == nil, method != .balance, rate > .zero else {
            return try terms?.quote(price) ?? (price, price, .zero(price.currency))
        }
        let fee = try FeeRule(percentage: rate, fixed: .zero(price.currency), bearer: .payer)
        return try PaymentTerms(
            method: method,
            currency: price.currency,
            fee: fee,
            minimum: terms?.minimum,
            maximum: terms?.maximum,
            step: terms?.step ?? 1,
            isEnabled: terms?.isEnabled ?? true
        )
        .quote(price)
    }

    func termsRow(of method: PaymentMethod, in currency: Currency) throws -> PaymentTermsRow? {
        try first(Query(PaymentTermsRow.Columns.method == method, PaymentTermsRow.Columns.currency == currency))
    }
}
