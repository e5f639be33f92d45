public import BillingDomain

/// What is entered about a site.
public struct SiteDraft: Hashable, Sendable {
    /// The name, 1…100 characters, unique in the tenant.
    public var name: String
    /// Where it is, if known; region and district have up to 100 characters.
    public var location: RouterLocation?
    /// The router that new customers of the site are put on, where it has more than one.
    public var primaryRouter: Identifier<Router>?

    /// A draft to add or to update a site with.
    public init(name: String, location: RouterLocation? = nil, primaryRouter: Identifier<Router>? = nil) {
        self.name = name
        self.location = location
        self.primaryRouter = primaryRouter
    }
}
