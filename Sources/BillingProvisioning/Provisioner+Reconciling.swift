public import BillingDomain
import BillingServices
import RouterOSClient

extension Provisioner {
    /// What is not right on a router, without doing anything about it.
    ///
    /// - Throws: ``BillingError`` with ``BillingError/Code/notFound`` for a router that is gone, or what reaching it throws.
    public func plan(_ router: Identifier<Router>) async throws -> RouterPlan {
        try await look(at: router).plan
    }

    /// Puts a router right although so much has to be changed that ``RouterPlan/question`` is asked; the answer is yes.
    ///
    /// - Returns: The plan that is being carried out.
    /// - Throws: As ``plan(_:)``.
    public func carryOut(_ router: Identifier<Router>) async throws -> RouterPlan {
        let plan = try await look(at: router).plan
        try await service.putRight(router, plan.deviations)
        return plan
    }

    /// Asks for what is not right on a router to be put right, unless it is too much to do without asking.
    func putRight(_ router: Identifier<Router>, _ plan: RouterPlan) async throws {
        guard plan.question == nil, !plan.lines.isEmpty else { return }
        if plan.isReset {
            try await service.record(
                "router.reset",
                on: router,
                .failed,
                detail:
                    "The router shows none of the \(plan.lines.count) rows that it should. All of them are put back."
            )
        }
        try await service.putRight(router, plan.deviations)
    }

    private func look(at id: Identifier<Router>) async throws -> (tables: RouterTables, plan: RouterPlan) {
        guard let watched = try await service.routersToWatch().first(where: { $0.router.id == id }),
            let seen = try await look(at: watched)
        else { throw BillingError(.notFound, "There is no such router in use, or its password cannot be opened.") }
        return (seen.tables, seen.plan)
    }

    /// Reads a router and compares it with what is recorded; `nil` when it was removed meanwhile.
    func look(at watched: WatchedRouter) async throws -> (intent: RouterIntent, tables: RouterTables, plan: RouterPlan)?
    {
        let id = watched.router.id
        let (recorded, tables) = try await visit(watched.router, password: watched.password) { router in
            let reading = try await RouterTables.reading(of: router)
            // After it answered, so that one that is off costs no search of the records; before its tables are read, for what
            // is recorded later is no deviation of what they show.
            let recorded = try await service.intent(for: id)
            let tables = try await RouterTables.read(
                router,
                reading,
                tableTimeout: configuration.tableTimeout,
                now: now
            )
            return (recorded, tables)
        }
        guard let recorded else { return nil }
        let back = try await service.removed(named: RouterPlan.unknownNames(recorded, tables), on: id)
        let intent = recorded.adding(back)
        return (intent, tables, RouterPlan(intent, tables))
    }
}
