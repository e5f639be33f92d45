import BillingDomain
import BillingPersistence

extension Change {
    /// Brings the books in line with what was heard of money that goes back: each refund is owed once, paid once, and put
    /// back where it came from if it did not take place.
    func bookReturns(of payment: Payment, bearsLoss: Bool = false) throws {
        guard try store.ledgerEntry(key: "payment:\(payment.id)") != nil else { return }
        let refunds = payment.refunds
        // What is known under two names is taken out of the books under the one before it is put in under the other.
        for refund in refunds where refund.standing == .void { try withdraw(refund, of: payment) }
        for refund in refunds where refund.standing != .void { try book(refund, of: payment, bearsLoss) }
        for case .chargedBack(let amount, let reference) in payment.events.map(\.kind) {
            let name = "chargeback:\(payment.id):\(reference)"
            guard try store.ledgerEntry(key: name) == nil else { continue }
            let account = try account(of: payment.method, in: amount.currency, for: payment.customer)
            let reserved = try reserve(amount, of: payment, from: .everybody)
            try auditCredit(of: payment, "wallet.take-back", reserved)
            try book(name, key: name, reserved + PostingRecipe.refundPayment(amount, from: account))
        }
    }

    /// Whose credit money is taken back from.
    private enum Credit {
        /// The payer's own, where they are known.
        case payer
        /// Also that of somebody who has redeemed the voucher that a stranger paid for.
        case everybody
    }

    private func book(_ refund: Refund, of payment: Payment, _ bearsLoss: Bool) throws {
        var tookFromOthers = false
        if let entry = try entries(of: refund, payment, .owed).standing.first, entry.owed != refund.amount {
            tookFromOthers = !payment.othersCredit(in: entry.postings).isEmpty
            try withdraw(refund, of: payment)
        }
        let owed = try entries(of: refund, payment, .owed)
        if owed.standing.isEmpty {
            // What others redeemed is theirs, unless it is gone without our asking, or somebody answers for the loss.
            let isAsked = payment.asks(for: refund)
            let credit = !isAsked || bearsLoss || tookFromOthers ? Credit.everybody : .payer
            let postings = try reserve(refund.amount, of: payment, from: credit)
            if isAsked, bearsLoss {
                for credit in payment.othersCredit(in: postings) { _ = try reachableCustomer(credit.owner) }
            }
            // What others took back is gone; what we are asked for must still be there.
            guard
                refund.standing == .paid || bearsLoss
                    || !postings.contains(where: { $0.account == .badDebts && !$0.amount.isZero })
            else {
                throw BillingError(
                    .conflict,
                    field: "amount",
                    "This money has been spent. Cancel what was bought with it first, or bear the loss."
                )
            }
            try auditCredit(of: payment, "wallet.take-back", postings)
            try book(owed.next, key: owed.next, postings)
        }
        let paid = try entries(of: refund, payment, .paid)
        guard refund.standing == .paid, paid.standing.isEmpty else { return }
        let account = try account(of: payment.method, in: refund.amount.currency, for: payment.customer)
        try book(paid.next, key: paid.next, PostingRecipe.refundPayment(refund.amount, from: account))
    }

    private func withdraw(_ refund: Refund, of payment: Payment) throws {
        for entry in try entries(of: refund, payment, .paid).standing { try reverse(entry) }
        for entry in try entries(of: refund, payment, .owed).standing {
            try reverse(entry)
            try auditCredit(of: payment, "wallet.put-back", entry.postings)
            try putBack(entry.postings, of: refund, payment)
        }
    }

    /// Says in the trail of everybody but the payer what happened to their balance.
    private func auditCredit(of payment: Payment, _ action: String, _ postings: [Posting]) throws {
        for credit in payment.othersCredit(in: postings) {
            try audit(action, "customer:\(credit.owner)", "\(credit.amount), payment:\(payment.id)")
        }
    }

    /// What the books say of a refund.
    private enum Step: String {
        /// It is owed to the payer.
        case owed = "refund"
        /// It was paid.
        case paid = "refund-paid"
        /// It did not take place, and became credit of the customer.
        case credited = "refund-credit"
    }

    /// The entries of a step that were not taken back, and the key of the next.
    private func entries(
        of refund: Refund,
        _ payment: Payment,
        _ step: Step
    ) throws -> (standing: [LedgerEntry], next: String) {
        let name = "\(step.rawValue):\(payment.id):\(refund.id)"
        var standing: [LedgerEntry] = []
        var (key, count) = (name, 1)
        while let entry = try store.ledgerEntry(key: key) {
            let reversal = LedgerEntry.reversalPrefix + entry.id.description
            if try store.ledgerEntry(key: reversal) == nil { standing.append(entry) }
            count += 1
            key = "\(name):\(count)"
        }
        return (standing, key)
    }

    /// Takes back an amount from where the money of a payment lies: credit first, then invoices, then what was sold; what
    /// is not there any more is a loss of the house.
    private func reserve(_ amount: Money, of payment: Payment, from credit: Credit) throws -> [Posting] {
        let nothing = Money.zero(amount.currency)
        let legs = try legs(of: payment, in: amount.currency)
        var rest = amount
        var postings: [Posting] = []
        func share(_ most: Money?) throws -> Money {
            let share = try Money.smaller(rest, .larger(most ?? nothing, nothing))
            rest = try rest - share
            return share
        }
        func take(_ most: Money?, from account: Account) throws {
            postings.append(.debit(account, try share(most)))
        }
        let own = payment.customer.map { Account.customerBalance($0) }
        let others = credit == .payer ? [] : legs.keys.sorted().filter { $0.customer != nil && $0 != own }
        for account in (own.map { [$0] } ?? []) + others {
            let paid = try store.balance(of: account, in: amount.currency).negated()
            try take(.smaller(legs[account] ?? nothing, paid), from: account)
        }
        // Money of another currency never went to the invoice.
        if let customer = payment.customer, case .invoice(let id) = payment.purpose,
            let owed = legs[.receivable(customer)]
        {
            var invoice = try store.require(id, "invoice", locked: true)
            // What was given up cannot be owed again.
            let paid = [.partlyPaid, .paid].contains(invoice.state) ? invoice.paid : nothing
            let part = try share(.smaller(owed, paid))
            postings.append(.debit(.receivable(customer), part))
            if part.minorUnits > 0 {
                try invoice.reversePayment(of: part)
                try store.update(invoice)
            }
        }
        if case .subscription(let id) = payment.purpose {
            let tax = legs[.taxPayable] ?? nothing
            let net = try (legs[.deferredSubscriptions] ?? nothing) + (legs[.subscriptionRevenue] ?? nothing)
            let sold = try net + tax
            let part = try share(sold)
            if part.minorUnits > 0 {
                var subscription = try store.require(id, "subscription", locked: true)
                let units = try subscription.takeBack(
                    part,
                    of: .payment(payment.id),
                    includingTax: tax.fraction(part.minorUnits, of: sold.minorUnits)
                )
                try store.update(subscription)
                postings.append(.debit(.deferredSubscriptions, units.deferred))
                postings.append(.debit(.subscriptionRevenue, units.earned))
                postings.append(.debit(.taxPayable, units.tax))
            }
        }
        // A voucher that was paid for has given back what it held before.
        for account in [Account.unappliedPayments, .feeIncome] { try take(legs[account], from: account) }
        postings.append(.debit(.badDebts, rest))
        postings.append(try .credit(.refundsPayable, amount))
        return postings
    }

    /// Whether an amount is not there any more of the money that a payment for a voucher has brought.
    func isSpent(_ amount: Money, of payment: Payment) throws -> Bool {
        try reserve(amount, of: payment, from: .payer).contains { $0.account == .badDebts && !$0.amount.isZero }
    }

    /// What each account still holds of a payment, credits positive.
    private func legs(of payment: Payment, in currency: Currency) throws -> [Account: Money] {
        let refunds = try payment.refunds.flatMap { refund in
            try entries(of: refund, payment, .owed).standing + entries(of: refund, payment, .credited).standing
        }
        var keys: Set = [
            "payment:\(payment.id)", Self.unusedKey(.payment(payment.id)),
        ]
        for case .chargedBack(_, let reference) in payment.events.map(\.kind) {
            keys.insert("chargeback:\(payment.id):\(reference)")
        }
        if case .voucher(let voucher) = payment.purpose,
            try store.voucher(voucher)?.paid?.payment == payment.id
        {
            keys.insert(Self.refundKey(voucher))
        }
        var sums: [Account: Money] = [:]
        for entry in try refunds + extras(of: payment).entries + keys.compactMap({ try store.ledgerEntry(key: $0) }) {
            for posting in entry.postings where posting.amount.currency == currency {
                sums[posting.account] = try (sums[posting.account] ?? .zero(currency)) - posting.amount
            }
        }
        return sums
    }

    /// A refund did not take place: what was taken for it is served and paid again.
    ///
    /// What cannot go back to where it came from, because that is over, becomes credit of the customer.
    private func putBack(_ taken: [Posting], of refund: Refund, _ payment: Payment) throws {
        guard let customer = payment.customer, let currency = taken.first?.amount.currency else { return }
        func amount(_ account: Account) -> Money { taken.first { $0.account == account }?.amount ?? .zero(currency) }
        func credit(_ rest: Money, from account: Account) throws {
            guard rest.minorUnits > 0 else { return }
            let name = try entries(of: refund, payment, .credited).next
            try book(
                name,
                key: name,
                PostingRecipe.move(rest, debit: account, credit: .customerBalance(customer))
            )
        }
        switch payment.purpose {
        case .invoice(let id):
            let share = amount(.receivable(customer))
            guard share.minorUnits > 0 else { return }
            var invoice = try store.require(id, "invoice", locked: true)
            let paid = try Money.smaller(share, invoice.outstanding)
            if paid.minorUnits > 0 {
                try invoice.pay(paid)
                try store.update(invoice)
            }
            try credit(share - paid, from: .receivable(customer))
        case .subscription(let id):
            let (deferred, earned) = (amount(.deferredSubscriptions), amount(.subscriptionRevenue))
            guard deferred.minorUnits > 0 || earned.minorUnits > 0 else { return }
            var subscription = try store.require(id, "subscription", locked: true)
            let tax = amount(.taxPayable)
            if try subscription.putBack(deferred: deferred, earned: earned, tax: tax, of: .payment(payment.id)) {
                try store.update(subscription)
            } else {
                try credit(deferred, from: .deferredSubscriptions)
                let net = try deferred + earned
                try credit(tax.fraction(deferred.minorUnits, of: net.minorUnits), from: .taxPayable)
            }
        case .topUp, .voucher: return
        }
    }
}

extension Payment {
    /// Whether we asked for all of a refund ourselves.
    fileprivate func asks(for refund: Refund) -> Bool {
        events.contains { event in
            guard case .refundRequested(let amount, let key) = event.kind else { return false }
            return refund.id == "key:" + key && amount.minorUnits >= refund.amount.minorUnits
        }
    }

    /// What postings take from balances of others than the payer.
    fileprivate func othersCredit(in postings: [Posting]) -> [(owner: Identifier<Customer>, amount: Money)] {
        postings.compactMap { posting in
            guard let owner = posting.account.customer, owner != customer, !posting.amount.isZero else { return nil }
            return (owner, posting.amount)
        }
    }
}

extension LedgerEntry {
    /// What it says is owed to a payer.
    fileprivate var owed: Money? {
        postings.first { $0.account == .refundsPayable }.flatMap { try? $0.amount.negated() }
    }
}
