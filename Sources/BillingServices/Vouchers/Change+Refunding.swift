import BillingDomain
import BillingPersistence

/// The one way back for what was paid for a voucher.
extension Change {
    /// Pays back what a member of staff asks for, within what the tenant's policy allows.
    mutating func refund(
        _ voucher: Voucher,
        _ wanted: Money?,
        to destination: PaymentMethod?,
        _ reason: String,
        _ key: IdempotencyKey
    ) throws {
        guard voucher.commercial == .sold else {
            throw BillingError(
                .conflict,
                field: "code",
                "Only a sold voucher is paid back; this is \(voucher.commercial)."
            )
        }
        let currency = voucher.paidPrice.currency
        let parts = try refundable(voucher)
        let most = try Money.sum(parts.map(\.amount), in: currency)
        let amount = wanted ?? most
        guard amount.currency == currency, amount.minorUnits > 0 || wanted == nil else {
            throw BillingError.invalid("amount", "A refund is more than nothing and in \(currency.code).")
        }
        guard most.minorUnits > 0 else {
            throw BillingError(
                .conflict,
                field: "code",
                "Nothing of this voucher can be paid back. Disable it instead."
            )
        }
        guard amount.minorUnits <= most.minorUnits else {
            throw BillingError.invalid("amount", "At most \(most) of this voucher can be paid back.")
        }
        let shares = try parts.limited(to: amount.minorUnits).map { part in
            part.going(to: try refundAccount(of: part, of: voucher, destination))
        }
        if wanted != nil, amount != most {
            let cash = try Money.sum(shares.filter { try isPaidInCash($0) }.map(\.amount), in: currency)
            try requireCoins(for: cash, field: "amount")
        }
        try takeBack(voucher, shares)
        let whence = Set(shares.compactMap(\.account?.rawValue)).sorted().joined(separator: ", ")
        try audit("voucher.refund", "voucher:\(voucher.id)", "\(amount) from \(whence): \(reason)")
        for share in shares where share.account == .unappliedPayments { try askBack(share, key) }
    }

    /// What may be paid back of each payment for a voucher, the latest first: what the books still hold, and no more, by the
    /// tenant's policy where no other is named.
    func refundable(_ voucher: Voucher, policy: RefundPolicy? = nil) throws -> [VoucherPayment] {
        let policy = try policy ?? RefundPolicy(rawValue: store.settings()[.refundPolicy]) ?? .nothing
        let extensions = voucher.extensionCount > 0 ? try store.entitlements(of: voucher.id) : []
        let parts = voucher.refundable(at: now, policy: policy, extensions: extensions)
        return try parts.filter { $0.account != nil }.limited(to: position(of: voucher).refundable().minorUnits)
    }

    /// Takes a sold voucher back: access goes first, then what was paid for it, each part from an account of its own, and
    /// what its sale has earned people.
    mutating func takeBack(_ before: Voucher, _ shares: [VoucherPayment]) throws {
        var voucher = before
        let currency = voucher.paidPrice.currency
        let extensions = voucher.extensionCount > 0 ? try store.entitlements(of: voucher.id) : []
        let payments = ([voucher.paid] + extensions.map(\.paid)).compactMap { $0 }
        if !voucher.access.isFinal { try voucher.revoke(at: now) }
        if !shares.isEmpty {
            let credits = shares.flatMap { share -> [(amount: Money, account: Account)] in
                guard let account = share.account else { return [] }
                return [(share.money, account), (share.granted, account.grantOfSameCustomer ?? account)]
            }
            let postings = try position(of: before).refund(credits, forfeitsRest: true)
            try book("refund:voucher:\(voucher.id)", key: Self.refundKey(voucher.id), postings)
        }
        try voucher.refund(
            Money.sum(shares.map(\.amount), in: currency),
            of: Money.sum(payments.map(\.amount), in: currency),
            at: now
        )
        for share in shares {
            guard let whole = payments.first(where: { $0.entry == share.entry }) else { continue }
            try reverseCommission(of: whole, refunded: share.amount, voucher: before)
        }
        try converge([voucher])
    }

    /// Takes the voucher back that a payment has bought, when its money goes back without our having asked.
    ///
    /// Where only a part goes back, what the policy would have paid back of the rest waits to be asked back.
    mutating func takeBackVoucher(boughtBy payment: Payment, on event: PaymentEvent.Kind) throws {
        guard case .voucher(let id) = payment.purpose else { return }
        let gone: Money
        switch event {
        case .refunded(let amount, _, let key):
            // What we asked for ourselves was taken out of the books then.
            guard !payment.events.contains(where: { $0.asksForRefund(under: key) }) else { return }
            gone = amount
        case .chargedBack(let amount, _): gone = amount
        case .pending, .settled, .failed, .expired, .cancelled, .refundRequested, .refundFailed, .released: return
        }
        guard let (voucher, paid) = try sold(id, by: payment), gone.currency == paid.amount.currency else { return }
        try takeBack(voucher, paid, for: gone, of: payment)
    }

    /// Sees to the voucher that a payment has bought before its money is asked back: what could be paid back itself is
    /// refunded instead, and what still serves is taken back first, which only who bears the loss may ask for.
    ///
    /// What came in beside the voucher's price goes back by itself.
    mutating func withdrawVoucher(boughtBy payment: Payment, for asked: Money, bearsLoss: Bool) throws {
        guard case .voucher(let id) = payment.purpose, let (voucher, paid) = try bought(id, by: payment),
            asked.currency == paid.amount.currency, try isSpent(asked, of: payment)
        else { return }
        guard voucher.commercial == .sold || voucher.commercial == .writtenOff else { return }
        guard try voucher.commercial == .writtenOff || refundable(voucher).isEmpty else {
            throw BillingError(.conflict, "Refund the voucher instead: it is withdrawn first.")
        }
        guard voucher.commercial == .sold, !voucher.access.isFinal else {
            // Of what has ended nothing is withdrawn; but nobody earns by what goes back at a loss.
            guard bearsLoss else { return }
            let gone = try Money.smaller(asked, paid.amount)
            return try reverseCommission(of: paid, refunded: gone, voucher: voucher)
        }
        guard bearsLoss else {
            throw BillingError(
                .conflict,
                field: "amount",
                "The voucher is in use, and nothing of it is paid back. Bear the loss, which withdraws it."
            )
        }
        try takeBack(voucher, paid, for: asked, of: payment)
    }

    /// Takes a voucher back of whose price so much goes back to the payer, or as much as the policy would have paid back.
    private mutating func takeBack(
        _ voucher: Voucher,
        _ paid: VoucherPayment,
        for gone: Money,
        of payment: Payment
    ) throws {
        let back = try refundable(voucher).first { $0.entry == paid.entry }?.amount.minorUnits ?? 0
        let units = try min(max(gone.minorUnits, back), position(of: voucher).refundable().minorUnits)
        try takeBack(voucher, [paid].limited(to: units).map { $0.going(to: .unappliedPayments) })
        try audit("voucher.take-back", "voucher:\(voucher.id)", "payment:\(payment.id)")
    }

    /// Whether a share goes back over the counter.
    private func isPaidInCash(_ share: VoucherPayment) throws -> Bool {
        guard share.account == .unappliedPayments, let id = share.payment else { return share.account?.isCash ?? false }
        return try PaymentService.find(id, in: store).method == .cash
    }

    private func sold(
        _ id: Identifier<Voucher>,
        by payment: Payment
    ) throws -> (voucher: Voucher, paid: VoucherPayment)? {
        guard let (voucher, paid) = try bought(id, by: payment), voucher.commercial == .sold else { return nil }
        return (voucher, paid)
    }

    /// The voucher of a payment, whatever became of it.
    private func bought(
        _ id: Identifier<Voucher>,
        by payment: Payment
    ) throws -> (voucher: Voucher, paid: VoucherPayment)? {
        guard let voucher = try store.voucher(id), let paid = voucher.paid, paid.payment == payment.id else {
            return nil
        }
        return (voucher, paid)
    }

    /// Where a part of a refund is paid from: money that came over the counter may go another way, all else goes back.
    private func refundAccount(
        of part: VoucherPayment,
        of voucher: Voucher,
        _ destination: PaymentMethod?
    ) throws -> Account {
        guard let paidInto = part.account else { throw BillingError(.conflict, "A gift is not paid back.") }
        let currency = part.amount.currency
        let isMoney = paidInto.isCash || ["bank", "clearing"].contains(paidInto.family)
        let payment = try isMoney ? part.payment.map { try PaymentService.find($0, in: store) } : nil
        let origin: Account
        if payment != nil {
            origin = .unappliedPayments
        } else {
            // Cash is paid back by whoever pays it back.
            origin = try paidInto.isCash ? cash(of: actor, in: currency) : paidInto
        }
        guard let destination, destination != payment?.method else { return origin }
        let account = try account(of: destination, in: currency, for: voucher.customerID)
        guard account != origin else { return account }
        switch destination {
        case .cash, .bankTransfer, .balance:
            guard isMoney, payment == nil else { break }
            return account
        case .gateway, .agent: break
        }
        let whence = payment.map { "payment:\($0.id), by \($0.method)" } ?? "\(origin)"
        throw BillingError.invalid("destination", "It goes back to where it came from: \(whence).")
    }

    /// Asks for money of a payment to go back, now that the books owe it to the payer.
    private mutating func askBack(_ share: VoucherPayment, _ key: IdempotencyKey) throws {
        guard let id = share.payment, let tenant = try store.tenant(tenant) else { return }
        let payment = try PaymentService.find(id, in: store, locked: true)
        var asked = payment
        try asked.requestRefund(of: share.amount, key: key.text, at: now)
        var events = asked.events
        if payment.method == .cash {
            // Cash goes back over the counter there and then.
            let back = PaymentEvent.Kind.refunded(amount: share.amount, reference: key.text, key: key.text)
            events.append(try PaymentEvent(back, at: now))
        }
        try hear(events, of: payment, in: TenantCalendar(tenant))
    }
}

extension PaymentEvent {
    fileprivate func asksForRefund(under key: String?) -> Bool {
        if case .refundRequested(_, let own) = kind { own == key } else { false }
    }
}

extension VoucherPayment {
    /// The same, to be given back from another account.
    func going(to account: Account) -> VoucherPayment {
        VoucherPayment(amount, account: account, granted: granted, entry: entry)
    }
}

extension [VoucherPayment] {
    /// The first of them, up to a number of units in all.
    fileprivate func limited(to units: Int64) -> [VoucherPayment] {
        var left = Swift.max(0, units)
        return compactMap { payment in
            let part = payment.part(left)
            left -= part.amount.minorUnits
            return part.amount.isZero ? nil : part
        }
    }
}
