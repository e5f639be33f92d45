/// The tables of a router as text: a heading, then per menu its path and a line for each row.
///
/// ```
/// routeros-simulator-tables 1
/// /ip/hotspot/user next=*4
/// *1 name=A7K2 password=A7K2 profile=*0 limit-uptime=3h
/// ```
///
/// Bytes other than visible ASCII, and `%`, are written as `%` and two hexadecimal digits. Sessions are not saved: they do not outlive
/// a router's power supply either.
enum SavedTables {
    private static let heading = "routeros-simulator-tables 1"

    static func text(of router: SimulatedRouter, without omitted: Set<String> = []) -> [UInt8] {
        var text = Array((heading + "\n").utf8)
        for menu in router.menus.values.sorted(by: { $0.path < $1.path }) where !omitted.contains(menu.path) {
            if let values = router.settings[menu.path] {
                text += "\(menu.path)\n-".utf8
                append(values, of: menu, to: &text)
            } else if let table = router.tables[menu.path] {
                text += "\(menu.path) next=\(RowID.text(table.nextID))\n".utf8
                for row in table.rows where menu.column("dynamic").map({ row.values[$0] != "true" }) ?? true {
                    text += RowID.text(row.id).bytes
                    append(row.values, of: menu, to: &text)
                }
            }
        }
        return text
    }

    /// Whether bytes are meant to be such a text.
    static func isText(_ bytes: [UInt8]) -> Bool { bytes.starts(with: heading.utf8) }

    /// Reads tables and puts them in the place of those the router has.
    ///
    /// - Throws: ``SimulatorError`` with code `malformedState`, which names the line; the router is as it was then.
    static func restore(_ text: [UInt8], to router: inout SimulatedRouter) throws(SimulatorError) {
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard let first = lines.first, first.elementsEqual(heading.utf8) else {
            throw SimulatorError(
                .malformedState,
                "the saved tables do not begin with \"\(heading)\". Choose another file, or remove it."
            )
        }
        var tables: [String: Table] = [:]
        var settings: [String: [WireText?]] = [:]
        var menu: Menu?
        for (number, line) in lines.enumerated().dropFirst() where !line.isEmpty {
            let isRead: Bool
            let words = line.split(separator: UInt8(ascii: " ")).map { WireText($0) }
            if line.first == UInt8(ascii: "/") {
                menu = words.first.flatMap { router.menus[$0.description] }
                isRead = menu != nil
                if let menu, menu.shape == .table { tables[menu.path] = table(menu, words) }
            } else if let menu, let id = words.first, let values = values(words.dropFirst(), of: menu) {
                if id == "-", menu.shape == .settings {
                    settings[menu.path] = values
                    isRead = true
                } else if let id = RowID.number(id), tables[menu.path]?.id(ofKeyOf: values) == nil,
                    zip(menu.columns, values).allSatisfy({ !$0.isRequired || $1 != nil })
                {
                    isRead = tables[menu.path]?.insert(Row(id: id, values: values)) ?? false
                } else {
                    isRead = false
                }
            } else {
                isRead = false
            }
            guard isRead else {
                throw SimulatorError(
                    .malformedState,
                    "line \(number + 1) of the saved tables cannot be read: \"\(WireText(line.prefix(80)))\". "
                        + "Correct it, or remove the file."
                )
            }
        }
        if let profiles = tables["/ip/hotspot/user/profile"], profiles.row(0) == nil {
            throw SimulatorError(
                .malformedState,
                "the saved tables lack the profile \"default\" (row *0). Put it back, or remove the file."
            )
        }
        router.forgetSessions()
        router.tables.merge(tables) { _, saved in saved }
        router.settings.merge(settings) { _, saved in saved }
        router.clockJumped()
        router.revision += 1
    }

    private static func table(_ menu: Menu, _ words: [WireText]) -> Table {
        let next = words.dropFirst().first.flatMap { word in
            word.bytes.starts(with: "next=".utf8) ? RowID.number(WireText(word.bytes.dropFirst(5))) : nil
        }
        var table = Table(empty: menu)
        table.reserve(nextID: next ?? 1)
        return table
    }

    private static func append(_ values: [WireText?], of menu: Menu, to text: inout [UInt8]) {
        for (attribute, value) in zip(menu.columns, values) {
            guard let value else { continue }
            text += " \(attribute.name)=".utf8
            text += value.escaped
        }
        text.append(UInt8(ascii: "\n"))
    }

    /// The columns of a line; `nil` when the menu has no such column or an escape is broken.
    ///
    /// A column that a line lacks is absent.
    private static func values(_ words: ArraySlice<WireText>, of menu: Menu) -> [WireText?]? {
        var values = [WireText?](repeating: nil, count: menu.columns.count)
        for word in words {
            guard let sign = word.bytes.firstIndex(of: UInt8(ascii: "=")),
                let column = menu.column(String(decoding: word.bytes[..<sign], as: UTF8.self)),
                let value = WireText(escaped: word.bytes[(sign + 1)...])
            else { return nil }
            values[column] = value
        }
        return values
    }
}
