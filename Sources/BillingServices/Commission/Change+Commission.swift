import BillingDomain
import BillingPersistence

/// What selling earns: called by the use cases that sell, confirm first use and pay back.
extension Change {
    /// Accrues what a sale or a first use earns, if a rule says so: Dr commission expense, Cr commission payable.
    ///
    /// An earner earns once by a cause; asking again changes nothing.
    @discardableResult
    func accrueCommission(
        to earner: CommissionEarner,
        package: Identifier<Package>?,
        price: Money,
        quantity: Int64 = 1,
        at moment: CommissionRule.Moment = .sale,
        cause: String
    ) throws -> CommissionAccrual? {
        let inForce = try store.records(Query(CommissionRule.Columns.endedAt.isAbsent)).filter { $0.moment == moment }
        guard let rule = CommissionRule.applying(to: earner, package: package, at: now, among: inForce) else {
            return nil
        }
        let amount = try rule.commission(on: price, quantity: quantity)
        guard amount.minorUnits > 0 else { return nil }
        let earned = Query(CommissionAccrual.Columns.cause == cause, CommissionAccrual.Columns.earner == earner)
        if let accrual = try store.first(earned) { return accrual }
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
        try post(
            "commission:\(cause)",
            key: "commission:\(accrual.id)",
            PostingRecipe.commission(amount, of: earner)
        )
        return accrual
    }

    /// Takes commission back in the proportion in which a sale was refunded.
    @discardableResult
    func reverseCommission(of cause: String, refunded: Money, price: Money) throws -> [CommissionAccrual] {
        let accruals = try store.records(
            Query(CommissionAccrual.Columns.cause == cause, CommissionAccrual.Columns.reverses.isAbsent)
        )
        return try accruals.compactMap { accrual in
            let earlier = try store.records(Query(CommissionAccrual.Columns.reverses == accrual.id))
            var reversed = Money.zero(accrual.amount.currency)
            for one in earlier { reversed = try reversed - one.amount }
            guard
                let reversal = try accrual.reversal(
                    id: identifier(),
                    refunded: refunded,
                    of: price,
                    alreadyReversed: reversed,
                    at: now
                )
            else { return nil }
            try store.insert(reversal)
            try post(
                "commission:\(reversal.cause)",
                key: "commission:\(reversal.id)",
                PostingRecipe.commissionReversal(reversal.amount.negated(), of: accrual.earner)
            )
            return reversal
        }
    }
}
