public import BillingDomain

/// Which routers are wanted, and in what order.
public struct RouterQuery: Hashable, Sendable {
    /// What routers can be ordered by.
    public enum Order: String, Hashable, Sendable, CaseIterable {
        /// The name, whatever its case.
        case name
        /// The host name or address, as text.
        case host
        /// The status, as a word.
        case status
        /// When it was added.
        case createdAt
    }

    /// Text that the name, the host or the location contains, whatever its case.
    public var search: String?
    /// The status; a router nobody has looked at yet counts as offline.
    public var status: RouterStatus?
    /// What they are ordered by.
    public var order: Order
    /// Whether the last comes first.
    public var isDescending: Bool

    /// A query; without conditions it lets every router through.
    public init(
        search: String? = nil,
        status: RouterStatus? = nil,
        order: Order = .name,
        isDescending: Bool = false
    ) {
        self.search = search
        self.status = status
        self.order = order
        self.isDescending = isDescending
    }
}

extension RouterQuery {
    func matches(_ router: Router) -> Bool {
        if let status, status.documentWord != router.status.documentWord { return false }
        guard let wanted = search?.lowercased(), !wanted.isEmpty else { return true }
        return [router.name, router.host, router.location?.region, router.location?.district]
            .contains { $0?.lowercased().contains(wanted) ?? false }
    }

    func sorted(_ routers: [Router]) -> [Router] {
        let ascending = routers.sorted { left, right in
            switch order {
            case .name: (left.name.lowercased(), left.id) < (right.name.lowercased(), right.id)
            case .host: (left.host, left.id) < (right.host, right.id)
            case .status: (left.status.documentWord, left.id) < (right.status.documentWord, right.id)
            case .createdAt: (left.createdAt, left.id) < (right.createdAt, right.id)
            }
        }
        return isDescending ? ascending.reversed() : ascending
    }
}
