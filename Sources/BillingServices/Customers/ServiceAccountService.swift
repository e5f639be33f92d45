public import BillingDomain
public import BillingPersistence

/// The user names and passwords of customers on routers.
public struct ServiceAccountService: Sendable {
    let session: BillingSession

    /// The service accounts of a customer or a router, on routers within reach, newest first.
    public func list(
        customer: Identifier<Customer>? = nil,
        router: Identifier<Router>? = nil,
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<ServiceAccount> {
        let assignment = session.assignment
        return try await session.read(.viewCustomers) { store in
            var query = Query<ServiceAccount>().sorted(byDescending: ServiceAccount.Columns.createdAt)
            if let customer { query = query.where(ServiceAccount.Columns.customer == customer) }
            if let router { query = query.where(ServiceAccount.Columns.router == router) }
            return try store.page(query.within(assignment, in: store), page)
        }
    }

    /// One service account.
    public func account(_ id: Identifier<ServiceAccount>) async throws -> ServiceAccount {
        let assignment = session.assignment
        return try await session.read(.viewCustomers) { try assignment.account(id, in: $0) }
    }

    /// Makes a service account.
    ///
    /// The same key and draft answer with the same account.
    public func create(
        _ draft: ServiceAccountDraft,
        for customer: Identifier<Customer>,
        key: IdempotencyKey
    ) async throws -> ServiceAccount {
        let context = session.context
        return try await session.change(.manageSubscriptions) { change in
            let request = ["service.create", customer.description] + draft.fingerprint
            return try change.once(key, request) { change in
                try change.create(draft, for: customer, context).id.description
            } answer: { store, reference in
                guard let id = Identifier<ServiceAccount>(reference) else {
                    throw BillingError.notFound("service account")
                }
                return try store.require(id, "service account")
            }
        }
    }

    /// Makes many service accounts, 1…1000: one that fails does not stop the others, and is written to the audit trail.
    ///
    /// Sent again under the same key, those that were made are found again and the others are tried again. Throws
    /// ``BillingError/Code/unavailable`` when the store fails: send it again then.
    public func create(
        _ drafts: [(customer: Identifier<Customer>, draft: ServiceAccountDraft)],
        key: IdempotencyKey
    ) async throws -> BulkCreation {
        try session.authorise(.manageSubscriptions)
        guard (1...1_000).contains(drafts.count) else {
            throw BillingError.invalid("drafts", "Ask for 1 to 1000 service accounts at once.")
        }
        var created: [ServiceAccount] = []
        var failures: [BulkCreation.Failure] = []
        for (index, item) in drafts.enumerated() {
            guard let itemKey = IdempotencyKey("\(key)#\(index)") else {
                throw BillingError.invalid("key", "Use a shorter key for a request of many.")
            }
            do {
                created.append(try await create(item.draft, for: item.customer, key: itemKey))
            } catch let error as BillingError where error.code != .unavailable {
                failures.append(BulkCreation.Failure(index: index, error: error))
                try await session.change(.manageSubscriptions) { change in
                    try change.audit("service.create-failed", "customer:\(item.customer)", error.message)
                }
            }
        }
        return BulkCreation(created: created, failures: failures)
    }

    /// The password in clear; written to the audit trail.
    public func password(of id: Identifier<ServiceAccount>) async throws -> String {
        let context = session.context
        return try await session.change(.revealCredentials) { change in
            let account = try change.reachableAccount(id)
            try change.audit("service.reveal", "service:\(id)", account.username)
            return try context.password(of: account)
        }
    }

    /// Gives a service account another password, 1…100 printable bytes.
    public func setPassword(_ password: String, of id: Identifier<ServiceAccount>) async throws -> ServiceAccount {
        let context = session.context
        return try await move(id, "service.password") { account, _ in
            guard (1...100).contains(password.utf8.count), !password.utf8.contains(where: { $0 < 32 || $0 == 127 })
            else { throw BillingError.invalid("password", "A password has 1 to 100 printable bytes.") }
            try account.setPassword(sealed: context.seal(password, of: account.id))
        }
    }

    /// Lets a service account log in again.
    public func enable(_ id: Identifier<ServiceAccount>) async throws -> ServiceAccount {
        try await move(id, "service.enable") { account, change in
            let customer = try change.store.require(account.customer, "customer")
            guard customer.status != .disabled, customer.status != .closed else {
                throw BillingError(.conflict, "The customer is \(customer.status.rawValue). Enable the customer first.")
            }
            let runs = try change.subscriptions(of: account.customer).filter { $0.serviceAccount == account.id }
            guard runs.isEmpty || runs.contains(where: \.state.isServed) else {
                throw BillingError(.conflict, "Its subscription is not paid. Renew or resume it instead.")
            }
            try account.enable()
        }
    }

    /// Keeps a service account from logging in.
    public func disable(_ id: Identifier<ServiceAccount>) async throws -> ServiceAccount {
        try await move(id, "service.disable") { account, _ in try account.disable() }
    }

    /// Takes a service account off its router for good; refused while a subscription runs on it.
    public func delete(_ id: Identifier<ServiceAccount>) async throws -> ServiceAccount {
        try await move(id, "service.delete") { account, change in
            let runs = try change.subscriptions(of: account.customer).filter { $0.serviceAccount == account.id }
            guard runs.allSatisfy(\.state.isFinal) else {
                throw BillingError(.conflict, "A subscription runs on it. End that first.")
            }
            try account.delete(at: change.now)
        }
    }

    /// Gives a service account another profile, and another package if one is named.
    public func assign(
        profile: String,
        package: Identifier<Package>? = nil,
        to id: Identifier<ServiceAccount>
    ) async throws -> ServiceAccount {
        try await move(id, "service.assign") { account, change in
            if let package { _ = try PackageService.find(package, in: change.store) }
            try account.assign(profile: profile, package: package)
        }
    }

    /// Gives a service account an address that it always gets, 1…64 bytes; any where left out.
    public func setStaticAddress(
        _ address: String?,
        of id: Identifier<ServiceAccount>
    ) async throws -> ServiceAccount {
        try await move(id, "service.address") { account, _ in
            try account.setStaticAddress(address.map { try Input.reference($0, field: "staticAddress", most: 64) })
        }
    }

    /// Binds a service account to the MAC address or caller id that it may log in from, 1…64 bytes; to none where left
    /// out.
    public func bind(_ id: Identifier<ServiceAccount>, to callerID: String?) async throws -> ServiceAccount {
        try await move(id, "service.bind") { account, _ in
            try account.bind(to: callerID.map { try Input.reference($0, field: "callerID", most: 64) })
        }
    }

    private func move(
        _ id: Identifier<ServiceAccount>,
        _ action: String,
        _ body: @escaping @Sendable (inout ServiceAccount, inout Change) throws -> Void
    ) async throws -> ServiceAccount {
        try await session.change(.manageSubscriptions) { change in
            var account = try change.reachableAccount(id)
            try body(&account, &change)
            try change.audit(action, "service:\(id)", account.username)
            return try change.converge(account)
        }
    }
}

extension Change {
    /// Makes a service account with a user name that is free on its router.
    func create(
        _ draft: ServiceAccountDraft,
        for customer: Identifier<Customer>,
        _ context: ServiceContext
    ) throws -> ServiceAccount {
        let customer = try reachableCustomer(customer)
        guard customer.status != .closed, customer.status != .disabled else {
            throw BillingError(.conflict, "The customer is \(customer.status.rawValue).")
        }
        let router = try reachableRouter(draft.router)
        let package = try draft.package.map { try PackageService.find($0, in: store) }
        let id = try identifier(of: ServiceAccount.self)
        var random = DrawnNumbers(try environment.randomBytes(4_096))
        let password = try draft.password?.text(number: 0, on: today, using: &random) ?? Secret.password(environment)
        let account = try ServiceAccount(
            id: id,
            tenant: tenant,
            customer: customer.id,
            kind: draft.kind,
            router: router.id,
            username: freeUsername(draft.username, on: router.id, &random),
            sealedPassword: context.seal(password, of: id),
            package: package?.id,
            routerProfile: draft.routerProfile ?? package?.terms.routerProfile ?? "default",
            staticAddress: draft.staticAddress,
            callerID: draft.callerID,
            createdAt: now
        )
        try store.insert(account)
        try enqueue(new: [account])
        try audit("service.create", "service:\(id)", "\(account.username) on \(router.name)")
        return account
    }

    private var today: LocalDate { FixedOffsetCalendar.utc.date(now) }

    private func freeUsername(
        _ pattern: NumberPattern,
        on router: Identifier<Router>,
        _ random: inout DrawnNumbers
    ) throws -> String {
        let first = try store.count(Query(ServiceAccount.Columns.router == router)) + 1
        let attempts = pattern.hasNumber ? 10_000 : pattern.possibilities > 1 ? 100 : 1
        for attempt in 0..<attempts {
            let name = pattern.text(number: Int64(first + attempt), on: today, using: &random)
            let taken = Query(
                ServiceAccount.Columns.router == router,
                ServiceAccount.Columns.liveUsername == name.asciiUppercased
            )
            if try store.count(taken) == 0 { return name }
        }
        throw BillingError(.duplicate, field: "username", "The user name is taken on this router. Choose another.")
    }
}

extension ServiceContext {
    func seal(_ password: String, of account: Identifier<ServiceAccount>) throws -> [UInt8] {
        try secrets.seal(Array(password.utf8), owner: "service-password:\(account)", environment: environment)
    }

    func password(of account: ServiceAccount) throws -> String {
        String(
            decoding: try secrets.open(account.sealedPassword, owner: "service-password:\(account.id)"),
            as: UTF8.self
        )
    }
}

/// Numbers made of bytes that were drawn before; the system's own after the last.
private struct DrawnNumbers: RandomNumberGenerator {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> UInt64 {
        guard position + 8 <= bytes.count else { return .random(in: .min ... .max) }
        defer { position += 8 }
        return bytes[position..<(position + 8)].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
