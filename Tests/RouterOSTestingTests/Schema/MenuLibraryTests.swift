import RouterOSProtocol
import Testing

@testable import RouterOSTesting

@Suite struct MenuLibraryTests {
    static let releases: [RouterOSVersion] = [
        .v6_42, .v6_49, .v7_9, RouterOSVersion(7, 10, 2), RouterOSVersion(7, 12, 2), RouterOSVersion(7, 14, 3), .v7_16,
        .v7_18,
        RouterOSVersion(7, 20), RouterOSVersion(7, 22), .v7_24,
    ]

    @Test("Every text is read for every release", arguments: releases)
    func everyText(of release: RouterOSVersion) throws {
        var paths: Set<String> = []
        for text in MenuLibrary.texts {
            for menu in try MenuText.menus(text, of: release) {
                #expect(paths.insert(menu.path).inserted, "\(menu.path) is there twice")
            }
        }
        #expect(paths.count >= 49)
    }

    @Test("A new row and the first rows hold values of their columns' kinds", arguments: releases)
    func firstRows(of release: RouterOSVersion) {
        let menus = MenuLibrary.menus(of: release)
        for menu in menus.values.sorted(by: { $0.path < $1.path }) {
            for values in [menu.columns.map(\.initial)] + menu.firstRows.map(\.values) {
                for (column, value) in zip(menu.columns, values) {
                    guard let value else { continue }
                    let kept = column.isReference ? column.shown(value, menus) : column.kind.canonical(value)
                    #expect(kept != nil, "\(menu.path) \(column.name)=\(value)")
                    if !column.isReference { #expect(kept == value, "\(menu.path) \(column.name)=\(value)") }
                }
            }
            for row in menu.firstRows {
                for (column, value) in zip(menu.columns, row.values) where column.isRequired {
                    #expect(value != nil, "\(menu.path) \(RowID.text(row.id)) lacks \(column.name)")
                }
            }
            #expect(Table(menu).rows.count == menu.firstRows.count, "\(menu.path) has an id twice")
        }
    }

    @Test("References lead to menus of the same release that have names", arguments: releases)
    func references(of release: RouterOSVersion) {
        let menus = MenuLibrary.menus(of: release)
        for menu in menus.values.sorted(by: { $0.path < $1.path }) {
            for column in menu.columns + menu.arguments.values.joined() {
                for path in column.kind.references {
                    #expect(menus[path]?.nameColumn != nil, "\(menu.path) \(column.name) refers to \(path)")
                }
            }
        }
    }

    @Test(
        "A line that cannot be read is named",
        arguments: [
            ("setting name text", "before any menu"), ("menu /a", "a path and a shape"),
            ("menu /a table\nsetting", "a name and a kind"),
            ("menu /a table\nsetting name ", "a name and a kind"),
            ("menu /a table\nsetting name text\nsetting name flag", "there already"),
            ("menu /a table\nkey name", "no column name above"), ("menu /a table since x", "x is no version"),
            ("menu /a table\nneeds magic add", "no such policy"), ("menu /a table\nrow 1", "a row has an id"),
            ("menu /a table\nrow *1 name=x", "names no column"),
            ("menu /a table\nsetting a flag when b=c", "names a column above"),
            ("menu /a table\nsetting a text default %2", "a value is missing"),
            ("menu /a table\nsetting a text often", "says nothing"),
            ("menu /a table\nfrobnicate", "is no keyword"), ("menu /a table\nargument", "belongs to a verb"),
        ]
    )
    func unreadableLine(_ text: String, _ reason: String) {
        let problem = #expect(throws: MenuText.Problem.self) { try MenuText.menus(text, of: .v7_18) }
        #expect(problem?.description.contains(reason) == true, "\(problem?.description ?? "")")
    }
}

extension Column {
    /// The names of the rows a value refers to, or a word it stands for; nil when it is neither.
    fileprivate func shown(_ value: WireText, _ menus: [String: Menu]) -> WireText? {
        let shown = kind.shown(value) { path, id in
            guard let menu = menus[path], let name = menu.nameColumn else { return nil }
            return menu.firstRows.first { $0.id == id }?.values[name]
        }
        return kind.canonical(shown) { path, name in
            guard let menu = menus[path], let column = menu.nameColumn else { return nil }
            return menu.firstRows.first { $0.values[column] == name }?.id
        }
    }
}
