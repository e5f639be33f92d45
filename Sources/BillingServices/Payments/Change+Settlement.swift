import BillingDomain
import BillingPersistence

extension Change {
    /// The effect of a payment that is settled: money into the books, service to the customer, a receipt.
    ///
    /// The entry's key makes it happen once. What comes in later and is released is credit of the customer. Where a
    /// refund was heard of first, the money is booked all the same, so that the refund can be taken from it; nothing is
    /// granted for what has gone back altogether.
    mutating func settleIfDue(_ payment: Payment, in calendar: TenantCalendar) throws {
        guard payment.status.hasMoney, payment.status != .quarantined else { return }
        let key = "payment:\(payment.id)"
        guard try store.ledgerEntry(key: key) == nil else { return try creditExtra(of: payment, in: calendar) }
        let into = try account(of: payment.method, for: payment.customer)
        let captured = payment.captured
        var rest = captured
        var postings: [Posting] = []
        if payment.method == .balance, let customer = payment.customer {
            postings = try spend(captured, of: customer)
        } else {
            postings = [.debit(into, captured)] + (try fee(of: payment, keptFrom: into))
        }
        if captured.currency == payment.amount.currency, [.settled, .partlyRefunded].contains(payment.status) {
            let payerFee = try Money.smaller(payment.payerFee, rest)
            postings.append(try .credit(.feeIncome, payerFee))
            rest = try rest - payerFee
            let (credits, used) = try deliver(rest, for: payment, in: calendar)
            postings += credits
            rest = try rest - used
        }
        postings.append(try .credit(creditAccount(of: payment), rest))
        try book(key, key: key, postings)
        try giveReceipt(for: payment, in: calendar)
        try audit("payment.settle", key, "\(captured) by \(payment.method) for \(payment.purpose)")
    }

    /// Where what is left over goes: to the customer's balance, or to what is to be paid back to a stranger.
    private func creditAccount(of payment: Payment) -> Account {
        payment.customer.map { .customerBalance($0) } ?? .refundsPayable
    }

    /// What the gateway kept as it says, or else as its terms say.
    private func fee(of payment: Payment, keptFrom account: Account) throws -> [Posting] {
        guard case .gateway = payment.method else { return [] }
        var fee = payment.fee
        if fee.isZero {
            fee =
                try store.terms(of: payment.method, in: payment.captured.currency)?.fee?.fee(on: payment.captured)
                ?? fee
        }
        return try PostingRecipe.fee(Money.smaller(fee, payment.captured), keptFrom: account)
    }

    private func creditExtra(of payment: Payment, in calendar: TenantCalendar) throws {
        guard let receipt = try store.first(Query(Receipt.Columns.payment == payment.id)),
            receipt.amount.currency == payment.captured.currency
        else { return }
        let extra = try payment.captured - receipt.amount
        let key = "payment:\(payment.id):extra"
        guard extra.minorUnits > 0, try store.ledgerEntry(key: key) == nil else { return }
        let into = try account(of: payment.method, for: payment.customer)
        try book(key, key: key, [.debit(into, extra), .credit(creditAccount(of: payment), extra)])
    }

    /// Gives what was paid for; what is not used is the customer's credit.
    private mutating func deliver(
        _ money: Money,
        for payment: Payment,
        in calendar: TenantCalendar
    ) throws -> (credits: [Posting], used: Money) {
        let nothing = Money.zero(money.currency)
        switch payment.purpose {
        case .topUp:
            return ([], nothing)
        case .invoice(let id):
            guard let customer = payment.customer else { return ([], nothing) }
            let shares = try allocate(money, of: customer, directedTo: [id])
            let used = try Money.sum(shares.map(\.amount), in: money.currency)
            return ([try .credit(.receivable(customer), used)], used)
        case .subscription(let id):
            let used = try serve(id, with: money, on: .payment(payment.id), in: calendar)
            return ([try .credit(.deferredSubscriptions, used)], used)
        case .other(let word):
            guard let id = Self.voucher(word), var voucher = try store.voucher(id), voucher.terms.price == money,
                voucher.commercial == .generated || voucher.commercial == .reserved,
                (try? voucher.sell(at: now, by: actor, reference: payment.publicReference, calendar: calendar)) != nil
            else { return ([], nothing) }
            let earned: Account = voucher.activatedAt == nil ? .deferredVouchers : .voucherRevenue
            try converge([voucher])
            return ([try .credit(earned, money)], money)
        }
    }

    /// Pays invoices: those named, in that order; else the one due first.
    func allocate(
        _ money: Money,
        of customer: Identifier<Customer>,
        directedTo directed: [Identifier<Invoice>]? = nil
    ) throws -> [PaymentAllocation.Share] {
        let allocation = try PaymentAllocation(
            of: money,
            to: store.open(of: customer, in: money.currency),
            directedTo: directed
        )
        for share in allocation.shares {
            var invoice = try store.require(share.invoice, "invoice")
            try invoice.pay(share.amount)
            try store.update(invoice)
        }
        return allocation.shares
    }

    /// Grants as many whole periods as the money pays for; what that takes of it.
    mutating func serve(
        _ id: Identifier<Subscription>,
        with money: Money,
        on ground: RenewalGround,
        in calendar: TenantCalendar
    ) throws -> Money {
        let nothing = Money.zero(money.currency)
        guard var subscription = try store.find(id) else { return nothing }
        let price = subscription.scheduledTerms?.price ?? subscription.terms.price
        guard price.currency == money.currency, price.minorUnits > 0 else { return nothing }
        let periods = min(Subscription.maximumPeriods, money.minorUnits / price.minorUnits)
        guard periods > 0 else { return nothing }
        switch subscription.state {
        case .pendingPayment: try subscription.activate(on: ground, periods: periods, at: now, in: calendar)
        case .active, .grace: try subscription.renew(on: ground, periods: periods, at: now, in: calendar)
        case .suspended where subscription.suspensionCause == .unpaid:
            try subscription.renew(on: ground, periods: periods, at: now, in: calendar)
        // Paused, switched off or ended: the money stays the customer's.
        case .suspended, .paused, .terminated, .cancelled: return nothing
        }
        subscription = try store.update(subscription)
        try follow(subscription, in: calendar)
        try audit("subscription.serve", "subscription:\(id)", "\(periods) × \(price), \(ground)")
        return try price * periods
    }

    private func giveReceipt(for payment: Payment, in calendar: TenantCalendar) throws {
        let date = calendar.date(now)
        var shares: [PaymentAllocation.Share] = []
        var rest = payment.captured
        if case .invoice(let id) = payment.purpose, payment.captured.currency == payment.amount.currency,
            let used = try store.ledgerPaid(by: payment), !used.isZero
        {
            shares = [PaymentAllocation.Share(invoice: id, amount: used)]
            rest = try rest - used
        }
        try store.insert(
            Receipt(
                id: identifier(),
                tenant: tenant,
                number: number(.receipt, on: date),
                payment: payment.id,
                customer: payment.customer,
                method: payment.method,
                amount: payment.captured,
                allocation: PaymentAllocation(shares: shares, unapplied: rest),
                date: date,
                createdAt: now
            )
        )
    }
}

extension StoreReader {
    /// What a customer owes, invoice by invoice.
    func open(of customer: Identifier<Customer>, in currency: Currency) throws -> [OpenInvoice] {
        let open = Query(
            Invoice.Columns.customer == customer,
            Invoice.Columns.currency == currency,
            Invoice.Columns.state.isOne(of: [.issued, .partlyPaid])
        )
        return try records(open).compactMap { OpenInvoice($0) }
    }

    /// What of a payment went to invoices.
    func ledgerPaid(by payment: Payment) throws -> Money? {
        guard let customer = payment.customer, let entry = try ledgerEntry(key: "payment:\(payment.id)") else {
            return nil
        }
        return try entry.postings.first { $0.account == .receivable(customer) }?.amount.negated()
    }
}
