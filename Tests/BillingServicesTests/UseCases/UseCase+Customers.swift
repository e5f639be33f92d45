import BillingDomain
import BillingServices
import Testing

extension UseCase {
    /// What a session does with a customer of the shop, and with something that was made first.
    init<Given: Sendable>(
        till method: String,
        _ name: String,
        _ permissions: Set<Permission>,
        namesThings: Bool = true,
        given: @escaping @Sendable (Till) async throws -> Given,
        run: @escaping @Sendable (BillingSession, Till, Given) async throws -> Void
    ) {
        self.init(method, name, permissions, namesThings: namesThings) { shop, _ in
            let till = try await Till.open(shop)
            return (till, try await given(till))
        } run: { session, _, _, given in
            try await run(session, given.0, given.1)
        }
    }

    /// What a session does with a customer of the shop.
    init(
        till method: String,
        _ name: String,
        _ permissions: Set<Permission>,
        namesThings: Bool = true,
        run: @escaping @Sendable (BillingSession, Till) async throws -> Void
    ) {
        self.init(till: method, name, permissions, namesThings: namesThings) { _ in
        } run: { session, till, _ in
            try await run(session, till)
        }
    }

    /// Customers, and their user names and passwords on routers.
    static let customers: [UseCase] = [
        UseCase("CustomerService.list(_:_:)", "list customers", [.viewCustomers], namesThings: false) { session, _, _ in
            _ = try await session.customers.list()
        },
        UseCase(till: "CustomerService.customer(_:)", "see a customer", [.viewCustomers]) { session, till in
            _ = try await session.customers.customer(till.customer.id)
        },
        UseCase(till: "CustomerService.customer(number:)", "find a customer", [.viewCustomers]) { shop in
            try await shop.owner.customers.create(CustomerDraft(name: "Ben", number: "K-7"), key: .new())
        } run: { session, _, customer in
            _ = try await session.customers.customer(number: customer.number)
        },
        UseCase(till: "CustomerService.history(_:)", "see a history", [.viewCustomers, .viewPayments]) {
            session,
            till in
            _ = try await session.customers.history(till.customer.id)
        },
        UseCase("CustomerService.create(_:key:)", "enter a customer", [.manageCustomers], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.customers.create(CustomerDraft(name: "Ben"), key: .call)
        },
        UseCase(
            till: "CustomerService.create(_:with:key:)",
            "enter a customer with a service",
            [.manageCustomers, .manageSubscriptions]
        ) { session, till in
            let draft = CustomerDraft(name: "Ben")
            _ = try await session.customers.create(draft, with: till.serviceDraft(), key: .call)
        },
        UseCase(till: "CustomerService.erase(_:)", "erase a customer", [.eraseCustomers]) { till in
            try await till.owner.customers.close(till.customer.id)
        } run: { session, till, _ in
            _ = try await session.customers.erase(till.customer.id)
        },
        UseCase(till: "CustomerService.update(_:_:)", "change a customer", [.manageCustomers]) { session, till in
            _ = try await session.customers.update(till.customer.id, CustomerDraft(name: "Ada L."))
        },
        UseCase(till: "CustomerService.disable(_:)", "switch a customer off", [.manageCustomers]) { till in
            try await till.order()
        } run: { session, till, _ in
            _ = try await session.customers.disable(till.customer.id)
        },
        UseCase(till: "CustomerService.enable(_:)", "switch a customer on", [.manageCustomers]) { till in
            _ = try await till.order()
            _ = try await till.owner.customers.disable(till.customer.id)
        } run: { session, till, _ in
            _ = try await session.customers.enable(till.customer.id)
        },
        UseCase(till: "CustomerService.close(_:)", "close a customer", [.manageCustomers]) { session, till in
            _ = try await session.customers.close(till.customer.id)
        },
        UseCase(
            "ServiceAccountService.list(customer:router:_:)",
            "list service accounts",
            [.viewCustomers],
            namesThings: false
        ) { session, _, _ in
            _ = try await session.serviceAccounts.list()
        },
        UseCase(
            till: "ServiceAccountService.account(_:)",
            "see a service account",
            [.viewCustomers],
            given: account
        ) { session, _, account in
            _ = try await session.serviceAccounts.account(account.id)
        },
        UseCase(
            till: "ServiceAccountService.create(_:for:key:)",
            "make a service account",
            [.manageSubscriptions]
        ) { session, till in
            _ = try await session.serviceAccounts.create(till.serviceDraft(), for: till.customer.id, key: .call)
        },
        // What belongs to another tenant is among what could not be made.
        UseCase(
            till: "ServiceAccountService.create(_:key:)",
            "make service accounts",
            [.manageSubscriptions],
            namesThings: false
        ) { session, till in
            let drafts = try (0..<2).map { _ in (customer: till.customer.id, draft: try till.serviceDraft()) }
            let made = try await session.serviceAccounts.create(drafts, key: .call)
            if let failure = made.failures.first { throw failure.error }
        },
        UseCase(
            till: "ServiceAccountService.password(of:)",
            "see a service password",
            [.revealCredentials],
            given: account
        ) { session, _, account in
            _ = try await session.serviceAccounts.password(of: account.id)
        },
        UseCase(
            till: "ServiceAccountService.setPassword(_:of:)",
            "set a service password",
            [.manageSubscriptions],
            given: account
        ) { session, _, account in
            _ = try await session.serviceAccounts.setPassword("canary-service-password", of: account.id)
        },
        UseCase(
            till: "ServiceAccountService.setStaticAddress(_:of:)",
            "give a service an address",
            [.manageSubscriptions],
            given: account
        ) { session, _, account in
            _ = try await session.serviceAccounts.setStaticAddress("10.9.0.7", of: account.id)
        },
        UseCase(
            till: "ServiceAccountService.bind(_:to:)",
            "bind a service to a device",
            [.manageSubscriptions],
            given: account
        ) { session, _, account in
            _ = try await session.serviceAccounts.bind(account.id, to: "AA:BB:CC:DD:EE:FF")
        },
        UseCase(till: "ServiceAccountService.enable(_:)", "enable a service account", [.manageSubscriptions]) { till in
            try await till.owner.serviceAccounts.disable(account(till).id)
        } run: { session, _, account in
            _ = try await session.serviceAccounts.enable(account.id)
        },
        UseCase(
            till: "ServiceAccountService.disable(_:)",
            "disable a service account",
            [.manageSubscriptions],
            given: account
        ) { session, _, account in
            _ = try await session.serviceAccounts.disable(account.id)
        },
        UseCase(
            till: "ServiceAccountService.delete(_:)",
            "delete a service account",
            [.manageSubscriptions],
            given: account
        ) { session, _, account in
            _ = try await session.serviceAccounts.delete(account.id)
        },
        UseCase(
            till: "ServiceAccountService.assign(profile:package:to:)",
            "assign a profile",
            [.manageSubscriptions],
            given: account
        ) { session, _, account in
            _ = try await session.serviceAccounts.assign(profile: "fast", to: account.id)
        },
    ]

    @Sendable private static func account(_ till: Till) async throws -> ServiceAccount {
        try await till.owner.serviceAccounts.create(till.serviceDraft(), for: till.customer.id, key: .new())
    }
}
