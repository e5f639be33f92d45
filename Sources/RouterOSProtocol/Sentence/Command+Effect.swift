extension Command {
    /// Whether the command only reads: sent twice, it does no more than sent once.
    ///
    /// True for the verbs that are known to (`print`, `getall`, `get`, `listen`, `monitor`, `monitor-traffic`) as long as each of
    /// their attributes is known to read too: `file` writes one on the router, `do` runs a script for each row. False for all
    /// others, also those that may be harmless.
    public var isReadOnly: Bool {
        guard let verb = path.split(separator: "/").last, let known = Self.readingAttributes[String(verb)] else {
            return false
        }
        return attributes.all.allSatisfy { known.contains(String($0.name)) }
    }

    /// The command that shows whether this one took effect, for when its answer was lost; nil for one that only reads, and
    /// where no such command is known.
    ///
    /// It asks for the rows that this command names: by `.id` where it has one, else by everything that rows of such menus are
    /// known by (name, MAC address, address …) together, and for a menu with one record for that. It holds no secret, unless
    /// what the row is known by is one: the name of a voucher is its password at times.
    public var readBack: Command? {
        let parts = path.split(separator: "/")
        guard let verb = parts.last, parts.count > 1, Self.writingVerbs.contains(String(verb)) else { return nil }
        let menu = "/" + parts.dropLast().joined(separator: "/")
        if let ids = attributes[".id"] ?? attributes["numbers"] {
            var command = Command(menu + "/print")
            command.query = Self.rows(of: ids)
            return command
        }
        // Without a number, `set` is for menus that hold one record.
        if verb == "set" { return Command(menu + "/print") }
        let keys = Self.naturalKeys.filter { attributes[$0]?.isEmpty == false }
        guard !keys.isEmpty else { return nil }
        let qualifiers = Self.qualifiers.filter { attributes[$0]?.isEmpty == false }
        var command = Command(menu + "/print")
        command.query = (keys + qualifiers).compactMap { key in attributes[key].map { .equal(key, $0) } }
            .reduce(nil) { query, next in query.map { $0 && next } ?? next }
        return command
    }

    /// Ids as a query: `*1,*2`, or names where ids may be.
    private static func rows(of ids: String) -> Query? {
        ids.split(separator: ",").map { id in
            id.hasPrefix("*") ? Query.equal(".id", String(id)) : .equal("name", String(id))
        }.reduce(nil) { query, next in query.map { $0 || next } ?? next }
    }

    /// The attributes with which a verb only reads.
    private static let readingAttributes: [String: Set<String>] = [
        "print": rowAttributes, "getall": rowAttributes, "listen": rowAttributes,
        "get": [".id", "number", "numbers", "value-name", ".proplist"],
        "monitor": monitorAttributes, "monitor-traffic": monitorAttributes,
    ]

    private static let rowAttributes: Set = [
        ".proplist", ".id", "numbers", "from", "brief", "detail", "terse", "value-list", "as-value", "show-ids",
        "stats", "stats-detail", "bytes", "packets", "rate", "count-only", "without-paging", "interval", "follow",
        "follow-only", "follow-strict",
    ]

    private static let monitorAttributes: Set = [
        ".proplist", ".id", "numbers", "interface", "once", "interval", "duration", "count", "freeze-frame-interval",
        "as-value", "without-paging",
    ]

    private static let writingVerbs: Set = [
        "add", "set", "unset", "remove", "enable", "disable", "comment", "move", "login", "make-static",
    ]

    /// What rows are known by.
    private static let naturalKeys = [
        "name", "user", "mac-address", "address", "dst-address", "src-address", "dst-host",
    ]

    /// What tells apart rows that have the same of those; many rows have the same of these.
    private static let qualifiers = ["server", "list", "comment"]
}
