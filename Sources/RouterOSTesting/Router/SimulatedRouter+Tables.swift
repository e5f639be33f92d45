extension SimulatedRouter {
    private static let addressing: Set<String> = [".id", "numbers", "number"]

    mutating func add(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        var values: [WireText?] = []
        for attribute in menu.attributes { values.append(try initial(attribute)) }
        try assign(request.attributes, to: &values, of: menu)
        for (column, attribute) in menu.attributes.enumerated() where attribute.isRequired && values[column] == nil {
            throw .missingValue(attribute.name)
        }
        guard let key = values.first ?? nil, tables[menu.path]?.id(ofKey: key) == nil else {
            throw Trap(message: menu.duplicateMessage)
        }
        guard let id = tables[menu.path]?.insert(values) else { throw .noSuchCommand }
        changed(menu, id)
        return Answer(returned: RowID.text(id))
    }

    mutating func set(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        let assignments = request.attributes.filter { !Self.addressing.contains($0.name) }
        guard menu.shape == .table else {
            guard assignments.count == request.attributes.count, var values = settings[menu.path] else {
                throw .unknownParameter(".id")
            }
            try assign(assignments, to: &values, of: menu)
            settings[menu.path] = values
            revision += 1
            return Answer()
        }
        let ids = try targets(menu, request)
        // Everything is checked before anything is changed.
        var updates: [(id: UInt64, values: [WireText?])] = []
        var keys: Set<WireText> = []
        for id in ids {
            guard var values = tables[menu.path]?.row(id)?.values else { throw .noSuchItem }
            try assign(assignments, to: &values, of: menu)
            guard let key = values.first ?? nil else { throw .missingValue(menu.attributes.first?.name ?? "name") }
            let owner = tables[menu.path]?.id(ofKey: key)
            guard owner == nil || owner == id, keys.insert(key).inserted else {
                throw Trap(message: menu.duplicateMessage)
            }
            updates.append((id, values))
        }
        for update in updates {
            tables[menu.path]?.replace(update.id, values: update.values)
            changed(menu, update.id)
        }
        return Answer()
    }

    /// Sets one column of the rows a command addresses.
    mutating func assign(_ name: String, _ value: WireText, _ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        guard let column = menu.column(name) else { throw .unknownParameter(name) }
        for (other, _) in request.attributes where !Self.addressing.contains(other) && other != "comment" {
            throw .unknownParameter(other)
        }
        let stored = try checked(value, menu.attributes[column])
        for id in try targets(menu, request) {
            guard var values = tables[menu.path]?.row(id)?.values else { continue }
            values[column] = stored
            tables[menu.path]?.replace(id, values: values)
            changed(menu, id)
        }
        return Answer()
    }

    mutating func unset(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        guard let name = request["value-name"]?.description else { throw .missingValue("value-name") }
        guard let column = menu.column(name), menu.attributes[column].role == .setting,
            !menu.attributes[column].isRequired
        else { throw .noMatch("value-name") }
        let initial = try initial(menu.attributes[column])
        for id in try targets(menu, request) {
            guard var values = tables[menu.path]?.row(id)?.values else { continue }
            values[column] = initial
            tables[menu.path]?.replace(id, values: values)
            changed(menu, id)
        }
        return Answer()
    }

    mutating func remove(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        let ids = try targets(menu, request)
        guard menu.shape == .table else {
            endSessions(ids)
            return Answer()
        }
        if let column = menu.column("default") {
            for id in ids where tables[menu.path]?.row(id)?.values[column] == "true" { throw .defaultProfile }
        }
        for id in ids {
            tables[menu.path]?.remove(id)
            changed(menu, id, isRemoved: true)
        }
        return Answer()
    }

    /// Takes the counters of the addressed rows, or of all when none is addressed, back to their first values.
    mutating func resetCounters(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        let isAddressed = request.attributes.contains { Self.addressing.contains($0.name) }
        let ids = isAddressed ? try targets(menu, request) : tables[menu.path]?.rows.map(\.id) ?? []
        for id in ids {
            guard var values = tables[menu.path]?.row(id)?.values else { continue }
            for (column, attribute) in menu.attributes.enumerated() where attribute.role == .counter {
                values[column] = attribute.initial
            }
            tables[menu.path]?.replace(id, values: values)
            changed(menu, id)
        }
        return Answer()
    }

    /// The rows a command addresses, by id or by name, one or a comma list; each of them exists.
    func targets(_ menu: Menu, _ request: Request) throws(Trap) -> [UInt64] {
        guard let list = request[".id"] ?? request["numbers"] ?? request["number"] else { throw .missingID }
        // A name may hold a comma, so the whole is tried first.
        if let id = tables[menu.path]?.id(ofKey: list) { return [id] }
        var ids: [UInt64] = []
        for item in list.commaSeparated {
            guard let id = id(item, menu) else { throw .noSuchItem }
            if !ids.contains(id) { ids.append(id) }
        }
        guard !ids.isEmpty else { throw .noSuchItem }
        return ids
    }

    private func id(_ item: WireText, _ menu: Menu) -> UInt64? {
        guard menu.shape == .table else {
            return RowID.number(item).flatMap { id in sessions.contains { $0.id == id } ? id : nil }
        }
        if let id = RowID.number(item), tables[menu.path]?.row(id) != nil { return id }
        return tables[menu.path]?.id(ofKey: item)
    }

    private func assign(
        _ assignments: [(name: String, value: WireText)],
        to values: inout [WireText?],
        of menu: Menu
    ) throws(Trap) {
        for (name, value) in assignments {
            guard let column = menu.column(name), menu.attributes[column].role == .setting else {
                throw .unknownParameter(name)
            }
            values[column] = try checked(value, menu.attributes[column])
        }
    }

    /// The value of a column in a new row, as it is stored.
    private func initial(_ attribute: Attribute) throws(Trap) -> WireText? {
        guard let value = attribute.initial else { return nil }
        return try checked(value, attribute)
    }

    /// What is stored for a value somebody sent.
    private func checked(_ value: WireText, _ attribute: Attribute) throws(Trap) -> WireText? {
        if value == attribute.meansAbsent { return nil }
        if case .reference(let path) = attribute.kind {
            guard let id = tables[path]?.id(ofKey: value) ?? RowID.number(value), tables[path]?.row(id) != nil else {
                throw .noMatch(attribute.name)
            }
            return RowID.text(id)
        }
        guard let canonical = attribute.kind.canonical(value) else {
            throw .invalidValue(attribute.name, attribute.kind)
        }
        return canonical
    }

    mutating func changed(_ menu: Menu, _ id: UInt64, isRemoved: Bool = false) {
        changes.append(Change(menu: menu.path, id: id, isRemoved: isRemoved))
        if menu.shape != .computed { revision += 1 }
    }

    mutating func addDefaultProfile() {
        guard let menu = menus[RouterMenus.hotspotProfile] else { return }
        var values = menu.attributes.map(\.initial)
        for (name, value) in [("name", "default"), ("default", "true")] as [(String, WireText)] {
            if let column = menu.column(name) { values[column] = value }
        }
        var table = Table(firstID: 0)
        _ = table.insert(values)
        tables[menu.path] = table
    }
}
