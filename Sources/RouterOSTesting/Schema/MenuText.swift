import RouterOSProtocol

/// Reads descriptions of menus: a line for the menu, then one for each thing it has.
///
/// ```
/// menu /ip/hotspot/user table
/// verbs add set remove enable disable comment reset-counters
/// key name server
/// duplicate failure: already have user with this name for this server
/// setting name text required
/// setting server all|@/ip/hotspot absent all
/// setting otp-secret text sensitive since 7.22
/// counter uptime duration default 0s
/// row *0 name=default-trial
/// ```
///
/// - `menu PATH table|settings|rows|record|commands` begins one.
/// - `verbs WORD…`, `needs POLICY VERB…`, `argument VERB NAME KIND`, `prints WORD…` say what it understands.
/// - `dynamic fixed|removable|editable` says what clients may do with rows the router made; nothing unless it is there.
/// - `setting`, `counter` and `fact`, each with `NAME KIND`, are its columns; a kind is what ``ValueKind/init(_:)`` reads. Behind it
///   stand `required`, `sensitive`, `hidden`, `volatile` (a restart takes it back), `default VALUE`, `absent WORD` and `with FLAG`, the argument of `print` that brings it, and
///   `when NAME=VALUE` for a flag that is true while another column has a value.
/// - `key NAME…` and `duplicate TEXT` keep rows apart; `row ID NAME=VALUE…` is there from the start.
///
/// Every line but `duplicate` may end in `since VERSION` or `until VERSION`, both included: `until 7.9` has 7.9.2 in it. Values write
/// spaces and `%` as `%20` and `%25`, an empty one as `""` and the version of the router as `@release`. A line that begins with `;` is
/// for readers.
struct MenuText {
    /// Why a line cannot be read.
    struct Problem: Error, CustomStringConvertible {
        let line: Int
        let reason: String

        var description: String { "line \(line) of the menus: \(reason)" }
    }

    private let release: RouterOSVersion
    private var menus: [Menu] = []
    /// The menu the lines belong to; nil while they belong to one that the release lacks.
    private var menu: Menu?
    private var line = 0

    private init(_ release: RouterOSVersion) {
        self.release = release
    }

    /// The menus of a text that a release has.
    static func menus(_ text: String, of release: RouterOSVersion) throws(Problem) -> [Menu] {
        var reader = MenuText(release)
        var hasMenu = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            reader.line += 1
            var words = line.split(separator: " ")[...]
            guard let keyword = words.popFirst(), !keyword.hasPrefix(";") else { continue }
            hasMenu = hasMenu || keyword == "menu"
            guard hasMenu else { throw reader.problem("\"\(keyword)\" stands before any menu") }
            try reader.read(keyword, &words)
        }
        reader.endMenu()
        return reader.menus
    }

    private mutating func endMenu() {
        if let menu { menus.append(menu) }
        menu = nil
    }

    private func problem(_ reason: String) -> Problem { Problem(line: line, reason: reason) }

    private mutating func read(_ keyword: Substring, _ words: inout ArraySlice<Substring>) throws(Problem) {
        if keyword == "duplicate" {
            menu?.duplicate = words.joined(separator: " ")
            return
        }
        let isOfRelease = try takeReleases(&words)
        if keyword == "menu" {
            endMenu()
            guard words.count == 2, let path = words.first, path.hasPrefix("/"),
                let shape = words.last.flatMap({ Menu.Shape(rawValue: String($0)) })
            else { throw problem("a menu has a path and a shape") }
            if isOfRelease { menu = Menu(String(path), shape) }
            return
        }
        guard isOfRelease, menu != nil else { return }
        switch keyword {
        case "verbs":
            menu?.verbs.formUnion(words.map(String.init))
        case "prints":
            menu?.prints.formUnion(words.map(String.init))
        case "dynamic":
            guard let rows = words.first.flatMap({ Menu.DynamicRows(rawValue: String($0)) }) else {
                throw problem("dynamic rows are fixed, removable or editable")
            }
            menu?.dynamicRows = rows
        case "needs":
            guard let policy = words.popFirst().flatMap({ Policy(rawValue: String($0)) }) else {
                throw problem("no such policy")
            }
            for verb in words { menu?.policies[String(verb)] = policy }
        case "key":
            var key: [Int] = []
            for name in words {
                guard let column = menu?.column(String(name)) else { throw problem("no column \(name) above") }
                key.append(column)
            }
            menu?.key = key
        case "argument":
            guard let verb = words.popFirst() else { throw problem("an argument belongs to a verb") }
            let argument = try column(.setting, &words)
            menu?.arguments[String(verb), default: []].append(argument)
        case "setting", "counter", "fact":
            guard let role = Column.Role(rawValue: String(keyword)) else { return }
            let column = try column(role, &words)
            guard menu?.column(column.name) == nil else { throw problem("\(column.name) is there already") }
            menu?.append(column)
        case "row":
            try readRow(&words)
        default:
            throw problem("\"\(keyword)\" is no keyword")
        }
    }

    /// Takes `since` and `until` off the end; whether the release is between them.
    private func takeReleases(_ words: inout ArraySlice<Substring>) throws(Problem) -> Bool {
        var isOfRelease = true
        while words.count >= 2, let text = words.last {
            let keyword = words[words.endIndex - 2]
            guard keyword == "since" || keyword == "until" else { break }
            guard let version = RouterOSVersion(routerOS: String(text)) else { throw problem("\(text) is no version") }
            let isLine = text.split(separator: ".").count == 2
            let end = isLine ? RouterOSVersion(version.major, version.minor, 9_999) : version
            isOfRelease = isOfRelease && (keyword == "since" ? version <= release : release <= end)
            words = words.dropLast(2)
        }
        return isOfRelease
    }

    private func column(_ role: Column.Role, _ words: inout ArraySlice<Substring>) throws(Problem) -> Column {
        guard let name = words.popFirst(), let text = words.popFirst() else {
            throw problem("a column has a name and a kind")
        }
        guard let kind = ValueKind(text) else { throw problem("\(text) is no kind") }
        var column = Column(String(name), kind, role)
        while let word = words.popFirst() {
            switch word {
            case "required": column.isRequired = true
            case "sensitive": column.isSensitive = true
            case "hidden": column.isHidden = true
            case "volatile": column.isVolatile = true
            case "default":
                column.initial = try value(words.popFirst())
                // An empty set of switches names them all.
                if case .switches = kind { column.initial = column.initial.flatMap { kind.canonical($0) } }
                column.absence = nil
            case "absent": column.absence = try value(words.popFirst())
            case "with": column.showsWith = words.popFirst().map(String.init)
            case "when":
                guard let condition = words.popFirst(), let sign = condition.firstIndex(of: "="),
                    let other = menu?.column(String(condition[..<sign]))
                else { throw problem("a condition names a column above and its value") }
                column.condition = (other, try value(condition[sign...].dropFirst()))
            default: throw problem("\"\(word)\" says nothing of a column")
            }
        }
        return column
    }

    private mutating func readRow(_ words: inout ArraySlice<Substring>) throws(Problem) {
        guard let menu, let id = words.popFirst().flatMap({ RowID.number(WireText(String($0))) }) else {
            throw problem("a row has an id")
        }
        var values = menu.columns.map(\.initial)
        for word in words {
            guard let sign = word.firstIndex(of: "="), let column = menu.column(String(word[..<sign])) else {
                throw problem("\"\(word)\" names no column")
            }
            values[column] = try value(word[sign...].dropFirst())
        }
        self.menu?.firstRows.append((id, values))
    }

    private func value(_ text: Substring?) throws(Problem) -> WireText {
        if text == "\"\"" { return "" }
        if text == "@release" { return WireText("\(release)") }
        guard let text, let value = WireText(escaped: Array(text.utf8)[...]) else {
            throw problem("a value is missing")
        }
        return value
    }
}
