import BillingDomain
import BillingPersistence

extension Change {
    /// Books money that is asked back, goes back, or does not after all; each once.
    func bookReturn(_ kind: PaymentEvent.Kind, of payment: Payment) throws {
        let payments = "payment:\(payment.id)"
        guard try store.ledgerEntry(key: payments) != nil else { return }
        switch kind {
        case .refundRequested(let amount, let key):
            try bookOnce("refund:\(payment.id):\(key)") { try reserve(amount, of: payment) }
        case .refunded(let amount, let reference, let key):
            let settled = "refund-paid:\(payment.id):\(reference)"
            // A refund that nobody here asked for is taken from where the money went.
            let asked = try key.map { try store.ledgerEntry(key: "refund:\(payment.id):\($0)") != nil } ?? false
            if !asked { try bookOnce("refund:\(payment.id):\(reference)") { try reserve(amount, of: payment) } }
            try bookOnce(settled) {
                try PostingRecipe.refundPayment(amount, from: account(of: payment.method, for: payment.customer))
            }
        case .refundFailed(let key):
            let name = "refund:\(payment.id):\(key)"
            guard let entry = try store.ledgerEntry(key: name),
                try store.ledgerEntry(key: LedgerEntry.reversalPrefix + entry.id.description) == nil
            else { return }
            try reverse(key: name)
            try payAgain(payment, entry.postings)
        case .chargedBack(let amount, let reference):
            try bookOnce("chargeback:\(payment.id):\(reference)") {
                try reserve(amount, of: payment)
                    + PostingRecipe.refundPayment(amount, from: account(of: payment.method, for: payment.customer))
            }
        case .pending, .settled, .failed, .expired, .cancelled, .released: return
        }
    }

    private func bookOnce(_ key: String, _ postings: () throws -> [Posting]) throws {
        guard try store.ledgerEntry(key: key) == nil else { return }
        try book(key, key: key, postings())
    }

    /// Takes back an amount from where the money of a payment lies: credit first, then invoices, then what is not
    /// earned yet; what is not there any more is a loss of the house.
    private func reserve(_ amount: Money, of payment: Payment) throws -> [Posting] {
        var rest = amount
        var postings: [Posting] = []
        func take(_ most: Money, from account: Account) throws {
            let share = try Money.smaller(rest, .larger(most, .zero(most.currency)))
            guard share.minorUnits > 0 else { return }
            postings.append(.debit(account, share))
            rest = try rest - share
        }
        let legs = try legs(of: payment, in: amount.currency)
        if let customer = payment.customer {
            let account = Account.customerBalance(customer)
            let paid = try store.wallet(of: customer, in: amount.currency).paid
            try take(.smaller(legs[account] ?? .zero(amount.currency), paid), from: account)
            if case .invoice(let id) = payment.purpose, let owed = legs[.receivable(customer)] {
                let before = rest
                try take(owed, from: .receivable(customer))
                let share = try before - rest
                if share.minorUnits > 0 {
                    var invoice = try store.require(id, "invoice")
                    try invoice.reversePayment(of: share)
                    try store.update(invoice)
                }
            }
        }
        for account in [Account.deferredSubscriptions, .deferredVouchers, .voucherRevenue, .feeIncome, .refundsPayable]
        {
            try take(legs[account] ?? .zero(amount.currency), from: account)
        }
        postings.append(.debit(.badDebts, rest))
        postings.append(try .credit(.refundsPayable, amount))
        return postings
    }

    /// What each account still holds of a payment, credits positive.
    private func legs(of payment: Payment, in currency: Currency) throws -> [Account: Money] {
        var keys = ["payment:\(payment.id)", "payment:\(payment.id):extra"]
        for event in payment.events {
            switch event.kind {
            case .refundRequested(_, let key): keys.append("refund:\(payment.id):\(key)")
            case .refunded(_, let reference, _): keys.append("refund:\(payment.id):\(reference)")
            case .chargedBack(_, let reference): keys.append("chargeback:\(payment.id):\(reference)")
            default: break
            }
        }
        var sums: [Account: Money] = [:]
        for key in Set(keys) {
            guard let entry = try store.ledgerEntry(key: key) else { continue }
            let isReversed = try store.ledgerEntry(key: LedgerEntry.reversalPrefix + entry.id.description) != nil
            for posting in entry.postings where posting.amount.currency == currency && !isReversed {
                // What is owed to the payer already is not there to be taken again.
                if posting.account == .refundsPayable, key.hasPrefix("refund:") || key.hasPrefix("chargeback:") {
                    continue
                }
                sums[posting.account] = try (sums[posting.account] ?? .zero(currency)) - posting.amount
            }
        }
        return sums
    }

    /// A refund failed: what was taken back from invoices is paid on them again.
    private func payAgain(_ payment: Payment, _ postings: [Posting]) throws {
        guard case .invoice(let id) = payment.purpose, let customer = payment.customer,
            let share = postings.first(where: { $0.account == .receivable(customer) })?.amount
        else { return }
        var invoice = try store.require(id, "invoice")
        try invoice.pay(share)
        try store.update(invoice)
    }
}
