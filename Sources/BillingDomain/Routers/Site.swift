/// A place that the business serves: a point of presence, with routers and customers.
public struct Site: Hashable, Sendable {
    /// The identity of the site.
    public let id: Identifier<Site>

    /// The tenant that runs it.
    public let tenant: Identifier<Tenant>

    /// The name, unique among the tenant's sites whatever the case of a–z.
    public var name: String

    /// Where it is.
    public var location: RouterLocation?

    /// The router that new customers of the site are put on, where it has more than one.
    public var primaryRouter: Identifier<Router>?

    /// Whether nothing new is put here.
    public var isArchived: Bool

    /// When it was added.
    public let createdAt: Timestamp

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a site, or recreates a stored one.
    public init(
        id: Identifier<Site>,
        tenant: Identifier<Tenant>,
        name: String,
        location: RouterLocation? = nil,
        primaryRouter: Identifier<Router>? = nil,
        isArchived: Bool = false,
        createdAt: Timestamp,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.name = name
        self.location = location
        self.primaryRouter = primaryRouter
        self.isArchived = isArchived
        self.createdAt = createdAt
        self.revision = revision
    }

    /// The router that serves the customers of this site.
    ///
    /// Its primary router, or the only one in use that stands here.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/noRouter`` where there is none, and where there are several and
    ///   none of them is the primary one.
    public func router(among routers: [Router]) throws(DomainError) -> Router {
        let here = routers.filter { $0.site == id && $0.tenant == tenant && $0.removedAt == nil }
        if let primaryRouter, let primary = here.first(where: { $0.id == primaryRouter }) { return primary }
        guard let only = here.first else {
            throw DomainError(.noRouter, field: "site", "No router stands at “\(name)”. Assign one to the site.")
        }
        guard here.count == 1 else {
            throw DomainError(
                .noRouter,
                field: "site",
                "\(here.count) routers stand at “\(name)”. Choose the one that serves its customers."
            )
        }
        return only
    }
}
