/// The routers and sites that a person or a program may act on.
///
/// An assignment that names neither allows all of them.
public struct StaffAssignment: Hashable, Sendable {
    /// Routers that may be acted on.
    public var routers: Set<Identifier<Router>>

    /// Sites whose routers may be acted on.
    public var sites: Set<Identifier<Site>>

    /// No restriction.
    public static let everywhere = StaffAssignment()

    /// Creates an assignment; without arguments, one that restricts nothing.
    public init(routers: Set<Identifier<Router>> = [], sites: Set<Identifier<Site>> = []) {
        self.routers = routers
        self.sites = sites
    }

    /// Whether nothing is restricted.
    public var isEverywhere: Bool { routers.isEmpty && sites.isEmpty }

    /// Whether a router, which may stand at a site, may be acted on.
    public func allows(_ router: Identifier<Router>, at site: Identifier<Site>?) -> Bool {
        if isEverywhere || routers.contains(router) { return true }
        return site.map { sites.contains($0) } ?? false
    }

    /// Whether everything at a site may be acted on.
    public func allows(site: Identifier<Site>) -> Bool { isEverywhere || sites.contains(site) }

    /// The form that is stored: `router:<id>` and `site:<id>` in order, separated by blanks; empty for everywhere.
    public var storedText: String {
        (routers.sorted().map { "router:\($0)" } + sites.sorted().map { "site:\($0)" }).joined(separator: " ")
    }

    /// Reads what ``storedText`` wrote; anything else is `nil`, because a word skipped could lift a restriction.
    public init?(storedText: String) {
        self.init()
        for word in storedText.split(separator: " ") {
            let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { return nil }
            switch parts[0] {
            case "router":
                guard let id = Identifier<Router>(String(parts[1])) else { return nil }
                routers.insert(id)
            case "site":
                guard let id = Identifier<Site>(String(parts[1])) else { return nil }
                sites.insert(id)
            default:
                return nil
            }
        }
    }
}
