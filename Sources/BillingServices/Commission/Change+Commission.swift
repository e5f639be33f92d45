import BillingDomain
import BillingPersistence

/// What selling earns people: accrued by the sale or the first use, taken back by the refund.
extension Change {
    /// Who earns by a sale: an agent who sold on consignment, or else the member of staff who sold.
    ///
    /// An agent who paid in advance has the margin instead, and nobody earns by what sold itself.
    func earner(paidInto account: Account?, seller: Actor?) -> CommissionEarner? {
        if let agent = account?.agent { return account?.family == "agent-receivable" ? .agent(agent) : nil }
        guard case .staff(let id) = seller else { return nil }
        return .staff(id)
    }

    /// Accrues what a sale earns, in one sum for each package and currency; for what was in use before, its first use too.
    func accrueCommission(onSaleOf sold: [Voucher], in sale: VoucherSale) throws {
        guard let earner = earner(paidInto: sale.account, seller: sale.seller), try !rulesInForce().isEmpty else {
            return
        }
        let packages = try packages(of: sold)
        let kinds = Dictionary(grouping: sold) { Kind(package: packages[$0.batch], currency: $0.paidPrice.currency) }
        for (kind, vouchers) in kinds.sorted(by: { $0.key.name < $1.key.name }) {
            try accrueCommission(
                to: earner,
                package: kind.package,
                price: Money.sum(vouchers.map(\.paidPrice), in: kind.currency),
                quantity: Int64(vouchers.count),
                at: .sale,
                cause: "\(sale.entry):\(kind.name)"
            )
        }
        for voucher in sold where voucher.activatedAt != nil { try accrueCommission(onFirstUseOf: voucher) }
    }

    /// Accrues what the first use of a sold voucher earns, unless its sale has earned already.
    func accrueCommission(onFirstUseOf voucher: Voucher) throws {
        guard let earner = earner(paidInto: voucher.paidInto, seller: voucher.soldBy), let paid = voucher.paid,
            try !rulesInForce().isEmpty
        else { return }
        let package = try packages(of: [voucher])[voucher.batch]
        guard try rule(for: earner, package, paid.amount)?.moment == .firstUse else { return }
        let earned = try saleCause(of: paid, package).map { try accruals(of: $0) } ?? []
        guard earned.isEmpty else { return }
        let cause = Self.useCause(voucher)
        try accrueCommission(to: earner, package: package, price: paid.amount, at: .firstUse, cause: cause)
    }

    /// Accrues what a sale or a first use earns, if the rule that applies says so: Dr commission expense, Cr commission
    /// payable.
    ///
    /// An earner earns once by a cause; asking again changes nothing. Without a moment it is earned whenever the rule
    /// says.
    func accrueCommission(
        to earner: CommissionEarner,
        package: Identifier<Package>?,
        price: Money,
        quantity: Int64 = 1,
        at moment: CommissionRule.Moment?,
        cause: String
    ) throws {
        guard let rule = try rule(for: earner, package, price), moment == nil || rule.moment == moment else { return }
        let amount = try rule.commission(on: price, quantity: quantity)
        guard amount.minorUnits > 0, try !accruals(of: cause).contains(where: { $0.earner == earner }) else { return }
        let accrual = CommissionAccrual(
            id: try identifier(),
            tenant: tenant,
            earner: earner,
            rule: rule.id,
            cause: cause,
            amount: amount,
            createdAt: now
        )
        try store.insert(accrual)
        try book(
            "commission:\(cause)",
            key: "commission:\(accrual.id)",
            PostingRecipe.commission(amount, of: earner)
        )
    }

    /// Takes back what the sale and the first use of a voucher, or an extension of it, have earned, in the proportion in
    /// which what was paid is paid back.
    func reverseCommission(of payment: VoucherPayment, refunded: Money, voucher: Voucher) throws {
        guard let entry = payment.entry, payment.amount.minorUnits > 0 else { return }
        var causes = [entry]
        if entry == voucher.saleEntry {
            let package = try packages(of: [voucher])[voucher.batch]
            causes = [Self.useCause(voucher)] + (saleCause(of: payment, package).map { [$0] } ?? [])
        }
        for accrual in try causes.flatMap({ try accruals(of: $0) }) {
            let unit = try store.find(accrual.rule)?.commission(on: payment.amount)
            var reversed = Money.zero(accrual.amount.currency)
            for earlier in try store.records(Query(CommissionAccrual.Columns.reverses == accrual.id)) {
                reversed = try reversed - earlier.amount
            }
            guard
                let reversal = try accrual.reversal(
                    id: identifier(),
                    unit: unit,
                    refunded: refunded,
                    of: payment.amount,
                    alreadyReversed: reversed,
                    at: now
                )
            else { continue }
            try store.insert(reversal)
            try book(
                "commission:\(reversal.cause)",
                key: "commission:\(reversal.id)",
                PostingRecipe.commissionReversal(reversal.amount.negated(), of: accrual.earner)
            )
        }
    }

    private struct Kind: Hashable {
        let package: Identifier<Package>?
        let currency: Currency

        var name: String { "\(package?.description ?? "custom"):\(currency.code)" }
    }

    private static func useCause(_ voucher: Voucher) -> String { "use:voucher:\(voucher.id)" }

    private func saleCause(of payment: VoucherPayment, _ package: Identifier<Package>?) -> String? {
        payment.entry.map { "\($0):\(Kind(package: package, currency: payment.amount.currency).name)" }
    }

    private func rulesInForce() throws -> [CommissionRule] {
        try store.records(Query(CommissionRule.Columns.endedAt.isAbsent))
    }

    /// The rule that applies; a fixed amount in another currency does not.
    private func rule(
        for earner: CommissionEarner,
        _ package: Identifier<Package>?,
        _ price: Money
    ) throws -> CommissionRule? {
        let payable = try rulesInForce().filter { rule in
            if case .amount(let amount) = rule.reward { amount.currency == price.currency } else { true }
        }
        return CommissionRule.applying(to: earner, package: package, at: now, among: payable)
    }

    /// What was earned by a cause, without what took it back.
    private func accruals(of cause: String) throws -> [CommissionAccrual] {
        try store.records(
            Query(CommissionAccrual.Columns.cause == cause, CommissionAccrual.Columns.reverses.isAbsent)
        )
    }
}
