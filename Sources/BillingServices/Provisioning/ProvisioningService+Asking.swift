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
