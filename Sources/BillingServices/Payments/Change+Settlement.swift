import BillingDomain
import BillingPersistence

extension Change {
    /// The effect of a payment that is settled: money into the books, service to the customer, a receipt.
    ///
    /// The entry's key makes it happen once. What comes in later and is released is credit of the customer. Where a
    /// refund was heard of first, the money is booked all the same, so that the refund can be taken from it; nothing is
    /// granted for what has gone back altogether.
    mutating func settleIfDue(_ payment: Payment, in calendar: TenantCalendar) throws {
        guard payment.status.hasMoney, !payment.awaitsRelease else { return }
        let key = "payment:\(payment.id)"
        guard try store.ledgerEntry(key: key) == nil else { return try creditExtra(of: payment) }
        let captured = payment.captured
        var rest = captured
        var postings: [Posting] = []
        if captured.currency == payment.amount.currency, [.settled, .partlyRefunded].contains(payment.status),
            payment.refunded != captured
        {
            let payerFee = try Money.smaller(payment.payerFee, rest)
            rest = try rest - payerFee
            let (credits, used) = try deliver(rest, for: payment, in: calendar)
            postings = try credits + [.credit(.feeIncome, payerFee)]
            rest = try rest - used
        }
        if payment.method == .balance, let customer = payment.customer {
            // What nothing is given for stays where it is.
            guard rest != captured else { throw BillingError(.conflict, "Nothing can be given for it now.") }
            postings += try spend(captured - rest, of: customer)
            rest = .zero(captured.currency)
        } else {
            let into = try account(of: payment.method, in: captured.currency, for: payment.customer)
            postings += try [.debit(into, captured)] + fee(of: payment, keptFrom: into)
        }
        postings.append(try .credit(creditAccount(of: payment), rest))
        try book(key, key: key, postings)
        try giveReceipt(for: payment, in: calendar)
        if !payment.foreign.isEmpty { try creditExtra(of: payment) }
        try audit("payment.settle", key, "\(captured) by \(payment.method) for \(payment.purpose)")
    }

    /// Where what is left over goes: to the customer's balance, or to what waits to be paid back to a stranger.
    private func creditAccount(of payment: Payment) -> Account {
        payment.customer.map { .customerBalance($0) } ?? .unappliedPayments
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

    /// What came in beside what was settled, be it later or in another currency, is credit.
    private func creditExtra(of payment: Payment) throws {
        guard let receipt = try store.first(Query(Receipt.Columns.payment == payment.id)) else { return }
        let account = creditAccount(of: payment)
        for total in [payment.captured] + payment.foreign {
            let (before, key) = try extras(of: payment)
            var extra = receipt.amount.currency == total.currency ? try total - receipt.amount : total
            for posting in before.flatMap(\.postings)
            where posting.account == account && posting.amount.currency == total.currency {
                extra = try extra + posting.amount
            }
            guard extra.minorUnits > 0 else { continue }
            let into = try self.account(of: payment.method, in: extra.currency, for: payment.customer)
            try book(key, key: key, [.debit(into, extra), .credit(account, extra)])
        }
    }

    /// What came in after the settlement and was credited, and the key of the next such entry.
    func extras(of payment: Payment) throws -> (entries: [LedgerEntry], next: String) {
        var entries: [LedgerEntry] = []
        var key = "payment:\(payment.id):extra"
        while let entry = try store.ledgerEntry(key: key) {
            entries.append(entry)
            key = "payment:\(payment.id):extra:\(entries.count + 1)"
        }
        return (entries, key)
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
            var granted = Money.zero(money.currency)
            if payment.method == .balance, let customer = payment.customer {
                granted = try store.wallet(of: customer, in: money.currency).granted
            }
            let used = try serve(id, with: money, granted: granted, for: payment, in: calendar)
            return try (used.credits(of: .subscription), used.asked)
        case .voucher(let id):
            // What cannot be sold any more stays the payer's, to be spent or to be asked back.
            guard let voucher = try store.voucher(id), voucher.canBeSold(at: now, to: payment.publicReference)
            else { return ([], nothing) }
            let price = try price(of: .voucher, listed: voucher.terms.price, for: payment)
            guard price.asked == money else { return ([], nothing) }
            let sale = VoucherSale(
                entry: "payment:\(payment.id)",
                method: payment.method,
                account: try account(of: payment.method, in: money.currency, for: payment.customer),
                seller: actor,
                buyer: try payment.customer.flatMap { try store.find($0) },
                reference: payment.publicReference,
                quoted: price
            )
            let (sold, credits) = try sell([voucher], at: [nil], in: sale)
            try converge(sold)
            if let recipient = payment.recipient ?? payment.customer.map({ "customer:\($0)" }) {
                for voucher in sold { try send(voucher, to: recipient, dedupe: sale.entry) }
            }
            return (credits, money)
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

    /// Grants as many whole periods as the money pays for, up to `granted` of it given credit; what that takes of it.
    private func serve(
        _ id: Identifier<Subscription>,
        with money: Money,
        granted: Money,
        for payment: Payment,
        in calendar: TenantCalendar
    ) throws -> TaxedPrice {
        let nothing = try TaxedPrice(asked: .zero(money.currency))
        guard let subscription = try store.find(id, locked: true) else { return nothing }
        let price = try price(of: .subscription, listed: subscription.nextPrice, for: payment)
        guard price.asked.currency == money.currency, price.asked.minorUnits > 0 else { return nothing }
        let periods = min(Subscription.maximumPeriods, money.minorUnits / price.asked.minorUnits)
        // Paused, switched off or ended: the money stays the customer's.
        guard periods > 0, subscription.state == .pendingPayment || subscription.isPayable else { return nothing }
        let ground = RenewalGround.payment(payment.id)
        try extend(subscription, on: ground, periods: periods, price: price, granted: granted, in: calendar)
        try audit("subscription.serve", "subscription:\(id)", "\(periods) × \(price.asked), \(ground)")
        return try price * periods
    }

    /// What one of what a payment is for costs: what was said when it was asked for, while it is on the list at that price.
    private func price(
        of product: PostingRecipe.Product,
        listed list: Money,
        for payment: Payment
    ) throws -> TaxedPrice {
        if let quoted = payment.quoted, quoted.list == list { return quoted.unit }
        return try store.taxes(on: product).on(list)
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
