public import BillingDomain
import BillingPersistence

extension VoucherService {
    /// Withdraws a sold voucher and pays back what the tenant's policy allows: access goes first, then the money.
    ///
    /// An unused voucher is paid back in full, one in use as ``SettingKey/refundPolicy`` says; never more than was paid for
    /// it and for more of it. Each part goes back to where it came from: cash by whoever enters the refund, a balance or
    /// an agent's account as it was drawn on, a grant as a grant. What came by a payment is owed to the payer until
    /// ``PaymentService/settleRefund(_:of:reference:)`` says that it went back; cash goes back at once. The same key
    /// answers with the same voucher.
    ///
    /// - Parameters:
    ///   - code: The code, in any case.
    ///   - amount: How much, if less than the policy allows.
    ///   - destination: Where to pay it instead, of what was paid in money over the counter: cash, the bank, or the balance
    ///     of the voucher's customer. What came by a payment goes back as it came.
    ///   - reason: Why, 1 to 200 bytes.
    ///   - key: The caller's name for this request; it names the refund of the payment too.
    /// - Returns: The voucher as it is now.
    /// - Throws: ``BillingError/Code/conflict`` when nothing of it can be paid back.
    public func refund(
        code: String,
        amount: Money? = nil,
        to destination: PaymentMethod? = nil,
        reason: String,
        key: IdempotencyKey
    ) async throws -> Voucher {
        let reason = try Input.reference(reason, field: "reason")
        let request = [
            "voucher.refund", Voucher.uniqueKey(of: code), amount?.description, destination?.description, reason,
        ]
        return try await once(.refundVouchers, key, request, code) { change, voucher in
            try change.refund(voucher, amount, to: destination, reason, key)
        }
    }

    /// Gives a voucher up: lost, destroyed, or never paid.
    ///
    /// Whoever holds it is let in no more. What is still owed for a sold one is earned by that. The same key answers with
    /// the same voucher.
    public func writeOff(code: String, reason: String, key: IdempotencyKey) async throws -> Voucher {
        let reason = try Input.reference(reason, field: "reason")
        let request = ["voucher.write-off", Voucher.uniqueKey(of: code), reason]
        return try await once(.writeOffVouchers, key, request, code) { change, before in
            var voucher = before
            if !voucher.access.isFinal { try voucher.revoke(at: change.now) }
            try voucher.writeOff()
            try change.audit("voucher.write-off", "voucher:\(voucher.id)", reason)
            try change.postBreakage(of: voucher)
            try change.converge([voucher])
        }
    }

    /// Gives a sold voucher to the customer who typed its code, once and for all.
    ///
    /// Of any number of redemptions of one code, one wins; the others are a ``BillingError/Code/conflict``. Blanks,
    /// hyphens, case and look-alikes do not matter. The same key answers with the same voucher.
    public func redeem(
        code typed: String,
        for customer: Identifier<Customer>,
        key: IdempotencyKey
    ) async throws -> Voucher {
        try await session.change(.redeemVouchers) { change in
            try change.once(key, ["voucher.redeem", typed, customer.description]) { change in
                let buyer = try change.customer(customer)
                var voucher = try change.redeemable(typed)
                try voucher.transfer(toCustomer: buyer.id, name: buyer.name)
                try change.store.update(voucher)
                try change.audit("voucher.redeem", "voucher:\(voucher.id)", "customer:\(buyer.id)")
                return voucher.id.description
            } answer: { store, reference in
                try Self.answer(reference, in: store)
            }
        }
    }

    /// Turns an unused voucher into prepaid credit of a customer: the voucher is withdrawn, its price is theirs to spend.
    ///
    /// Exactly once, as ``redeem(code:for:key:)``. What was granted stays granted: it can be spent and not paid out.
    public func redeemToBalance(
        code typed: String,
        of customer: Identifier<Customer>,
        key: IdempotencyKey
    ) async throws -> Voucher {
        try await session.change(.redeemVouchers) { change in
            try change.once(key, ["voucher.redeem-to-balance", typed, customer.description]) { change in
                let buyer = try change.customer(customer)
                var voucher = try change.redeemable(typed, by: buyer.id)
                let parts = try change.refundable(voucher, policy: .nothing)
                guard !parts.isEmpty else {
                    throw BillingError(.conflict, field: "code", "Nothing was paid for this voucher.")
                }
                let amount = try Money.sum(parts.map(\.amount), in: voucher.paidPrice.currency)
                try voucher.transfer(toCustomer: buyer.id, name: buyer.name)
                // What is bought with the credit earns commission anew: one payment earns it once.
                try change.takeBack(voucher, parts.map { $0.going(to: .customerBalance(buyer.id)) })
                try change.audit(
                    "voucher.redeem-to-balance",
                    "voucher:\(voucher.id)",
                    "\(amount) to customer:\(buyer.id)"
                )
                return voucher.id.description
            } answer: { store, reference in
                try Self.answer(reference, in: store)
            }
        }
    }

    private static func answer(_ reference: String, in store: any StoreReader) throws -> Voucher {
        guard let id = Identifier<Voucher>(reference), let voucher = try store.voucher(id) else {
            throw BillingError.notFound("voucher")
        }
        return voucher
    }
}

extension Change {
    /// The voucher that a typed code means, if it can be redeemed.
    fileprivate func redeemable(_ typed: String, by customer: Identifier<Customer>? = nil) throws -> Voucher {
        let voucher = try voucher(typed: typed)
        try requireReach(of: [voucher])
        guard voucher.commercial == .sold else {
            throw BillingError(.conflict, field: "code", "This voucher was not sold, or it was withdrawn.")
        }
        guard voucher.access == .unused, voucher.nextDeadline.map({ now < $0 }) ?? true else {
            throw BillingError(.conflict, field: "code", "This voucher was used, or its time is over.")
        }
        guard voucher.customerID == nil || voucher.customerID == customer else {
            throw BillingError(.conflict, field: "code", "This voucher was redeemed already.")
        }
        return voucher
    }

    /// The voucher of a code that a customer typed, read in the tenant's own style where it is not written exactly.
    private func voucher(typed: String) throws -> Voucher {
        guard typed.utf8.count <= 200 else {
            throw BillingError.invalid("code", "A code has at most 50 letters and digits.")
        }
        if let voucher = try store.voucher(code: typed) { return voucher }
        let settings = try store.settings()
        let style = try VoucherCodeStyle(length: Int(settings[.voucherLength]), prefix: settings[.voucherPrefix])
        guard let code = try? style.code(typed: typed), let voucher = try store.voucher(code: code) else {
            throw BillingError.notFound("voucher", field: "code")
        }
        return voucher
    }
}
