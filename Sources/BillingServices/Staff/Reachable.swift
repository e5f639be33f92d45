import BillingDomain
import BillingPersistence

/// What stands at sites or on routers, or belongs to what does: its lists, figures and exports are narrowed in the query
/// to what is within reach, by the rule that one of them alone is refused by.
protocol Reachable: StoredRecord {
    /// Which of them are within a reach that is not everywhere.
    static func isWithin(_ reach: Reach) -> Condition<Self>
}

/// How far somebody reaches who is not assigned to everything.
struct Reach {
    /// The routers, removed ones too.
    let routers: Set<Identifier<Router>>
    /// The sites whose customers they reach.
    let sites: Set<Identifier<Site>>
}

extension Query where Record: Reachable {
    /// Those of the same records that are within reach.
    func within(_ assignment: StaffAssignment, in store: any StoreReader) throws -> Self {
        guard let routers = try assignment.routers(in: store), let sites = try assignment.sites(in: store) else {
            return self
        }
        return self.where(Record.isWithin(Reach(routers: routers, sites: sites)))
    }
}

extension Customer: Reachable {
    static func isWithin(_ reach: Reach) -> Condition<Customer> {
        Columns.site.isAbsent || Columns.site.isOne(of: reach.sites.map(Optional.some))
    }
}

extension ServiceAccount: Reachable {
    static func isWithin(_ reach: Reach) -> Condition<ServiceAccount> { Columns.router.isOne(of: reach.routers) }
}

extension NetworkSession: Reachable {
    static func isWithin(_ reach: Reach) -> Condition<NetworkSession> { Columns.router.isOne(of: reach.routers) }
}

extension Subscription: Reachable {
    static func isWithin(_ reach: Reach) -> Condition<Subscription> {
        Columns.customer.refers(to: Query(Customer.isWithin(reach)))
            && (Columns.serviceAccount.isAbsent
                || Columns.serviceAccount.refers(to: Query(ServiceAccount.isWithin(reach))))
    }
}

extension Invoice: Reachable {
    static func isWithin(_ reach: Reach) -> Condition<Invoice> {
        Columns.customer.refers(to: Query(Customer.isWithin(reach)))
    }
}

extension PaymentRow: Reachable {
    static func isWithin(_ reach: Reach) -> Condition<PaymentRow> {
        let vouchers = Query(Voucher.Columns.router.isOne(of: reach.routers))
        return (Columns.customer.isAbsent || Columns.customer.refers(to: Query(Customer.isWithin(reach))))
            && (Columns.voucher.isAbsent || Columns.voucher.refers(to: vouchers))
    }
}
