public import BillingDomain
import BillingPersistence

/// The places that one tenant serves: points of presence with routers and customers.
public struct SiteService: Sendable {
    let session: BillingSession

    /// The sites, by name; with the archived ones if asked for.
    public func list(includingArchived: Bool = false) async throws -> [Site] {
        let assignment = session.assignment
        return try await session.read(.viewRouters) { store in
            try store.sites(includingArchived: includingArchived).filter { assignment.allows(site: $0.id) }
        }
    }

    /// One site, archived or not.
    public func site(_ id: Identifier<Site>) async throws -> Site {
        let assignment = session.assignment
        return try await session.read(.viewRouters) { store in
            let site = try Self.find(id, in: store)
            try assignment.require(site)
            return site
        }
    }

    /// The router that serves the customers of a site: its primary one, or the only one that stands there.
    ///
    /// Throws ``BillingError/Code/conflict`` where there is none, or several and none of them is the primary one.
    public func router(of id: Identifier<Site>) async throws -> Router {
        let assignment = session.assignment
        return try await session.read(.viewRouters) { store in
            let site = try Self.find(id, in: store)
            try assignment.require(site)
            return try site.router(among: store.records(Query(Router.Columns.site == id)))
        }
    }

    /// Adds a site, which takes an assignment to everywhere.
    public func add(_ draft: SiteDraft) async throws -> Site {
        try await session.change(.manageSites) { change in
            try change.assignment.requireEverywhere("Somebody who is assigned to every site adds others.")
            let draft = try draft.checked()
            try Self.requireFreeName(draft.name, except: nil, in: change.store)
            guard draft.primaryRouter == nil else {
                throw BillingError.invalid("primaryRouter", "Put the router at the site first.")
            }
            let site = Site(
                id: try change.identifier(),
                tenant: change.tenant,
                name: draft.name,
                location: draft.location,
                createdAt: change.now
            )
            try change.store.insert(site)
            try change.audit("site.add", "site:\(site.id)", site.name)
            return site
        }
    }

    /// Changes a site; its primary router must stand there.
    public func update(_ id: Identifier<Site>, _ draft: SiteDraft) async throws -> Site {
        try await session.change(.manageSites) { change in
            let draft = try draft.checked()
            var site = try change.reachableSite(id)
            try Self.requireFreeName(draft.name, except: id, in: change.store)
            if let router = draft.primaryRouter {
                guard try RouterService.find(router, in: change.store).site == id else {
                    throw BillingError.invalid(
                        "primaryRouter",
                        "This router stands elsewhere. Put it at the site first."
                    )
                }
            }
            let before = site.name
            site.name = draft.name
            site.location = draft.location
            site.primaryRouter = draft.primaryRouter
            try change.audit("site.update", "site:\(id)", site.name, before: before, after: site.name)
            return try change.store.update(site)
        }
    }

    /// Takes a site out of use; refused while routers stand there.
    public func archive(_ id: Identifier<Site>) async throws -> Site {
        try await session.change(.manageSites) { change in
            var site = try change.reachableSite(id)
            guard !site.isArchived else { return site }
            let routers = Query(Router.Columns.site == id, Router.Columns.removedAt.isAbsent)
            guard try change.store.count(routers) == 0 else {
                throw BillingError(.conflict, "Routers stand at “\(site.name)”. Put them elsewhere first.")
            }
            site.isArchived = true
            site.primaryRouter = nil
            try change.audit("site.archive", "site:\(id)", site.name)
            return try change.store.update(site)
        }
    }

    /// Takes a site into use again.
    public func restore(_ id: Identifier<Site>) async throws -> Site {
        try await session.change(.manageSites) { change in
            var site = try change.reachableSite(id)
            guard site.isArchived else { return site }
            site.isArchived = false
            try change.audit("site.restore", "site:\(id)", site.name)
            return try change.store.update(site)
        }
    }

    /// Puts a router at a site, or at none.
    public func place(_ router: Identifier<Router>, at site: Identifier<Site>?) async throws -> Router {
        try await session.change(.manageSites) { change in
            var router = try change.reachableRouter(router)
            let next = try site.map { try change.reachableSite($0) }
            if let next, next.isArchived {
                throw BillingError(.conflict, field: "site", "“\(next.name)” is out of use. Choose another site.")
            }
            guard router.site != site else { return router }
            if let before = router.site, var left = try change.store.find(before), left.primaryRouter == router.id {
                left.primaryRouter = nil
                try change.store.update(left)
            }
            let before = router.site.map { "site:\($0)" }
            router.site = site
            try change.log(
                "router.place",
                of: router.id,
                next.map(\.name) ?? "",
                before: before,
                after: site.map { "site:\($0)" }
            )
            return try change.store.update(router)
        }
    }
}

extension SiteService {
    static func find(_ id: Identifier<Site>, in store: any StoreReader) throws -> Site {
        guard let site = try store.find(id) else { throw BillingError.notFound("site", field: "site") }
        return site
    }

    private static func requireFreeName(
        _ name: String,
        except id: Identifier<Site>?,
        in store: any StoreReader
    ) throws {
        guard let other = try store.site(named: name), other.id != id else { return }
        throw BillingError(.duplicate, field: "name", "There is a site of this name. Choose another.")
    }
}

extension SiteDraft {
    fileprivate func checked() throws -> SiteDraft {
        var draft = self
        draft.name = try Input.name(name)
        if let location {
            draft.location?.region = try Input.name(location.region, field: "region", isOptional: true)
            draft.location?.district = try Input.name(location.district, field: "district", isOptional: true)
        }
        return draft
    }
}
