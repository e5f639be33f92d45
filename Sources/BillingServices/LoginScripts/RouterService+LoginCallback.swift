public import BillingDomain
import BillingPersistence

extension RouterService {
    /// Makes what a router shows with its login callbacks worthless, for when somebody else may know it.
    ///
    /// The router is given another with the next reading, which is asked for at once; until then it tells of nothing, and
    /// logins are seen by reading alone.
    public func renewLoginCallback(_ id: Identifier<Router>) async throws {
        try await session.change(.manageRouters) { change in
            let router = try change.reachableRouter(id)
            var care = try change.care(of: router)
            care.callbackNonce = try change.environment.randomBytes(LoginCallbackToken.nonceByteCount)
            try change.store.update(care)
            try change.hasten([id])
            try change.log("router.callback-renew", of: id, router.name)
        }
    }
}

extension Change {
    /// What is remembered of a router's care, kept from other writers until the end of the transaction.
    func care(of router: Router) throws -> RouterCare {
        let empty = RouterCare(router: router.id, tenant: router.tenant)
        if let care = try store.find(empty.id, locked: true) { return care }
        try store.insert(empty)
        return empty
    }
}
