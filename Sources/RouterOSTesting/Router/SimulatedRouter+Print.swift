import RouterOSProtocol

extension SimulatedRouter {
    /// A row as a client sees it: references by name, computed columns filled in.
    struct VisibleRow {
        let id: UInt64?
        var values: [WireText?]
    }

    /// The arguments of `print` that change nothing here.
    private static let printFlags: Set<String> = [
        "detail", "stats", "bytes", "packets", "brief", "terse", "as-value", "show-ids", "show-sensitive", "value-list",
        "without-paging", "status",
    ]

    private static let propertyListName = ".proplist"

    /// Runs a command of a menu.
    mutating func execute(_ request: Request) throws(Trap) -> Answer {
        guard let menu = menus[request.menu] else {
            throw menus.keys.contains { $0.hasPrefix(request.menu + "/") } ? Trap.noSuchCommand : .noSuchMenu
        }
        guard let verb = Menu.Verb(rawValue: request.verb), menu.verbs.contains(verb) else { throw .noSuchCommand }
        switch verb {
        case .print, .getall: return try print(menu, request)
        case .listen: return try listen(menu, request, withSnapshot: false)
        case .get: return try get(menu, request)
        case .add: return try add(menu, request)
        case .set: return try set(menu, request)
        case .remove: return try remove(menu, request)
        case .enable: return try assign("disabled", "false", menu, request)
        case .disable: return try assign("disabled", "true", menu, request)
        case .comment: return try assign("comment", request["comment"] ?? "", menu, request)
        case .unset: return try unset(menu, request)
        case .resetCounters: return try resetCounters(menu, request)
        case .login: return try logIn(menu, request)
        }
    }

    private func print(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        var isCount = false
        var properties: [String]?
        for (name, value) in request.attributes {
            switch name {
            case "count-only":
                isCount = true
            case Self.propertyListName, "proplist":
                properties = value.commaSeparated.map(\.description)
            case "follow" where menu.verbs.contains(.listen):
                return try listen(menu, request, withSnapshot: true)
            case "follow-only" where menu.verbs.contains(.listen):
                return try listen(menu, request, withSnapshot: false)
            case _ where Self.printFlags.contains(name):
                continue
            default:
                throw .unknownParameter(name)
            }
        }
        let rows = visibleRows(menu, matching: request.query)
        if isCount { return Answer(returned: WireText(rows.count)) }
        return Answer(rows: rows.map { attributes(of: $0, menu, properties) }, isListing: true)
    }

    private func listen(_ menu: Menu, _ request: Request, withSnapshot: Bool) throws(Trap) -> Answer {
        let properties = (request[Self.propertyListName] ?? request["proplist"])?.commaSeparated.map(\.description)
        let listener = Listener(tag: request.tag, menu: menu.path, query: request.query, properties: properties)
        let rows =
            withSnapshot ? visibleRows(menu, matching: request.query).map { attributes(of: $0, menu, properties) } : []
        return Answer(rows: rows, listener: listener)
    }

    private func get(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        guard let name = request["value-name"]?.description else { throw .missingValue("value-name") }
        let row: VisibleRow?
        if menu.shape == .table {
            guard let id = try targets(menu, request).first else { throw .noSuchItem }
            row = tables[menu.path]?.row(id).map { visible($0, menu) }
        } else if let id = request[".id"] ?? request["number"] {
            row = visibleRows(menu).first { $0.id == RowID.number(id) }
        } else {
            row = visibleRows(menu).first
        }
        guard let row else { throw .noSuchItem }
        guard name == ".id" || menu.column(name) != nil else { throw .noMatch("value-name") }
        return Answer(returned: property(name, of: row, menu)?.value ?? "")
    }

    // MARK: Rows

    func visibleRows(_ menu: Menu, matching query: Query = .all([])) -> [VisibleRow] {
        let rows: [VisibleRow]
        switch menu.shape {
        case .table: rows = tables[menu.path]?.rows.map { visible($0, menu) } ?? []
        case .settings: rows = [VisibleRow(id: nil, values: settings[menu.path] ?? [])]
        case .computed: rows = computedRows(menu)
        }
        return rows.filter { row in query.matches { $0.holds(property($0.name, of: row, menu)) } }
    }

    private func computedRows(_ menu: Menu) -> [VisibleRow] {
        switch menu.path {
        case RouterMenus.hotspotActive: sessions.map { describe($0, menu) }
        case RouterMenus.resource: [describeResource(menu)]
        default: []
        }
    }

    private func visible(_ row: Row, _ menu: Menu) -> VisibleRow {
        var values = row.values
        for (column, attribute) in menu.attributes.enumerated() {
            // A reference to a row that is gone shows as its id.
            guard case .reference(let path) = attribute.kind, let value = values[column], let id = RowID.number(value),
                let name = tables[path]?.row(id)?.values.first
            else { continue }
            values[column] = name
        }
        return VisibleRow(id: row.id, values: values)
    }

    private func property(_ name: String, of row: VisibleRow, _ menu: Menu) -> (value: WireText, kind: ValueKind)? {
        if name == ".id" { return row.id.map { (RowID.text($0), .text) } }
        guard let column = menu.column(name), let value = row.values[column] else { return nil }
        return (value, menu.attributes[column].kind)
    }

    func attributes(of row: VisibleRow, _ menu: Menu, _ properties: [String]?) -> [(name: String, value: WireText)] {
        if let properties {
            return properties.compactMap { name in property(name, of: row, menu).map { (name, $0.value) } }
        }
        var all: [(name: String, value: WireText)] = row.id.map { [(".id", RowID.text($0))] } ?? []
        for (attribute, value) in zip(menu.attributes, row.values) {
            if let value { all.append((attribute.name, value)) }
        }
        return all
    }

    /// A change in the words of a `listen`; `nil` when the listener did not ask for it.
    func describe(_ change: Change, to listener: Listener) -> [(name: String, value: WireText)]? {
        guard !change.isRemoved else { return [(".id", RowID.text(change.id)), (".dead", "true")] }
        guard let menu = menus[change.menu] else { return nil }
        let row =
            menu.shape == .table
            ? tables[menu.path]?.row(change.id).map { visible($0, menu) }
            : computedRows(menu).first { $0.id == change.id }
        guard let row, listener.query.matches({ $0.holds(property($0.name, of: row, menu)) }) else { return nil }
        return attributes(of: row, menu, listener.properties)
    }

    private func describeResource(_ menu: Menu) -> VisibleRow {
        let uptime = WireText(Duration.seconds((now - bootedAt).components.seconds).routerOSText)
        let values: [String: WireText] = [
            "uptime": uptime,
            "version": WireText("\(release) (stable)"),
            "build-time": release.hasNumericDates ? "2025-02-20 09:33:10" : "feb/20/2025 09:33:10",
            "factory-software": "7.8",
            "free-memory": "853540864",
            "total-memory": "1073741824",
            "cpu": "ARM64",
            "cpu-count": "4",
            "cpu-frequency": "864",
            "cpu-load": WireText(min(100, 1 + sessions.count / 20)),
            "free-hdd-space": "101613568",
            "total-hdd-space": "135266304",
            "architecture-name": "arm64",
            "board-name": "RouterOSSimulator",
            "platform": "MikroTik",
        ]
        return VisibleRow(id: nil, values: menu.attributes.map { values[$0.name] })
    }
}
