public import BillingDomain
public import BillingPersistence

/// The customers of one tenant.
public struct CustomerService: Sendable {
    let session: BillingSession

    /// The customers of sites within reach, and of no site, that meet a filter, newest first.
    public func list(
        _ filter: CustomerFilter = CustomerFilter(),
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<Customer> {
        let assignment = session.assignment
        return try await session.read(.viewCustomers) { store in
            try store.page(filter.query.within(assignment, in: store), page)
        }
    }

    /// One customer.
    public func customer(_ id: Identifier<Customer>) async throws -> Customer {
        let assignment = session.assignment
        return try await session.read(.viewCustomers) { try assignment.customer(id, in: $0) }
    }

    /// A customer by number, in any case.
    public func customer(number: String) async throws -> Customer {
        let assignment = session.assignment
        return try await session.read(.viewCustomers) { store in
            guard let customer = try store.first(Query(Customer.Columns.numberKey == number.asciiUppercased)) else {
                throw BillingError.notFound("customer", field: "number")
            }
            try assignment.require(customer, in: store)
            return customer
        }
    }

    /// Services, subscriptions, vouchers, payments, invoices, messages, balance and debt of a customer, as far as they are
    /// within reach.
    ///
    /// Takes ``Permission/viewPayments``, ``Permission/viewVouchers`` and ``Permission/viewNotifications`` too.
    public func history(_ id: Identifier<Customer>) async throws -> CustomerHistory {
        for permission in [Permission.viewPayments, .viewVouchers, .viewNotifications] {
            try session.authorise(permission)
        }
        let assignment = session.assignment
        return try await session.read(.viewCustomers) { store in
            let customer = try assignment.customer(id, in: store)
            let payments = try PaymentFilter(customer: id).query.within(assignment, in: store)
            let invoices = try InvoiceFilter(customer: id).query.within(assignment, in: store)
            let vouchers = try VoucherFilter(customer: id).within(assignment, in: store)
            let currencies = Set(
                try store.sums(
                    Query(
                        PostingRow.Columns.account.isOne(
                            of: [.customerBalance(id), .customerGrant(id), .receivable(id)]
                        )
                    ),
                    by: ["currency"]
                )
                .map { try Currency(storeValue: $0.group[0]) }
            )
            .sorted { $0.code < $1.code }
            return CustomerHistory(
                customer: customer,
                serviceAccounts: try store.records(
                    Query(ServiceAccount.Columns.customer == id).sorted(by: ServiceAccount.Columns.createdAt)
                        .within(assignment, in: store)
                ),
                subscriptions: try store.records(
                    SubscriptionFilter(customer: id).query.within(assignment, in: store)
                ),
                payments: try store.payments(payments, PageRequest(after: nil, size: 100)).items,
                invoices: try store.page(invoices, PageRequest(after: nil, size: 100)).items,
                balances: try currencies.map { try store.wallet(of: id, in: $0) },
                debts: try currencies.map { try store.balance(of: .receivable(id), in: $0) }.filter { !$0.isZero },
                vouchers: try store.vouchers(vouchers, PageRequest(after: nil, size: 100)).items,
                messages: try store.page(customer.messages, PageRequest(after: nil, size: 100)).items
            )
        }
    }

    /// Enters a customer.
    ///
    /// The same key and draft answer with the same customer.
    public func create(_ draft: CustomerDraft, key: IdempotencyKey) async throws -> Customer {
        try await session.change(.manageCustomers) { change in
            let draft = try draft.checked()
            return try change.once(key, ["customer.create"] + draft.fingerprint) { change in
                try change.create(draft).id.description
            } answer: { store, reference in
                guard let id = Identifier<Customer>(reference) else { throw BillingError.notFound("customer") }
                return try store.require(id, "customer")
            }
        }
    }

    /// Changes what is entered about a customer; the number stays.
    public func update(_ id: Identifier<Customer>, _ draft: CustomerDraft) async throws -> Customer {
        try await session.change(.manageCustomers) { change in
            let draft = try draft.checked()
            var customer = try change.reachableCustomer(id)
            guard draft.number.map({ $0 == customer.number }) ?? true else {
                throw BillingError.invalid("number", "The number of a customer stays as it was entered.")
            }
            guard customer.status != .closed else {
                throw BillingError(
                    .conflict,
                    "Customer \(customer.number) is closed; nothing of it is changed any more."
                )
            }
            try customer.rename(to: draft.name)
            try customer.setLocale(draft.locale)
            customer.contacts = draft.contacts
            customer.location = draft.location
            if customer.site != draft.site { try change.requireCustomers(at: draft.site) }
            customer.site = draft.site
            customer.notes = draft.notes
            customer.tags = draft.tags
            try change.audit("customer.update", "customer:\(id)", customer.number)
            return try change.store.update(customer)
        }
    }

    /// Switches a customer off by hand, and all their services with them.
    public func disable(_ id: Identifier<Customer>) async throws -> Customer {
        try await move(id, "customer.disable") { customer, change in
            try customer.disable()
            for var account in try change.accounts(of: id) where account.access == .enabled {
                try account.disable()
                try change.converge(account)
            }
        }
    }

    /// Switches a customer on again; the services that are paid for follow.
    public func enable(_ id: Identifier<Customer>) async throws -> Customer {
        let calendar = TenantCalendar(session.tenant)
        return try await session.change(.manageCustomers) { change in
            var customer = try change.reachableCustomer(id)
            try customer.enable()
            try change.store.update(customer)
            try change.audit("customer.enable", "customer:\(id)", customer.number)
            for subscription in try change.subscriptions(of: id) where !subscription.state.isFinal {
                try change.follow(subscription, in: calendar)
            }
            return try change.store.require(id, "customer")
        }
    }

    /// Closes a customer for good; refused while a subscription runs, or money is owed or left.
    public func close(_ id: Identifier<Customer>) async throws -> Customer {
        try await move(id, "customer.close") { customer, change in
            let now = change.now
            guard try change.subscriptions(of: id).allSatisfy(\.state.isFinal) else {
                throw BillingError(.conflict, "A subscription of this customer still runs. End it first.")
            }
            let accounts = Query(
                PostingRow.Columns.account.isOne(of: [.customerBalance(id), .customerGrant(id), .receivable(id)])
            )
            let sums = try change.store.sums(accounts, of: ["amount"], by: ["account", "currency"])
            guard sums.allSatisfy({ $0.sums.allSatisfy { $0 == 0 } }) else {
                throw BillingError(.conflict, "Money is owed or left. Settle it first.")
            }
            try customer.close(at: now)
            for var account in try change.accounts(of: id) where account.access != .deleted {
                try account.delete(at: now)
                try change.converge(account)
            }
        }
    }

    private func move(
        _ id: Identifier<Customer>,
        _ action: String,
        _ body: @escaping @Sendable (inout Customer, inout Change) throws -> Void
    ) async throws -> Customer {
        try await session.change(.manageCustomers) { change in
            var customer = try change.reachableCustomer(id)
            try body(&customer, &change)
            try change.audit(action, "customer:\(id)", customer.number)
            return try change.store.update(customer)
        }
    }
}
