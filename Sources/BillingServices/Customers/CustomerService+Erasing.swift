public import BillingDomain
import BillingPersistence

extension CustomerService {
    /// Erases what is personal about a closed customer, for good: name, contacts, place, language, notes and tags, the
    /// name on their vouchers, what their services were bound to, and every message to them.
    ///
    /// Books, numbers and amounts stay: they name the customer by number alone, and so does the audit trail. Sessions on
    /// routers are kept as long as the tenant's settings say. Doing it again changes nothing.
    ///
    /// - Throws: ``BillingError/Code/conflict`` for a customer who is not closed.
    public func erase(_ id: Identifier<Customer>) async throws -> Customer {
        try await session.change(.eraseCustomers) { change in
            var customer = try change.reachableCustomer(id)
            guard customer.status == .closed else {
                throw BillingError(.conflict, "Customer \(customer.number) is not closed. Close the customer first.")
            }
            guard customer.erasedAt == nil else { return customer }
            try change.store.delete(customer.messages)
            try customer.erase(at: change.now)
            for var account in try change.accounts(of: id) {
                try account.erase()
                try change.store.update(account)
            }
            let named = Query(Voucher.Columns.customerID == id).where(Voucher.Columns.customer.isPresent)
            for var voucher in try change.store.records(named) {
                voucher.eraseCustomerName()
                try change.store.update(voucher)
            }
            try change.audit("customer.erase", "customer:\(id)", customer.number)
            return try change.store.update(customer)
        }
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
