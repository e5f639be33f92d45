public import BillingDomain
import BillingPersistence

extension ProvisioningService {
    /// Asks people whether so much of a router may be changed, unless they have agreed to it: then the answer is yes, and is
    /// used up.
    ///
    /// The question is written into the router's log once, as `router.question`, however often it is asked, and again after
    /// it was answered.
    ///
    /// - Parameters:
    ///   - id: The router.
    ///   - changes: How many changes are needed.
    ///   - text: What is asked, for people and without secrets.
    ///   - claim: The claim to ask under.
    /// - Returns: Whether the changes may be made.
    /// - Throws: ``BillingError``.
    public func ask(
        _ id: Identifier<Router>,
        changes: Int,
        _ text: String,
        under claim: RouterClaim? = nil
    ) async throws -> Bool {
        guard let router = try await inUse(id) else { return false }
        return try await context.change(router.tenant, by: Self.actor) { change in
            try change.verify(claim)
            let stored = try change.store.find(RouterQuestion.id(of: id), locked: true)
            var question = stored ?? RouterQuestion(tenant: router.tenant, router: id)
            if question.isApproved(changes, at: change.now), let agreed = question.approvedBy {
                question.close()
                try change.store.update(question)
                try change.log("router.answer", of: id, "\(changes) changes are made, as \(agreed) agreed")
                return true
            }
            let before = question
            if question.ask(changes, text, at: change.now) {
                try change.record("router.question", on: id, .failed, detail: Input.printable(question.text))
            }
            if stored == nil {
                try change.store.insert(question)
            } else if question != before {
                try change.store.update(question)
            }
            return false
        }
    }

    /// Agrees to changes of a router for whoever runs a program beside the records, asked about or not, and has it read at
    /// once; written to the audit trail.
    ///
    /// As with ``RouterService/approveChanges(_:upTo:)``, the next reading within an hour makes them.
    ///
    /// - Parameters:
    ///   - id: The router.
    ///   - count: The most changes that may be made, as they were seen; one at least.
    ///   - text: What they are, for people and without secrets.
    /// - Throws: ``BillingError`` with ``BillingError/Code/notFound`` for a router that is gone, and with
    ///   ``BillingError/Code/invalidInput`` for a count below one.
    public func approve(_ id: Identifier<Router>, upTo count: Int, _ text: String) async throws {
        guard let router = try await inUse(id) else {
            throw BillingError(.notFound, "There is no such router in use.")
        }
        try await context.change(router.tenant, by: Billing.operatorActor) { change in
            let stored = try change.store.find(RouterQuestion.id(of: id), locked: true)
            var question = stored ?? RouterQuestion(tenant: router.tenant, router: id)
            if !question.isOpen { _ = question.ask(count, text, at: change.now) }
            try question.approve(upTo: count, by: change.actor, at: change.now)
            if stored == nil {
                try change.store.insert(question)
            } else {
                try change.store.update(question)
            }
            try change.log("router.approve-changes", of: id, "\(router.name), up to \(count) changes")
            try change.hasten([id])
        }
    }

    /// Asks nothing about a router any more, because nothing is left to be asked; an answer that was not used goes with it.
    ///
    /// - Throws: ``BillingError``.
    public func withdrawQuestion(_ id: Identifier<Router>, under claim: RouterClaim? = nil) async throws {
        guard let router = try await inUse(id) else { return }
        try await context.change(router.tenant, by: Self.actor) { change in
            try change.verify(claim)
            guard var question = try change.store.find(RouterQuestion.id(of: id)), question.isOpen else { return }
            question.close()
            try change.store.update(question)
        }
    }
}
