extension SimulatedRouter {
    static let addressing: Set<String> = [".id", "numbers", "number"]

    func isAddressed(_ request: Request) -> Bool { request.attributes.contains { Self.addressing.contains($0.name) } }

    mutating func add(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        guard menu.shape == .table else { throw .noSuchCommand }
        var place: WireText?
        var values = menu.columns.map(\.initial)
        var assignments: [(name: String, value: WireText)] = []
        for (name, value) in request.attributes {
            if name == "place-before", menu.verbs.contains("move") {
                place = value
            } else if name == "copy-from", menu.column(name) == nil {
                try copy(try id(value, menu), menu, to: &values)
            } else {
                assignments.append((name, value))
            }
        }
        try assign(assignments, to: &values, of: menu)
        for (column, description) in menu.columns.enumerated() where description.isRequired && values[column] == nil {
            throw .missingValue(description.name)
        }
        guard tables[menu.path]?.id(ofKeyOf: values) == nil else { throw Trap(message: menu.duplicate) }
        try behaviours[menu.path]?.check?(self, menu, nil, values)
        let before = try place.map { place throws(Trap) in try id(place, menu) }
        guard let id = tables[menu.path]?.insert(values) else { throw .noSuchCommand }
        if let before { tables[menu.path]?.move(id, before: before) }
        changed(menu, id, .added)
        return Answer(returned: RowID.text(id))
    }

    mutating func set(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        let assignments = request.attributes.filter { !Self.addressing.contains($0.name) }
        guard menu.shape == .table else {
            guard assignments.count == request.attributes.count, var values = settings[menu.path] else {
                throw .unknownParameter(".id")
            }
            try assign(assignments, to: &values, of: menu)
            try behaviours[menu.path]?.check?(self, menu, nil, values)
            settings[menu.path] = values
            revision += 1
            behaviours[menu.path]?.follow?(&self, RowChange(menu: menu.path, id: 0, kind: .changed))
            return Answer()
        }
        // Everything is checked before anything is changed.
        var updates: [(id: UInt64, values: [WireText?])] = []
        var keys: Set<WireText> = []
        for id in try targets(menu, request) {
            guard var values = tables[menu.path]?.row(id)?.values else { throw .noSuchItem }
            guard menu.dynamicRows == .editable || !isDynamic(id, menu) else { throw .dynamicChange }
            try assign(assignments, to: &values, of: menu)
            for (column, description) in menu.columns.enumerated() where description.isRequired && values[column] == nil
            {
                throw .missingValue(description.name)
            }
            let owner = tables[menu.path]?.id(ofKeyOf: values)
            let isNew = tables[menu.path]?.keyText(values).map { keys.insert($0).inserted } ?? true
            guard owner == nil || owner == id, isNew else { throw Trap(message: menu.duplicate) }
            try behaviours[menu.path]?.check?(self, menu, id, values)
            updates.append((id, values))
        }
        for update in updates { replace(menu, update.id, update.values) }
        return Answer()
    }

    private mutating func replace(_ menu: Menu, _ id: UInt64, _ values: [WireText?]) {
        tables[menu.path]?.replace(id, values: values)
        changed(menu, id, .changed)
    }

    /// Sets one column of the rows a command addresses.
    mutating func assign(_ name: String, _ value: WireText, _ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        for (other, _) in request.attributes where !Self.addressing.contains(other) && other != name {
            throw .unknownParameter(other)
        }
        let addresses = request.attributes.filter { Self.addressing.contains($0.name) }
        return try set(
            menu,
            Request(menu.path + "/set", addresses + [(name, value)], tag: request.tag, from: request.caller)
        )
    }

    mutating func unset(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        guard let name = request["value-name"]?.description else { throw .missingValue("value-name") }
        guard let column = menu.column(name), menu.columns[column].role == .setting, !menu.columns[column].isRequired
        else { throw .noMatch("value-name") }
        let ids = try targets(menu, request)
        if menu.dynamicRows != .editable, ids.contains(where: { isDynamic($0, menu) }) { throw .dynamicChange }
        for id in ids {
            guard var values = tables[menu.path]?.row(id)?.values else { continue }
            values[column] = menu.columns[column].initial
            replace(menu, id, values)
        }
        return Answer()
    }

    mutating func move(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        let ids = try targets(menu, request)
        let destination = try request["destination"].map { item throws(Trap) in try id(item, menu) }
        for id in ids {
            tables[menu.path]?.move(id, before: destination)
            changed(menu, id, .changed)
        }
        return Answer()
    }

    mutating func remove(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        let ids = try targets(menu, request)
        guard menu.shape == .table else {
            guard let remove = behaviours[menu.path]?.remove else { throw .noSuchCommand }
            remove(&self, ids)
            return Answer()
        }
        for id in ids {
            if value("default", of: id, in: menu.path) == "true" {
                throw menu.path.hasSuffix("/profile") ? .defaultProfile : .defaultItem
            }
            guard menu.dynamicRows != .fixed || !isDynamic(id, menu) else { throw .dynamicRemoval }
            try behaviours[menu.path]?.check?(self, menu, id, nil)
        }
        for id in ids {
            tables[menu.path]?.remove(id)
            changed(menu, id, .removed)
        }
        return Answer()
    }

    /// What clients set in a row, for a new one like it.
    private func copy(_ id: UInt64, _ menu: Menu, to values: inout [WireText?]) throws(Trap) {
        guard let row = tables[menu.path]?.row(id) else { throw .noSuchItem }
        for (column, description) in menu.columns.enumerated() where description.role == .setting {
            values[column] = row.values[column]
        }
    }

    private func isDynamic(_ id: UInt64, _ menu: Menu) -> Bool {
        guard let column = menu.column("dynamic") else { return false }
        return tables[menu.path]?.row(id)?.values[column] == "true"
    }

    /// The router starts: what it made by itself is gone, and tables go on counting behind the last row that is left.
    mutating func restartTables() {
        for (path, menu) in menus where menu.shape == .table { tables[path]?.restart(menu) }
        revision += 1
    }

    /// Takes the counters of the addressed rows, or of all when none is addressed, back to their first values.
    mutating func resetCounters(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        let ids = isAddressed(request) ? try targets(menu, request) : tables[menu.path]?.rows.map(\.id) ?? []
        for id in ids {
            guard var values = tables[menu.path]?.row(id)?.values else { continue }
            for (column, description) in menu.columns.enumerated() where description.role == .counter {
                values[column] = description.initial
            }
            replace(menu, id, values)
        }
        return Answer()
    }

    // MARK: Addressing

    /// The rows a command addresses, by id or by name, one or a comma list; each of them exists.
    func targets(_ menu: Menu, _ request: Request) throws(Trap) -> [UInt64] {
        guard let list = request[".id"] ?? request["numbers"] ?? request["number"] else { throw .missingID }
        // A name may hold a comma, so the whole is tried first.
        if let id = tables[menu.path]?.id(ofName: list) { return [id] }
        var ids: [UInt64] = []
        var known: Set<UInt64> = []
        for item in list.commaSeparated {
            let id = try id(item, menu)
            if known.insert(id).inserted { ids.append(id) }
        }
        guard !ids.isEmpty else { throw .noSuchItem }
        return ids
    }

    /// The row an id or a name stands for.
    private func id(_ item: WireText, _ menu: Menu) throws(Trap) -> UInt64 {
        guard menu.shape == .table else {
            guard let id = RowID.number(item), visibleRow(id, menu) != nil else { throw .noSuchItem }
            return id
        }
        if let id = RowID.number(item), tables[menu.path]?.row(id) != nil { return id }
        guard let id = tables[menu.path]?.id(ofName: item) else { throw .noSuchItem }
        return id
    }

    // MARK: Values

    private func assign(
        _ assignments: [(name: String, value: WireText)],
        to values: inout [WireText?],
        of menu: Menu
    ) throws(Trap) {
        for (name, value) in assignments {
            guard let column = menu.column(name), menu.columns[column].role == .setting else {
                throw .unknownParameter(name)
            }
            values[column] = try checked(value, menu.columns[column])
        }
    }

    /// What is kept of a value somebody sent.
    private func checked(_ value: WireText, _ column: Column) throws(Trap) -> WireText? {
        if value == column.absence { return nil }
        guard let canonical = canonical(value, column) else { throw .invalidValue(column.name, column.kind) }
        return canonical
    }

    /// A row came, changed or went: listeners, the saved tables and the menu's behaviour learn of it.
    mutating func changed(_ menu: Menu, _ id: UInt64, _ kind: RowChange.Kind) {
        let change = RowChange(menu: menu.path, id: id, kind: kind)
        changes.append(change)
        if menu.shape == .table { revision += 1 }
        behaviours[menu.path]?.follow?(&self, change)
    }
}
