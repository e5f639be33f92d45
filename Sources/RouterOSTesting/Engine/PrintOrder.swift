import RouterOSProtocol

/// What a `print` or a `listen` is asked for.
struct PrintOrder: Sendable {
    /// The arguments that change nothing over the API.
    private static let silent: Set<String> = [
        "append", "as-value", "brief", "detail", "file", "show-ids", "terse", "value-list", "where", "without-paging",
    ]
    /// Those that only some releases know.
    private static let ofReleases: [String: ClosedRange<RouterOSVersion>] = [
        "comments": RouterOSVersion(7, 22)...RouterOSVersion(9_999, 0),
        "follow-strict": RouterOSVersion(6, 0)...RouterOSVersion(7, 14, 9_999),
        "group-by": RouterOSVersion(7, 18)...RouterOSVersion(9_999, 0),
        "on-event": RouterOSVersion(7, 22)...RouterOSVersion(9_999, 0),
        "order-by": RouterOSVersion(7, 24)...RouterOSVersion(9_999, 0),
        "timestamp": RouterOSVersion(7, 22)...RouterOSVersion(9_999, 0),
    ]

    var projection: Projection
    /// Whether the number of rows is all that is wanted.
    var isCount = false
    /// After which time the print is to be repeated; nil when once is enough.
    var interval: Duration?
    /// Whether changes are to follow, and if so whether the rows come first.
    var follows: Bool?
    /// The rows that are wanted; nil for all.
    private var ids: Set<UInt64>?

    /// Reads the attributes of a command that shows rows.
    init(_ menu: Menu, _ request: Request, of release: RouterOSVersion) throws(Trap) {
        projection = Projection(showsSensitive: request.caller.holds(.sensitive))
        for (name, value) in request.attributes {
            switch name {
            case "count-only": isCount = true
            case ".proplist", "proplist": projection.properties = value.commaSeparated.map(\.description)
            case "follow": follows = true
            case "follow-only": follows = false
            case "from": ids = Set(value.commaSeparated.compactMap { RowID.number($0) })
            case "interval":
                guard let every = Duration(routerOS: value.description), every >= .milliseconds(200) else {
                    throw Trap(category: 1, message: "invalid time value for argument interval")
                }
                interval = every
            case _ where menu.columns.contains { $0.showsWith == name }: projection.flags.insert(name)
            case _ where menu.prints.contains(name) || Self.silent.contains(name): continue
            case _ where Self.ofReleases[name]?.contains(release) == true: continue
            default: throw .unknownParameter(name)
            }
        }
    }

    /// Whether no rows are left out but by a query.
    var isOfEveryRow: Bool { ids == nil }

    func includes(_ id: UInt64?) -> Bool {
        guard let ids else { return true }
        return id.map { ids.contains($0) } ?? true
    }
}
