import BillingDomain
import BillingProvisioning
import BillingServices
import RouterOSProtocol
import RouterOSTesting
import Testing

extension Shop {
    /// A customer with an account on the router; its password is `sesame` unless another is given.
    func account(
        _ username: String,
        _ kind: ServiceKind = .pppoe,
        profile: String? = "default",
        package: Identifier<Package>? = nil,
        address: String? = nil,
        callerID: String? = nil
    ) async throws -> ServiceAccount {
        let customer = try await session.customers.create(CustomerDraft(name: username), key: .new())
        return try await session.serviceAccounts.create(
            draft(username, kind, profile: profile, package: package, address: address, callerID: callerID),
            for: customer.id,
            key: .new()
        )
    }

    /// A customer who has paid for thirty days of PPPoE.
    func subscriber(_ username: String, address: String? = nil) async throws -> OrderedSubscription {
        try await session.subscriptions.order(
            SubscriptionOrder(
                customer: .new(CustomerDraft(name: username)),
                service: draft(username, .pppoe, profile: nil, address: address),
                choice: .terms(
                    SubscriptionTerms(
                        packageName: "Home",
                        cycle: .days(30),
                        price: Money(decimal: "10", currency: .usd),
                        routerProfile: "default"
                    )
                ),
                method: .cash
            ),
            key: .new()
        )
    }

    private func draft(
        _ username: String,
        _ kind: ServiceKind,
        profile: String?,
        package: Identifier<Package>? = nil,
        address: String? = nil,
        callerID: String? = nil
    ) throws -> ServiceAccountDraft {
        try ServiceAccountDraft(
            kind: kind,
            router: router.id,
            username: #require(NumberPattern(username)),
            password: NumberPattern("sesame"),
            package: package,
            routerProfile: profile,
            staticAddress: address,
            callerID: callerID
        )
    }

    /// Gives the router's own PPP profile addresses to hand out.
    func openPool() throws {
        try simulator.run("/ip/pool/add", ["name": "clients", "ranges": "10.9.0.2-10.9.0.200"])
        try simulator.run("/ip/pool/add", ["name": "walled", "ranges": "10.66.0.2-10.66.0.200"])
        for name in ["default", "unpaid"] {
            if name != "default" { try simulator.run("/ppp/profile/add", ["name": name]) }
            try simulator.run(
                "/ppp/profile/set",
                [".id": name, "local-address": "10.9.0.1", "remote-address": name == "default" ? "clients" : "walled"]
            )
        }
    }

    /// Switches off a customer who has dialled in and one of the hotspot, while both are on the line; not yet on the router.
    func accountsCutOffOnLine() async throws -> [Identifier<ServiceAccount>] {
        try openPool()
        let accounts = [try await account("ann").id, try await account("bob", .hotspot).id]
        await provisioner.provisionOnce()
        try dial("ann")
        try simulator.logIn("bob", password: "sesame", address: "10.5.50.9")
        for id in accounts { _ = try await session.serviceAccounts.disable(id) }
        return accounts
    }

    func account(_ id: Identifier<ServiceAccount>) async throws -> ServiceAccount {
        try await session.serviceAccounts.account(id)
    }

    /// Connects a customer, whose device is given an address.
    @discardableResult
    func dial(_ username: String, password: String = "sesame") throws -> String {
        try simulator.dial(username, password: password, macAddress: "AA:00:00:00:00:01")
    }

    var secrets: [PPPSecret] { simulator.rows(PPPSecret.self) }
    var pppOnline: [String] { simulator.rows(PPPActive.self).map(\.name) }
    var hotspotOnline: [String] { simulator.rows(HotspotActive.self).map(\.user) }
}
