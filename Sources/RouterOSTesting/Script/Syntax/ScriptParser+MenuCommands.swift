extension ScriptParser {
    /// A command of a menu, or of the language by its bare name; nil for a path alone, which only changes the menu.
    mutating func menuCommand(from base: ScriptMenus.Node) throws(ScriptError) -> ScriptStatement.Kind? {
        var node = base
        var isFirst = !isAfterSlash
        while true {
            skipPathBlanks()
            let start = index
            if byte == UInt8(ascii: "{") {
                return .block(
                    try nested { (parser) throws(ScriptError) in
                        parser.menu = node
                        return try parser.braced()
                    }
                )
            }
            if isAtEnd {
                menu = node
                return nil
            }
            if starts(with: "..") {
                index += 2
                node = menus.parent(of: node)
                isFirst = false
                continue
            }
            let word = take { $0.isWordByte }.description
            guard !word.isEmpty else { throw syntaxError() }
            switch menus.meaning(of: word, in: node) {
            case .menu(let child): node = child
            case .verb(let verb): return try verbCommand(verb, in: node)
            case nil:
                if menus.path(of: node).isEmpty, word == "log" { return try logCommand() }
                if menus.path(of: node) == "/log" {
                    index = start
                    return try logCommand()
                }
                guard isFirst, let command = ScriptCommandName(abbreviation: word) else {
                    throw badCommand(word, at: start)
                }
                return try globalCommand(command)
            }
            isFirst = false
        }
    }

    private var isAfterSlash: Bool { index > 0 && source[index - 1] == UInt8(ascii: "/") }

    /// Words of a path have blanks or a slash between them.
    private mutating func skipPathBlanks() {
        skipBlanks()
        if skip("/") { skipBlanks() }
    }

    /// `/log info "…"`, which is there whether or not the router's menus are.
    private mutating func logCommand() throws(ScriptError) -> ScriptStatement.Kind {
        skipPathBlanks()
        return try globalCommand(.log)
    }

    private mutating func verbCommand(_ verb: String, in node: ScriptMenus.Node) throws(ScriptError)
        -> ScriptStatement.Kind
    {
        let around = menu
        // What is in brackets among the arguments begins in the command's own menu.
        menu = node
        defer { menu = around }
        switch verb {
        case "find": return try find(in: node)
        case "print": return try print(in: node)
        case "get": return try get(in: node)
        case "export", "edit":
            try skipArguments()
            return .beyond("the command \(menus.path(of: node)) \(verb)")
        default:
            return .command(node, verb: verb, try menuArguments(in: node))
        }
    }

    private mutating func find(in node: ScriptMenus.Node) throws(ScriptError) -> ScriptStatement.Kind {
        _ = takeWord("where")
        return .scan(ScriptScan(node: node, purpose: .ids, filter: try condition()))
    }

    private mutating func print(in node: ScriptMenus.Node) throws(ScriptError) -> ScriptStatement.Kind {
        var scan = ScriptScan(node: node, purpose: .text)
        var beyond: String?
        while true {
            skipBlanks()
            if isAtEnd { break }
            if takeWord("where") {
                scan.filter = try condition()
                break
            }
            let start = index
            if let name = argumentName() {
                let value = try argument(quoting: true)
                switch name {
                case "proplist", ".proplist": scan.attributes = value
                case "from", "numbers": scan.numbers = value
                default: beyond = name.description
                }
                continue
            }
            let word = take { $0.isWordByte }
            switch word {
            case "as-value": scan.purpose = .values
            case "count-only": scan.purpose = .count
            case "brief", "detail", "terse", "value-list", "without-paging", "show-ids", "stats", "once": break
            case "follow", "follow-only", "append", "follow-strict": beyond = word.description
            default:
                index = start
                scan.numbers = try argument(quoting: true)
                if index == start { throw endExpected() }
            }
        }
        return beyond.map { .beyond("print \($0)") } ?? .scan(scan)
    }

    private mutating func get(in node: ScriptMenus.Node) throws(ScriptError) -> ScriptStatement.Kind {
        var number: ScriptExpression?
        var attribute: ScriptExpression?
        for argument in try menuArguments(in: node) {
            switch argument.name {
            case "number", "numbers", ".id": number = argument.value
            case "value-name": attribute = argument.value
            case nil where number == nil && menus[node].isTable: number = argument.value
            case nil where attribute == nil: attribute = argument.value
            default: throw endExpected()
            }
        }
        return .get(node, number: number, name: attribute)
    }

    /// Arguments up to the end of a command: `name=value`, `!name`, `as-value` and values without a name.
    private mutating func menuArguments(in node: ScriptMenus.Node) throws(ScriptError) -> [ScriptArgument] {
        var arguments: [ScriptArgument] = []
        while true {
            skipBlanks()
            if isAtEnd { return arguments }
            let start = index
            if skip("!") {
                let name = take { $0.isWordByte || $0 == UInt8(ascii: ".") }
                arguments.append(ScriptArgument(name: WireText("!\(name)"), value: .literal(.text(""))))
            } else if let name = argumentName() {
                guard let whole = Self.argument(name.description, of: menus[node]) else {
                    index = start
                    throw endExpected()
                }
                skipBlanksBeforeBrackets()
                arguments.append(ScriptArgument(name: WireText(whole), value: try argument(quoting: true)))
            } else if takeWord("as-value") {
                arguments.append(ScriptArgument(name: "as-value", value: .literal(.text(""))))
            } else {
                arguments.append(ScriptArgument(name: nil, value: try argument(quoting: true)))
                if index == start { throw endExpected() }
            }
        }
    }

    private static func argument(_ name: String, of menu: ScriptMenu) -> String? {
        switch name {
        case "numbers", "number", "value-name", "copy-from", "place-before", "as-value", "destination": name
        default: menu.argument(name)
        }
    }

    /// `name= [find]` is read as `name=[find]`.
    private mutating func skipBlanksBeforeBrackets() {
        let start = index
        skipBlanks()
        guard let byte, [UInt8(ascii: "["), UInt8(ascii: "(")].contains(byte) else {
            index = start
            return
        }
    }

    /// Steps over a word that is here whole.
    private mutating func takeWord(_ word: StaticString) -> Bool {
        skipBlanks()
        let next = peek(word.utf8CodeUnitCount)
        guard starts(with: word), next?.isWordByte != true, next != UInt8(ascii: "=") else { return false }
        index += word.utf8CodeUnitCount
        return true
    }
}
