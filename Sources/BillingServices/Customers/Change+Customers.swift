import BillingDomain
import BillingPersistence

extension Change {
    /// Enters a customer.
    func create(_ draft: CustomerDraft) throws -> Customer {
        if let number = draft.number, try isTaken(number) {
            throw BillingError(.duplicate, field: "number", "There is a customer of this number. Choose another.")
        }
        try requireCustomers(at: draft.site)
        let customer = try Customer(
            id: identifier(),
            tenant: tenant,
            number: draft.number ?? freeNumber(),
            name: draft.name,
            contacts: draft.contacts,
            location: draft.location,
            locale: draft.locale,
            site: draft.site,
            notes: draft.notes,
            tags: draft.tags,
            createdAt: now
        )
        try store.insert(customer)
        // A name in the trail could never be erased.
        try audit("customer.create", "customer:\(customer.id)", customer.number)
        return customer
    }

    /// Refuses a site that the tenant does not have or that is out of use, and one whose customers are out of reach.
    func requireCustomers(at site: Identifier<Site>?) throws {
        guard let site = try site.map({ try SiteService.find($0, in: store) }) else { return }
        guard !site.isArchived else {
            throw BillingError(.conflict, field: "site", "“\(site.name)” is out of use. Choose another site.")
        }
        guard try assignment.sites(in: store)?.contains(site.id) ?? true else {
            throw BillingError(.forbidden, field: "site", "You are not assigned to “\(site.name)”.")
        }
    }

    /// The services of a customer.
    func accounts(of customer: Identifier<Customer>) throws -> [ServiceAccount] {
        try store.records(Query(ServiceAccount.Columns.customer == customer))
    }

    /// The subscriptions of a customer.
    func subscriptions(of customer: Identifier<Customer>) throws -> [Subscription] {
        try store.records(Query(Subscription.Columns.customer == customer))
    }

    /// Brings the service and the customer of a subscription to what it says now.
    func follow(_ subscription: Subscription, in calendar: TenantCalendar) throws {
        var customer = try store.require(subscription.customer, "customer")
        let isOff = customer.status == .disabled || customer.status == .closed
        if let id = subscription.serviceAccount {
            var account = try store.require(id, "service account")
            if let profile = subscription.servedProfile, !isOff, account.access != .deleted {
                if account.routerProfile != profile || account.package != subscription.package {
                    try account.assign(profile: profile, package: subscription.package)
                }
                try account.setUnpaidProfile(nil)
                if account.access == .disabled { try account.enable() }
            } else if let profile = try unpaidProfile(of: subscription), !isOff, account.access != .deleted {
                // Who can reach the page that asks for the payment can pay there.
                try account.setUnpaidProfile(profile)
            } else if account.access == .enabled {
                try account.disable()
            }
            // Unchanged itself, its row says until when it is paid.
            if account.access != .deleted { try converge(account) }
        }
        guard !isOff else { return }
        let states = try subscriptions(of: customer.id)
        let before = customer.status
        if states.contains(where: \.state.isServed) {
            try customer.activate()
        } else if customer.status != .pending {
            if states.contains(where: { $0.state == .suspended && $0.suspensionCause == .unpaid }) {
                try customer.suspend()
            } else {
                try customer.expire()
            }
        }
        if customer.status != before { try store.update(customer) }
    }

    /// The profile for the service of a subscription that is suspended for debt, where the tenant has one.
    private func unpaidProfile(of subscription: Subscription) throws -> String? {
        guard subscription.state == .suspended, subscription.suspensionCause == .unpaid else { return nil }
        let profile = try store.settings()[.unpaidProfile]
        return profile.isEmpty ? nil : profile
    }

    private func isTaken(_ number: String) throws -> Bool {
        try store.count(Query(Customer.Columns.numberKey == number.asciiUppercased)) > 0
    }

    /// The next number that nobody has: customers are never removed, so their count never falls.
    private func freeNumber() throws -> String {
        var next = try store.count(Query<Customer>()) + 1
        while true {
            let digits = String(next)
            let number = "C-" + String(repeating: "0", count: max(0, 5 - digits.utf8.count)) + digits
            if try !isTaken(number) { return number }
            next += 1
        }
    }
}
