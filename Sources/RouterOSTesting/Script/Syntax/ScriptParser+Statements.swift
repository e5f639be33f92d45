extension ScriptParser {
    /// Commands up to a closing bracket, which stays, or up to the end.
    mutating func statements(until closing: UInt8?) throws(ScriptError) -> ScriptBlock {
        var block = ScriptBlock()
        while true {
            skipSeparators()
            if byte == nil || byte == closing { return block }
            if let statement = try statement() { block.statements.append(statement) }
            skipBlanks()
            switch byte {
            case nil, UInt8(ascii: ";"), UInt8(ascii: "\n"), closing: continue
            default: throw endExpected()
            }
        }
    }

    /// `{…}`, of which the brace is here.
    mutating func braced() throws(ScriptError) -> ScriptBlock {
        try expect("{")
        return try nested { (parser) throws(ScriptError) in
            let block = try parser.statements(until: UInt8(ascii: "}"))
            try parser.expect("}")
            return block
        }
    }

    /// `[…]`, of which the bracket is here.
    mutating func bracketed() throws(ScriptError) -> ScriptBlock {
        try expect("[")
        return try nested { (parser) throws(ScriptError) in
            let block = try parser.statements(until: UInt8(ascii: "]"))
            try parser.expect("]")
            return block
        }
    }

    private mutating func skipSeparators() {
        while true {
            skipBlanks()
            switch byte {
            case UInt8(ascii: ";"), UInt8(ascii: "\n"): index += 1
            case UInt8(ascii: "#"): _ = take { $0 != UInt8(ascii: "\n") }
            default: return
            }
        }
    }

    /// One command; nil for a path alone, which only changes the menu.
    private mutating func statement() throws(ScriptError) -> ScriptStatement? {
        let start = index
        let kind: ScriptStatement.Kind?
        switch byte {
        case UInt8(ascii: "{"): kind = .block(try braced())
        case UInt8(ascii: "["), UInt8(ascii: "("): kind = .expression(try argument(quoting: false))
        case UInt8(ascii: "$"): kind = try invocation()
        case UInt8(ascii: ":"):
            index += 1
            skipBlanks()
            kind = try globalCommand()
        case UInt8(ascii: "/"):
            index += 1
            skipBlanks()
            kind = skip(":") ? try globalCommand() : try menuCommand(from: ScriptMenus.root)
        default:
            guard let first = byte, first.isNameByte || starts(with: "..") else { throw syntaxError() }
            kind = try menuCommand(from: menu)
        }
        return kind.map { ScriptStatement(kind: $0, position: position(start)) }
    }

    /// `$function name=value value`.
    private mutating func invocation() throws(ScriptError) -> ScriptStatement.Kind {
        let callee = try variable()
        var arguments: [ScriptArgument] = []
        while true {
            skipBlanks()
            if isAtEnd { return .invoke(callee, arguments) }
            if let name = argumentName() {
                arguments.append(ScriptArgument(name: name, value: try argument(quoting: false)))
            } else {
                arguments.append(ScriptArgument(name: nil, value: try argument(quoting: false)))
            }
        }
    }

    /// A name with `=` behind it, both of which are stepped over.
    mutating func argumentName() -> WireText? {
        let start = index
        let name = take { $0.isWordByte || $0 == UInt8(ascii: ".") }
        if !name.isEmpty, skip("=") { return name }
        index = start
        return nil
    }
}
