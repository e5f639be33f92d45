extension ScriptRun {
    // MARK: Rows

    mutating func scan(_ site: ScriptScanSite) throws(ScriptFault) -> ScriptStep? {
        let hints = pop(site.hints.count)
        let attributes = site.hasAttributes ? Self.numbers(pop()) : nil
        let numbers = site.hasNumbers ? Self.numbers(pop()) : nil
        pending = .rows(site, numbers: numbers, attributes: attributes)
        return .rows(
            ScriptRowRequest(
                path: path(site.node),
                numbers: numbers,
                hints: zip(site.hints, hints).map { ($0, $1) }
            )
        )
    }

    mutating func nextRow(_ exit: Int) {
        let top = calls.count - 1
        let last = calls[top].scans.count - 1
        guard last >= 0 else {
            calls[top].counter = exit
            return
        }
        calls[top].scans[last].index += 1
        if calls[top].scans[last].index >= calls[top].scans[last].rows.count { calls[top].counter = exit }
    }

    mutating func keepRow(_ value: ScriptValue) throws(ScriptFault) {
        let top = calls.count - 1
        let last = calls[top].scans.count - 1
        // A condition that is only a name asks whether the row has it.
        let holds = if case .boolean(let holds) = value { holds } else { value != .nothing && value != .nil }
        guard last >= 0, holds else { return }
        calls[top].scans[last].kept.append(calls[top].scans[last].index)
    }

    mutating func endScan() throws(ScriptFault) -> ScriptStep? {
        guard let scan = calls[calls.count - 1].scans.popLast() else { return nil }
        let rows = scan.kept.map { scan.rows[$0] }.map { $0.limited(to: scan.attributes) }
        try charge(rows.count)
        switch scan.site.purpose {
        case .ids: try push(.array(ScriptArray(rows.compactMap { $0[".id"] })))
        case .count: try push(.number(Int64(rows.count)))
        case .values:
            let isTable = calls[calls.count - 1].code.menus[scan.site.node].isTable
            try push(isTable ? .array(ScriptArray(rows.map(\.array))) : rows.first?.array ?? .nothing)
        case .text:
            values.append(.nothing)
            let lines = rows.map { row in row.attributes.map { "\($0.name)=\($0.value.text)" }.joined(separator: " ") }
            return .put(WireText(lines.joined(separator: "\n")))
        }
        return nil
    }

    mutating func get(_ node: ScriptMenus.Node) throws(ScriptFault) -> ScriptStep? {
        let name = pop()
        let number = pop()
        let menu = calls[calls.count - 1].code.menus[node]
        var attribute: String?
        if name != .nothing {
            guard let whole = menu.argument(name.text.description) else {
                throw ScriptFault("input does not match any value of value-name")
            }
            attribute = whole
        }
        let numbers = menu.isTable ? Self.numbers(number) : nil
        guard numbers?.isEmpty != true else { throw ScriptFault("no such item") }
        guard numbers?.count ?? 1 == 1 else { throw ScriptFault("invalid internal item number") }
        pending = .row(node, numbers: numbers, name: attribute)
        return .rows(ScriptRowRequest(path: path(node), numbers: numbers))
    }

    /// The one row that is asked for.
    func row(of rows: [ScriptRow], numbers: [WireText]?, node: ScriptMenus.Node) throws(ScriptFault) -> ScriptRow {
        let isMeant = { (row: ScriptRow) in numbers?.contains(where: row.isNamed) ?? true }
        guard let row = rows.first(where: isMeant) else { throw ScriptFault("no such item") }
        return row
    }

    /// An attribute of a row, empty when it is not set; the whole row without a name.
    func attribute(_ name: String?, of row: ScriptRow, in node: ScriptMenus.Node) throws(ScriptFault) -> ScriptValue {
        guard let name else { return row.array }
        return row[WireText(name)] ?? .text("")
    }

    // MARK: Commands

    mutating func command(
        _ node: ScriptMenus.Node,
        verb: String,
        _ names: [WireText?]
    ) throws(ScriptFault) -> ScriptStep? {
        var command = ScriptCommand(path: path(node), verb: verb)
        for (name, value) in zip(names, pop(names.count)) {
            try charge(value.cost)
            switch name {
            case nil, "numbers", ".id": command.numbers = (command.numbers ?? []) + Self.numbers(value)
            case let name?: command.arguments.append((name, value.argumentText))
            }
        }
        pending = .value
        return .command(command)
    }

    /// The ids or names that a value stands for.
    private static func numbers(_ value: ScriptValue) -> [WireText] {
        switch value {
        case .nothing, .nil: []
        case .array(let array): array.values.map(\.text)
        case .string(let text): text.bytes.contains(UInt8(ascii: ",")) ? text.commaSeparated : [text]
        default: [value.text]
        }
    }

    private func path(_ node: ScriptMenus.Node) -> String {
        calls[calls.count - 1].code.menus.path(of: node)
    }
}

extension ScriptRow {
    /// The row with nothing but its id and the attributes of these names.
    fileprivate func limited(to names: [WireText]?) -> ScriptRow {
        guard let names else { return self }
        return ScriptRow(attributes: attributes.filter { $0.name == ".id" || names.contains($0.name) })
    }
}
