import RouterOSProtocol
import Synchronization

/// The menus of every release as scripts find them.
enum ScriptMenuLibrary {
    /// The arguments of commands that every menu has.
    private static let common = [
        "append", "as-value", "brief", "copy-from", "count-only", "destination", "detail", "file", "from", "interval",
        "number", "numbers", "place-before", "proplist", "stats", "terse", "value-list", "value-name", "where",
        "without-paging",
    ]

    private static let cache = Mutex<[RouterOSVersion: ScriptMenus]>([:])

    static func menus(of release: RouterOSVersion) -> ScriptMenus {
        cache.withLock { cache in
            if let menus = cache[release] { return menus }
            let library = MenuLibrary.menus(of: release).values.sorted { $0.path < $1.path }
            let root = ScriptMenu(path: "", isTable: false, verbs: ["export", "ping"])
            let menus = ScriptMenus([root] + library.map(scriptMenu))
            cache[release] = menus
            return menus
        }
    }

    private static func scriptMenu(_ menu: Menu) -> ScriptMenu {
        var verbs = Set(menu.verbs)
        switch menu.shape {
        case .table, .rows: verbs.formUnion(["print", "find", "get"])
        case .settings, .record: verbs.formUnion(["print", "get"])
        case .commands: break
        }
        let names = menu.columns.map(\.name) + menu.arguments.values.flatMap { $0.map(\.name) } + common
        return ScriptMenu(
            path: menu.path,
            isTable: menu.shape == .table || menu.shape == .rows,
            verbs: verbs.sorted(),
            // Those of the tool alone are so many that whatever a script says is passed on.
            arguments: menu.shape == .commands ? [] : Set(names).sorted()
        )
    }
}

extension SimulatedRouter {
    // MARK: Rows

    /// The rows a script looks at.
    mutating func scriptRows(_ request: ScriptRowRequest, _ caller: Caller) -> ScriptAnswer {
        guard let menu = menus[request.path] else { return .beyond(request.path) }
        guard caller.holds(.read) else { return .refused(WireText(Trap.notPermitted.message)) }
        behaviours[menu.path]?.refresh?(&self)
        let rows: [VisibleRow]
        if menu.shape == .table {
            rows = scriptCandidates(request, menu).map { visible($0, menu) }
        } else {
            rows = visibleRows(menu)
        }
        let showsSensitive = caller.holds(.sensitive)
        return .rows(
            rows.map { row in
                var attributes: [(name: WireText, value: ScriptValue)] = row.id.map { [(".id", .id($0))] } ?? []
                for (column, value) in zip(menu.columns, row.values) {
                    guard let value, !column.isHidden, showsSensitive || !column.isSensitive else { continue }
                    attributes.append((WireText(column.name), ScriptValue(value, column.kind)))
                }
                return ScriptRow(attributes: attributes)
            }
        )
    }

    /// The rows of a table that can be meant, the fewer the better.
    private func scriptCandidates(_ request: ScriptRowRequest, _ menu: Menu) -> [Row] {
        guard let table = tables[menu.path] else { return [] }
        if let numbers = request.numbers {
            return numbers.compactMap { number in
                RowID.number(number).flatMap { table.row($0) } ?? table.id(ofName: number).flatMap { table.row($0) }
            }
        }
        let name = menu.nameColumn
        for hint in request.hints where hint.name == "name" && menu.key == name.map({ [$0] }) {
            guard case .string(let text) = hint.value else { continue }
            return table.id(ofName: text).flatMap { table.row($0) }.map { [$0] } ?? []
        }
        let texts = request.hints.compactMap { hint -> (column: Int, text: WireText)? in
            guard case .string(let text) = hint.value, let column = menu.column(hint.name.description),
                menu.columns[column].kind == .text, menu.columns[column].condition == nil
            else { return nil }
            return (column, text)
        }
        guard !texts.isEmpty else { return table.rows }
        return table.rows.filter { row in texts.allSatisfy { row.values[$0.column] ?? "" == $0.text } }
    }

    // MARK: Commands

    /// Carries a command of a script out with the rights of its owner.
    mutating func carryOut(_ command: ScriptCommand, _ caller: Caller) -> ScriptAnswer {
        if let numbers = command.numbers, numbers.isEmpty { return .value(.nothing) }
        var attributes: [(name: String, value: WireText)] = []
        if let numbers = command.numbers {
            attributes.append(("numbers", WireText(numbers.map(\.bytes).joined(separator: [UInt8(ascii: ",")]))))
        }
        var absent: [WireText] = []
        for (name, value) in command.arguments {
            if name.bytes.first == UInt8(ascii: "!") {
                absent.append(WireText(name.bytes.dropFirst()))
                // Menus without a verb for it take nothing for an answer.
                if menus[command.path]?.takes("unset") == false {
                    attributes.append((absent.removeLast().description, ""))
                }
            } else {
                attributes.append((name.description, value))
            }
        }
        let path = command.path + "/"
        do throws(Trap) {
            let addressed = attributes.filter { $0.name == "numbers" }
            for name in absent {
                _ = try execute(Request(path + "unset", addressed + [("value-name", name)], from: caller))
            }
            if !absent.isEmpty, attributes.count == addressed.count { return .value(.nothing) }
            return .value(Self.scriptValue(of: try execute(Request(path + command.verb, attributes, from: caller))))
        } catch {
            return error == .noSuchMenu ? .beyond(command.path) : .refused(WireText(error.message))
        }
    }

    private static func scriptValue(of answer: Answer) -> ScriptValue {
        if let returned = answer.returned { return RowID.number(returned).map { .id($0) } ?? .string(returned) }
        guard let row = answer.rows.last else { return .nothing }
        return ScriptRow(attributes: row.map { (WireText($0.name), .string($0.value)) }).array
    }
}

extension ScriptValue {
    /// A value of a table as scripts have it.
    init(_ text: WireText, _ kind: ValueKind) {
        switch kind {
        case .text, .date, .decimal, .range, .macAddress, .word, .reference, .pair, .negatable, .switches:
            self = .string(text)
        case .flag: self = Self.readBoolean(text) ?? .string(text)
        case .integer, .bytes, .rate: self = Self.readNumber(text) ?? .string(text)
        case .duration, .timeOfDay: self = Self.readTime(text) ?? .string(text)
        case .address: self = Self.readAddress(text) ?? .string(text)
        case .prefix: self = Self.readPrefix(text) ?? Self.readAddress(text) ?? .string(text)
        case .list(let element):
            self = .array(ScriptArray(text.commaSeparated.map { ScriptValue($0, element) }))
        case .oneOf(let kinds):
            // The kind whose value it is says what it is.
            let kind = kinds.first { $0.canonical(text, id: { _, _ in nil }) != nil }
            self = kind.map { ScriptValue(text, $0) } ?? .string(text)
        }
    }
}
