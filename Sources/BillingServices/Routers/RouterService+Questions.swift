public import BillingDomain
import BillingPersistence

extension RouterService {
    /// What is asked about a router before so much of it is changed; `nil` when nothing is.
    ///
    /// - Throws: ``BillingError``.
    public func question(_ id: Identifier<Router>) async throws -> RouterQuestion? {
        let assignment = session.assignment
        return try await session.read(.viewRouters) { store in
            let router = try assignment.router(id, in: store)
            return try store.find(RouterQuestion.id(of: router.id)).flatMap { $0.isOpen ? $0 : nil }
        }
    }

    /// Agrees to the changes that are asked about, and has the router read at once; written to the audit trail.
    ///
    /// The next reading within an hour that needs no more changes than `count` makes them, and uses the answer up. One that
    /// needs more makes none.
    ///
    /// - Parameters:
    ///   - id: The router.
    ///   - count: The most changes that may be made, as they were seen: ``BillingDomain/RouterQuestion/changes``.
    /// - Returns: The question with the answer.
    /// - Throws: ``BillingError`` with ``BillingError/Code/conflict`` where nothing is asked, and with
    ///   ``BillingError/Code/invalidInput`` for a count below one.
    @discardableResult
    public func approveChanges(_ id: Identifier<Router>, upTo count: Int) async throws -> RouterQuestion {
        try await session.change(.operateRouters) { change in
            let router = try change.reachableRouter(id)
            guard count > 0 else { throw BillingError.invalid("count", "Agree to at least one change.") }
            guard var question = try change.store.find(RouterQuestion.id(of: id)), question.isOpen else {
                throw BillingError(.conflict, "Nothing is asked about “\(router.name)”. Look at the router again.")
            }
            try question.approve(upTo: count, by: change.actor, at: change.now)
            try change.log("router.approve-changes", of: id, "\(router.name), up to \(count) changes")
            try change.hasten([id])
            return try change.store.update(question)
        }
    }
}
