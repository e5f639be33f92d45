public import BillingDomain
import BillingServices
import RouterOSClient

extension Provisioner {
    /// What is not right on a router, without doing anything about it.
    ///
    /// - Throws: ``BillingError`` with ``BillingError/Code/notFound`` for a router that is gone, and with
    ///   ``BillingError/Code/unavailable`` for one whose password can not be opened; what reaching it throws.
    public func plan(_ router: Identifier<Router>) async throws -> RouterPlan {
        let watched = try await service.watched(router)
        return try await connect(watched.router, password: watched.password) { connection in
            guard let seen = try await look(at: router, over: connection) else { throw Self.isGone }
            return seen.plan
        }
    }

    /// Agrees to everything that is not right on a router, and has it read at once: whoever visits it next puts it right, also
    /// where it is so much that ``RouterPlan/question`` is asked.
    ///
    /// - Returns: The plan that was agreed to.
    /// - Throws: As ``plan(_:)``.
    public func approve(_ router: Identifier<Router>) async throws -> RouterPlan {
        let plan = try await plan(router)
        if let question = plan.question {
            try await service.approve(router, upTo: plan.changes, question)
        } else {
            try await service.hasten([.status, .sync], on: [router])
        }
        return plan
    }

    /// Gives our profiles the speed of their packages; it holds for whoever logs in from now on.
    func putProfilesRight(
        _ plan: RouterPlan,
        of intent: RouterIntent,
        over router: any RouterOSCommands
    ) async throws {
        let changes = plan.profileChanges
        guard !changes.isEmpty else { return }
        let refusals = try await Profiles(router: router, markers: intent.markers).putRight(changes)
        let detail = changes.map { change in
            "\(change.name): \(change.was) → \(change.should)" + (refusals[change.name].map { " refused: \($0)" } ?? "")
        }
        try await service.record(
            "profile.change",
            on: intent.router.id,
            refusals.isEmpty ? .succeeded : .failed,
            detail: detail.joined(separator: "; ")
        )
    }

    /// Whether a plan may be carried out: it is little, or people have agreed to it; they are asked where they have not.
    func isAgreed(_ plan: RouterPlan, of intent: RouterIntent, under claim: RouterClaim) async throws -> Bool {
        guard let question = plan.question else {
            if intent.question != nil { try await service.withdrawQuestion(intent.router.id, under: claim) }
            return true
        }
        return try await service.ask(intent.router.id, changes: plan.changes, question, under: claim)
    }

    /// Asks for what is not right on a router to be put right.
    func putRight(
        _ router: Identifier<Router>,
        _ plan: RouterPlan,
        under claim: RouterClaim? = nil
    ) async throws {
        guard !plan.lines.isEmpty else { return }
        if plan.isReset {
            try await service.recordReset(of: router, rows: plan.lines.count, under: claim)
        }
        try await service.putRight(router, plan.deviations, under: claim)
    }

    private static let isGone = BillingError(.notFound, "There is no such router in use.")

    /// Reads a router and compares it with what is recorded; `nil` when it was removed meanwhile.
    func look(
        at id: Identifier<Router>,
        over router: any RouterOSCommands
    ) async throws -> (intent: RouterIntent, tables: RouterTables, plan: RouterPlan)? {
        let reading = try await RouterTables.reading(of: router, now: isClockTrusted() ? now : nil, inFull: true)
        // After it answered, so that one that is off costs no search of the records; before its tables are read, for what is
        // recorded later is no deviation of what they show.
        guard let recorded = try await service.intent(for: id) else { return nil }
        let tables = try await RouterTables.read(
            router,
            reading,
            tableTimeout: configuration.tableTimeout,
            now: now
        )
        let back = try await service.removed(named: RouterPlan.unknownNames(recorded, tables), on: id)
        let intent = recorded.adding(back)
        return (intent, tables, RouterPlan(intent, tables))
    }
}
