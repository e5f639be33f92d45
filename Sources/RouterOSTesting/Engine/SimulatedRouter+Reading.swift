import RouterOSProtocol

extension SimulatedRouter {
    func print(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        let order = try PrintOrder(menu, request, of: release)
        // A number does not grow by itself: whoever counts follows nothing.
        if let withSnapshot = order.follows, !order.isCount {
            return follow(menu, request.query, order, withSnapshot: withSnapshot)
        }
        let rows = visibleRows(menu, matching: request.query, order.projection).filter { order.includes($0.id) }
        if order.isCount { return Answer(returned: WireText(rows.count)) }
        return Answer(
            rows: rows.map { attributes(of: $0, menu, order.projection) },
            isListing: true,
            activity: order.interval.map { .repeated(request, every: $0) }
        )
    }

    func listen(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        let order = try PrintOrder(menu, request, of: release)
        for name in ["count-only", "follow", "follow-only", "interval"] where request[name] != nil {
            throw .unknownParameter(name)
        }
        return follow(menu, request.query, order, withSnapshot: false)
    }

    private func follow(_ menu: Menu, _ query: Query, _ order: PrintOrder, withSnapshot: Bool) -> Answer {
        let rows = withSnapshot ? visibleRows(menu, matching: query, order.projection) : []
        return Answer(
            rows: rows.filter { order.includes($0.id) }.map { attributes(of: $0, menu, order.projection) },
            activity: .listen(menu: menu.path, query: query, order)
        )
    }

    /// Writes the rows of a print that ends by itself straight to the wire; `false`, with nothing written, for any other command.
    ///
    /// The rows are those of ``print(_:_:)``, at a tenth of the time for a table of thousands.
    mutating func printStraight(_ request: Request, into replies: inout SentenceEncoder) throws(Trap) -> Bool {
        guard request.verb == "print" || request.verb == "getall", let menu = menus[request.menu], menu.shape == .table
        else { return false }
        try permit(request, menu)
        let order = try PrintOrder(menu, request, of: release)
        guard order.interval == nil, order.follows == nil || order.isCount else { return false }
        behaviours[menu.path]?.refresh?(&self)
        write(order, menu, request, into: &replies)
        return true
    }

    private func write(_ order: PrintOrder, _ menu: Menu, _ request: Request, into replies: inout SentenceEncoder) {
        let asksNothing = request.query.words.isEmpty
        let isEveryRow = asksNothing && order.isOfEveryRow
        var count = 0
        var writer = RowWriter(menu, order.projection, tag: request.tag)
        // Made once: in the loop each row would pay for a copy of the router.
        let tables = tables
        let menus = menus
        let name = { (path: String, id: UInt64) -> WireText? in
            menus[path]?.column("name").flatMap { tables[path]?.row(id)?.values[$0] }
        }
        for row in tables[menu.path]?.rows ?? [] {
            guard isEveryRow || order.includes(row.id) && matches(row, menu, request.query, order.projection) else {
                continue
            }
            count += 1
            if order.isCount { continue }
            writer.append(row, to: &replies, name: name)
        }
        if order.isCount {
            return replies.append(Reply(.done, tag: request.tag) { $0.set("ret", bytes: WireText(count).bytes) })
        }
        if count == 0, release.saysEmpty { replies.append(Reply(.empty, tag: request.tag)) }
        replies.append(Reply(.done, tag: request.tag))
    }

    private func matches(_ row: Row, _ menu: Menu, _ query: Query, _ projection: Projection) -> Bool {
        // Who looks for many rows asks for the same property again and again.
        var last: (name: String, property: (value: WireText, kind: ValueKind)?)?
        return query.matches { condition in
            if let last, last.name == condition.name { return condition.holds(last.property) }
            let property = compared(condition.name, of: row, menu, projection)
            last = (condition.name, property)
            return condition.holds(property)
        }
    }

    private func compared(
        _ name: String,
        of row: Row,
        _ menu: Menu,
        _ projection: Projection
    ) -> (value: WireText, kind: ValueKind)? {
        guard name != ".id" else { return (RowID.text(row.id), .text) }
        guard let column = menu.column(name), projection.mayShow(menu.columns[column]) else { return nil }
        return shown(row, column, menu).map { ($0, menu.columns[column].kind) }
    }

    func get(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        for (name, _) in request.attributes where name != "value-name" && !Self.addressing.contains(name) {
            throw .unknownParameter(name)
        }
        let projection = Projection(showsSensitive: request.caller.holds(.sensitive))
        let row: VisibleRow?
        if menu.shape == .table {
            row = try targets(menu, request).first.flatMap { visibleRow($0, menu) }
        } else if let id = request[".id"] ?? request["number"] {
            row = RowID.number(id).flatMap { visibleRow($0, menu) }
        } else {
            row = visibleRows(menu).first
        }
        guard let row else { throw .noSuchItem }
        guard let name = request["value-name"]?.description else {
            // All of it, as the console writes a list.
            let pairs = attributes(of: row, menu, projection).map { Array("\($0.name)=".utf8) + $0.value.bytes }
            return Answer(returned: WireText(pairs.joined(separator: [UInt8(ascii: ";")])))
        }
        guard name == ".id" || menu.column(name) != nil else { throw .noMatch("value-name") }
        return Answer(returned: property(name, of: row, menu, projection)?.value ?? "")
    }

    // MARK: Rows

    func visibleRows(
        _ menu: Menu,
        matching query: Query = .all([]),
        _ projection: Projection = Projection()
    ) -> [VisibleRow] {
        let rows: [VisibleRow]
        switch menu.shape {
        case .table: rows = tables[menu.path]?.rows.map { visible($0, menu) } ?? []
        case .settings: rows = [VisibleRow(id: nil, values: settings[menu.path] ?? [])]
        case .rows, .record, .commands: rows = behaviours[menu.path]?.rows?(self, menu) ?? []
        }
        return rows.filter { row in query.matches { $0.holds(property($0.name, of: row, menu, projection)) } }
    }

    /// One row, at the price of one wherever the menu can find it.
    func visibleRow(_ id: UInt64, _ menu: Menu) -> VisibleRow? {
        if menu.shape == .table { return tables[menu.path]?.row(id).map { visible($0, menu) } }
        guard let row = behaviours[menu.path]?.row else { return visibleRows(menu).first { $0.id == id } }
        return row(self, menu, id)
    }

    func visible(_ row: Row, _ menu: Menu) -> VisibleRow {
        var values = row.values
        for column in menu.translated { values[column] = shown(row, column, menu) }
        return VisibleRow(id: row.id, values: values)
    }

    /// The value of a column of a kept row as clients see it.
    private func shown(_ row: Row, _ column: Int, _ menu: Menu) -> WireText? {
        let description = menu.columns[column]
        if let condition = description.condition {
            return row.values[condition.column] == condition.value ? "true" : "false"
        }
        guard description.isReference else { return row.values[column] }
        return row.values[column].map { description.kind.shown($0) { path, id in value("name", of: id, in: path) } }
    }

    private func property(
        _ name: String,
        of row: VisibleRow,
        _ menu: Menu,
        _ projection: Projection
    ) -> (value: WireText, kind: ValueKind)? {
        if name == ".id" { return row.id.map { (RowID.text($0), .text) } }
        guard let column = menu.column(name), projection.mayShow(menu.columns[column]), let value = row.values[column]
        else { return nil }
        return (value, menu.columns[column].kind)
    }

    private func attributes(
        of row: VisibleRow,
        _ menu: Menu,
        _ projection: Projection
    ) -> [(name: String, value: WireText)] {
        if let properties = projection.properties {
            return properties.compactMap { name in property(name, of: row, menu, projection).map { (name, $0.value) } }
        }
        var all: [(name: String, value: WireText)] = row.id.map { [(".id", RowID.text($0))] } ?? []
        for (column, value) in zip(menu.columns, row.values) {
            if let value, projection.shows(column) { all.append((column.name, value)) }
        }
        return all
    }

    /// A change in the words of a `listen`; nil when it is none of those that were asked for.
    func describe(
        _ change: RowChange,
        _ query: Query,
        _ order: PrintOrder
    ) -> [(name: String, value: WireText)]? {
        guard order.includes(change.id) else { return nil }
        let projection = order.projection
        guard change.kind != .removed else { return [(".id", RowID.text(change.id)), (".dead", "true")] }
        guard let menu = menus[change.menu], let row = visibleRow(change.id, menu),
            query.matches({ $0.holds(property($0.name, of: row, menu, projection)) })
        else { return nil }
        return attributes(of: row, menu, projection)
    }
}
