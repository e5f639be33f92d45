public import BillingDomain
import BillingPersistence

extension CustomerService {
    /// Erases what is personal about a closed customer, for good: name, contacts, place, language, notes and tags, the
    /// name on their vouchers, what their services were bound to, and every message to them.
    ///
    /// Books, numbers and amounts stay: they name the customer by number alone, and so does the audit trail. Sessions on
    /// routers are kept as long as the tenant's settings say. Names go from the vouchers first, a page of them in each
    /// transaction, of which the audit trail tells: what was interrupted is done by doing it again, which otherwise changes
    /// nothing.
    ///
    /// - Throws: ``BillingError/Code/conflict`` for a customer who is not closed.
    public func erase(_ id: Identifier<Customer>) async throws -> Customer {
        while true {
            let erased = try await session.change(.eraseCustomers) { change in
                var customer = try change.reachableCustomer(id)
                guard customer.status == .closed else {
                    throw BillingError(
                        .conflict,
                        "Customer \(customer.number) is not closed. Close the customer first."
                    )
                }
                // Who is erased has no voucher with their name left.
                guard customer.erasedAt == nil else { return Customer?.some(customer) }
                let count = try change.eraseNames(of: id)
                guard count < VoucherService.pageSize else {
                    try change.audit("customer.erase-names", "customer:\(id)", "\(count) vouchers")
                    return nil
                }
                try change.store.delete(customer.messages)
                try customer.erase(at: change.now)
                for var account in try change.accounts(of: id) {
                    try account.erase()
                    try change.store.update(account)
                }
                try change.audit("customer.erase", "customer:\(id)", customer.number)
                return try change.store.update(customer)
            }
            if let erased { return erased }
        }
    }
}

extension Change {
    /// Takes the name of a customer off a page of vouchers; how many had it.
    fileprivate func eraseNames(of customer: Identifier<Customer>) throws -> Int {
        let named = Query(Voucher.Columns.customerID == customer).where(Voucher.Columns.customer.isPresent)
        let page = try store.records(named.first(VoucherService.pageSize))
        for var voucher in page {
            voucher.eraseCustomerName()
            try store.update(voucher)
        }
        return page.count
    }
}

extension Customer {
    /// The messages to this customer, the newest first: by name or to one of the contacts.
    var messages: Query<NotificationIntent> {
        let recipients = ["customer:\(id)"] + contacts.map { "\($0.kind.rawValue):\($0.value)" }
        return Query(NotificationIntent.Columns.recipient.isOne(of: recipients))
            .sorted(byDescending: NotificationIntent.Columns.createdAt)
    }
}
