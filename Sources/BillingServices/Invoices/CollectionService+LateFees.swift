public import BillingDomain
import BillingPersistence

extension CollectionService {
    /// Charges a late fee once on every invoice whose date, term and hold-up are over; says how many fees that was.
    ///
    /// Each in its own transaction. The fee, the term and the hold-up are those of the tenant's settings where no rule is
    /// given; without a fee there, nothing is charged.
    @discardableResult
    public func chargeLateFees(_ rule: LateFeeRule? = nil, tenant: Identifier<Tenant>) async throws -> Int {
        let calendar = try await context.calendar(of: tenant)
        let standard = try await context.lateFeeRule(of: tenant)
        guard let rule = rule ?? standard else { return 0 }
        let patience = Int64(rule.maturityDays + rule.holdUpDays)
        let late = Query(
            Invoice.Columns.state.isOne(of: [.issued, .partlyPaid]),
            Invoice.Columns.currency == rule.fee.fixed.currency,
            Invoice.Columns.issueDate <= calendar.date(context.environment.now()).adding(days: -patience)
        )
        var count = 0
        try await context.forEach(late.sorted(by: Invoice.Columns.createdAt), of: tenant) { invoice in
            let fee = try await context.change(tenant, by: Self.actor) { change in
                try change.chargeLateFee(on: invoice.id, rule, in: calendar)
            }
            if fee != nil { count += 1 }
        }
        return count
    }
}

extension ServiceContext {
    /// The tenant's fee for paying late; nil where it has none.
    fileprivate func lateFeeRule(of id: Identifier<Tenant>) async throws -> LateFeeRule? {
        try await read(.tenant(id)) { store in
            let settings = try store.settings()
            guard let tenant = try store.tenant(id), settings[.lateFee] > 0 else { return nil }
            return try LateFeeRule(
                maturityDays: Int(settings[.paymentTerm]),
                holdUpDays: Int(settings[.lateFeeHoldUp]),
                fee: FeeRule(fixed: Money(minorUnits: settings[.lateFee], currency: tenant.currency))
            )
        }
    }
}
