public import BillingDomain
public import BillingPersistence

extension RouterService {
    /// How a router was when it was last read; `nil` for one that nobody has read yet.
    ///
    /// - Throws: ``BillingError``; ``BillingError/Code/forbidden`` for a router out of reach.
    public func health(of id: Identifier<Router>) async throws -> RouterHealth? {
        let assignment = session.assignment
        return try await session.read(.viewRouters) { store in
            _ = try assignment.router(id, in: store)
            return try store.find(RouterHealth.id(of: id))
        }
    }

    /// When a router could not be used, the latest first.
    ///
    /// - Parameters:
    ///   - id: The router.
    ///   - from: Those that had not ended by then; `nil` for all.
    ///   - until: Those that had begun by then; `nil` for all.
    ///   - page: Which part of the list.
    /// - Returns: That part.
    /// - Throws: ``BillingError``; ``BillingError/Code/forbidden`` for a router out of reach.
    public func downtimes(
        of id: Identifier<Router>,
        from: Timestamp? = nil,
        until: Timestamp? = nil,
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<RouterDowntime> {
        let assignment = session.assignment
        return try await session.read(.viewRouters) { store in
            _ = try assignment.router(id, in: store)
            typealias Columns = RouterDowntime.Columns
            var query = Query(Columns.router == id).sorted(byDescending: Columns.beganAt)
            if let from { query = query.where(Columns.endedAt.isAbsent || Columns.endedAt > from) }
            if let until { query = query.where(Columns.beganAt < until) }
            return try store.page(query, page)
        }
    }

    /// For how much of a span each router in use within reach could be used, by name.
    ///
    /// A router counts as away from the first look that failed to the first that succeeded; while nobody looks, it counts as
    /// it was.
    ///
    /// - Throws: ``BillingError``.
    public func availability(from: Timestamp, until: Timestamp) async throws -> [RouterAvailability] {
        let (assignment, now) = (session.assignment, session.context.environment.now())
        return try await session.read(.viewRouters) { store in
            typealias Columns = RouterDowntime.Columns
            let routers = try store.routers().filter { assignment.allows($0.id, at: $0.site) }
            return try RouterQuery().sorted(routers).map { router in
                let within = Query(
                    Columns.router == router.id,
                    Columns.beganAt < until,
                    Columns.endedAt.isAbsent || Columns.endedAt > from
                )
                return RouterAvailability(of: router, try store.records(within), from: from, until: until, now: now)
            }
        }
    }
}
