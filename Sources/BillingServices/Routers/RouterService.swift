public import BillingDomain
public import BillingPersistence

/// The routers of one tenant.
public struct RouterService: Sendable {
    let session: BillingSession

    /// The routers that answer a query.
    public func list(
        _ query: RouterQuery = RouterQuery(),
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<Router> {
        let assignment = session.assignment
        return try await session.read(.viewRouters) { store in
            let reachable = try store.routers().filter { assignment.allows($0.id, at: $0.site) }
            let found = query.sorted(reachable.filter(query.matches))
            return Page(items: Array(found.dropFirst(page.offset).prefix(page.size)), total: ListTotal(found.count))
        }
    }

    /// One router.
    public func router(_ id: Identifier<Router>) async throws -> Router {
        let assignment = session.assignment
        return try await session.read(.viewRouters) { store in
            try assignment.router(id, in: store)
        }
    }

    /// A router with its password, to test the connection to it; written to the audit trail.
    ///
    /// Show the password to nobody.
    public func access(_ id: Identifier<Router>) async throws -> WatchedRouter {
        let context = session.context
        return try await session.change(.manageRouters) { change in
            let router = try change.reachableRouter(id)
            try change.log("router.access", of: id, router.name)
            return WatchedRouter(
                router: router,
                settings: try change.store.settings(),
                password: try context.password(of: router)
            )
        }
    }

    /// Adds a router, which takes an assignment to everywhere; its password is sealed before it is stored.
    ///
    /// The same key and draft answer with the same router. A repetition with another password than is stored is a
    /// ``BillingError/Code/conflict``: whoever corrected it would otherwise believe the correction was taken.
    public func add(_ draft: RouterDraft, key: IdempotencyKey) async throws -> Router {
        let context = session.context
        return try await session.change(.manageRouters) { change in
            try change.assignment.requireEverywhere("Somebody who is assigned to every router adds others.")
            let draft = try draft.checked()
            return try change.once(key, ["router.add"] + draft.fingerprint) { change in
                try Self.requireFreeName(draft.name, except: nil, in: change.store)
                guard let password = draft.password else {
                    throw BillingError.invalid("password", "Enter the password of the router's API user.")
                }
                let id = try change.identifier(of: Router.self)
                try change.store.insert(
                    Router(
                        id: id,
                        tenant: change.tenant,
                        name: draft.name,
                        host: draft.host,
                        port: draft.port,
                        username: draft.username,
                        sealedPassword: context.seal(password, of: id),
                        location: draft.location,
                        createdAt: change.now
                    )
                )
                try change.hasten([id])
                try change.log("router.add", of: id, "\(draft.name), \(draft.host):\(draft.port)")
                return id.description
            } answer: { store, reference in
                guard let id = Identifier<Router>(reference) else { throw BillingError.notFound("router") }
                let router = try Self.find(id, in: store)
                guard try draft.password == context.password(of: router) else {
                    throw BillingError(
                        .conflict,
                        field: "key",
                        "“\(router.name)” is added already, with another password. Change that router instead."
                    )
                }
                return router
            }
        }
    }

    /// Changes a router; without a password in the draft the stored one is kept.
    ///
    /// Another host takes the password again, so that a stored one is never sent where nobody meant it to go. What
    /// waits for the router is tried at once.
    public func update(_ id: Identifier<Router>, _ draft: RouterDraft) async throws -> Router {
        let context = session.context
        return try await session.change(.manageRouters) { change in
            let draft = try draft.checked()
            var router = try change.reachableRouter(id)
            try Self.requireFreeName(draft.name, except: id, in: change.store)
            guard draft.password != nil || draft.host == router.host else {
                throw BillingError.invalid(
                    "password",
                    "Enter the password again: the stored one is not sent to another host."
                )
            }
            router.name = draft.name
            router.host = draft.host
            router.port = draft.port
            router.username = draft.username
            router.location = draft.location
            if let password = draft.password {
                router.sealedPassword = try context.seal(password, of: id)
            }
            try change.retry(id)
            try change.hasten([id])
            try change.log("router.update", of: id, "\(draft.name), \(draft.host):\(draft.port)")
            return try change.store.update(router)
        }
    }

    /// Removes a router from view.
    ///
    /// Refused while vouchers on it can still be used, while customers have services on it, and while changes wait for it or were put aside: their rows
    /// would stay on it for ever. Removing it again changes nothing.
    public func remove(_ id: Identifier<Router>) async throws {
        try await session.change(.manageRouters) { change in
            guard var router = try change.store.router(id) else { throw BillingError.notFound("router") }
            try change.assignment.require(router)
            guard router.removedAt == nil else { return }
            let unfinished = try change.store.voucherCounts(router: id).count { !$0.access.isFinal }
            guard unfinished == 0 else {
                throw BillingError(
                    .conflict,
                    "\(unfinished) vouchers on this router can still be used. Let them end before you remove it."
                )
            }
            let accounts = try change.store.count(
                Query(ServiceAccount.Columns.router == id, ServiceAccount.Columns.access != .deleted)
            )
            guard accounts == 0 else {
                throw BillingError(
                    .conflict,
                    "\(accounts) service accounts of customers are on this router. Delete them before you remove it."
                )
            }
            let owed = try change.store.outboxDepth(routers: [id]) + change.store.parkedDepth(routers: [id])
            guard owed == 0 else {
                throw BillingError(
                    .conflict,
                    """
                    \(owed) \(owed == 1 ? "change has" : "changes have") not reached this router yet. \
                    Bring it, or one in its place, online and try what waits again; then remove it.
                    """
                )
            }
            router.removedAt = change.now
            try change.store.update(router)
            try change.log("router.remove", of: id, router.name)
        }
    }

    /// Tries at once whatever waits for a router, also what was put aside; says how many changes that is.
    @discardableResult
    public func retry(_ id: Identifier<Router>) async throws -> Int {
        try await session.change(.operateRouters) { change in
            let router = try change.reachableRouter(id)
            try change.log("router.retry", of: id, router.name)
            return try change.retry(id)
        }
    }

    /// Has a router looked at and its users and sessions read as soon as a worker is free.
    public func syncNow(_ id: Identifier<Router>) async throws {
        try await session.change(.operateRouters) { change in
            let router = try change.reachableRouter(id)
            try change.log("router.sync-now", of: id, router.name)
            try change.hasten([id])
        }
    }
}

extension RouterService {
    /// A router that is in use.
    static func find(_ id: Identifier<Router>, in store: any StoreReader) throws -> Router {
        guard let router = try store.router(id), router.removedAt == nil else {
            throw BillingError.notFound("router", field: "router")
        }
        return router
    }

    private static func requireFreeName(
        _ name: String,
        except id: Identifier<Router>?,
        in store: any StoreReader
    ) throws {
        let key = name.lowercased()
        guard try store.routers().contains(where: { $0.id != id && $0.name.lowercased() == key }) else { return }
        throw BillingError(.duplicate, field: "name", "There is a router of this name. Choose another name.")
    }
}

extension RouterDraft {
    func checked() throws -> RouterDraft {
        var draft = self
        draft.name = try Input.name(name)
        draft.host = try Input.host(host)
        draft.port = try Input.port(port)
        draft.username = try Input.name(username, field: "username")
        if let password, password.utf8.count > 1_000 {
            throw BillingError.invalid("password", "A password has at most 1000 bytes.")
        }
        if let location {
            draft.location?.region = try Input.name(location.region, field: "region", isOptional: true)
            draft.location?.district = try Input.name(location.district, field: "district", isOptional: true)
        }
        return draft
    }

    /// Everything but the password, whose digest could be guessed if it is weak; it is compared with the sealed one.
    var fingerprint: [String?] {
        let position = location?.coordinates.map { "\($0.latitude),\($0.longitude)" }
        return [name, host, String(port), username, location?.region, location?.district, position]
    }
}

extension ServiceContext {
    func seal(_ password: String, of router: Identifier<Router>) throws -> [UInt8] {
        try secrets.seal(Array(password.utf8), owner: "router-password:\(router)", environment: environment)
    }

    func password(of router: Router) throws -> String {
        String(decoding: try secrets.open(router.sealedPassword, owner: "router-password:\(router.id)"), as: UTF8.self)
    }
}
