extension ScriptParser {
    /// A command of the language itself, of which the name is here.
    mutating func globalCommand() throws(ScriptError) -> ScriptStatement.Kind {
        let start = index
        let word = take { $0.isWordByte }.description
        guard let command = ScriptCommandName(abbreviation: word) else { throw badCommand(word, at: start) }
        return try globalCommand(command)
    }

    /// The rest of a command of the language itself.
    mutating func globalCommand(_ command: ScriptCommandName) throws(ScriptError) -> ScriptStatement.Kind {
        skipBlanks()
        switch command {
        case .local, .global:
            let name = try declaredName()
            return .declare(name, isGlobal: command == .global, try assignedValue())
        case .set: return try assignment()
        case .if: return try conditional()
        case .while:
            let condition = try argument(quoting: false)
            let bodies = try bodies(["do"])
            guard let body = bodies[0] else { throw syntaxError() }
            return .whileLoop(condition, body)
        case .do:
            let body = try body()
            let rest = try bodies(["while", "on-error"])
            return .doBlock(body, while: rest[0], onError: rest[1])
        case .for: return try countingLoop()
        case .foreach: return try elementLoop()
        case .onerror:
            let name = try name()
            let bodies = try bodies(["in", "do"], holdingCommands: ["in", "do"])
            guard let tried = bodies[0], let handler = bodies[1] else { throw syntaxError() }
            return .onError(name, in: tried, handler)
        case .time: return .time(try body())
        default: return try call(command)
        }
    }

    /// The name behind `:local`; `$` before it is let pass, as the router does.
    private mutating func declaredName() throws(ScriptError) -> WireText {
        _ = skip("$")
        let name = try name()
        // A name with other characters needs quotes.
        guard
            isAtEnd || byte == UInt8(ascii: ",")
                || byte.map({ $0 <= UInt8(ascii: " ") || $0 == UInt8(ascii: "\\") }) == true
        else { throw endExpected() }
        return name
    }

    /// The value behind a variable's name; nil where the command ends.
    private mutating func assignedValue() throws(ScriptError) -> ScriptExpression? {
        skipBlanks()
        if isAtEnd { return nil }
        let start = index
        if let name = argumentName() {
            if name == "do" { return try body() }
            if name == "value" { return try argument(quoting: false) }
            index = start
        }
        return try argument(quoting: false)
    }

    /// `:set name value`, `:set ($array->"key") value`.
    private mutating func assignment() throws(ScriptError) -> ScriptStatement.Kind {
        guard byte == UInt8(ascii: "(") else {
            let name = try declaredName()
            return .assign(name, [], try assignedValue())
        }
        index += 1
        let (name, keys) = try parenthesized { (parser) throws(ScriptError) in
            parser.skipBlanks()
            try parser.expect("$")
            let name = try parser.name()
            let keys = try parser.elementKeys().map(\.key)
            parser.skipBlanks()
            try parser.expect(")")
            return (name, keys)
        }
        return .assign(name, keys, try assignedValue())
    }

    /// `:if (condition) do={…} else={…}`.
    private mutating func conditional() throws(ScriptError) -> ScriptStatement.Kind {
        let condition = try argument(quoting: false)
        let bodies = try bodies(["do", "else"])
        return .conditional(condition, then: bodies[0], otherwise: bodies[1])
    }

    private mutating func countingLoop() throws(ScriptError) -> ScriptStatement.Kind {
        let name = try declaredName()
        let given = try bodies(["from", "to", "step", "do"])
        guard let from = given[0], let to = given[1], let body = given[3] else { throw syntaxError() }
        return .count(name, from: from, to: to, step: given[2], body)
    }

    private mutating func elementLoop() throws(ScriptError) -> ScriptStatement.Kind {
        var names = [try declaredName()]
        while skip(",") {
            skipBlanks()
            names.append(try declaredName())
        }
        let given = try bodies(["in", "do"])
        guard names.count <= 2, let array = given[0], let body = given[1] else { throw syntaxError() }
        return .each(names, in: array, body)
    }

    /// The values of named parameters in any order, up to the end of the command.
    ///
    /// Braces hold commands behind some of the names, and an array behind the others.
    private mutating func bodies(
        _ names: [WireText],
        holdingCommands bodies: [WireText] = ["do", "else", "on-error"]
    ) throws(ScriptError) -> [ScriptExpression?] {
        var values = [ScriptExpression?](repeating: nil, count: names.count)
        while true {
            skipBlanks()
            if isAtEnd { return values }
            let start = index
            // `in [find]` is read as `in=[find]`.
            let name = argumentName() ?? take { $0.isWordByte }
            guard let place = names.firstIndex(of: name), values[place] == nil else {
                index = start
                throw endExpected()
            }
            skipBlanks()
            values[place] = bodies.contains(name) ? try body() : try argument(quoting: false)
        }
    }

    /// A command that takes values and gives one.
    private mutating func call(_ command: ScriptCommandName) throws(ScriptError) -> ScriptStatement.Kind {
        guard let parameters = command.parameters else {
            try skipArguments()
            return .beyond("the command :\(command.rawValue)")
        }
        var values = [ScriptExpression?](repeating: nil, count: parameters.count)
        var places = parameters.indices.makeIterator()
        while true {
            skipBlanks()
            if isAtEnd { break }
            let start = index
            if let name = argumentName() {
                guard let place = parameters.firstIndex(where: { $0.hasPrefix(name.description) }) else {
                    index = start
                    // A word with `=` in it is a value as well.
                    guard let place = places.next() else { throw endExpected() }
                    values[place] = try argument(quoting: false)
                    continue
                }
                values[place] = try argument(quoting: false)
            } else if command == .execute, starts(with: "as-string") {
                index += 9
                values[2] = .literal(.boolean(true))
            } else {
                guard let place = places.next() else { throw endExpected() }
                values[place] =
                    command == .execute && byte == UInt8(ascii: "{")
                    ? .literal(.string(try bracedText())) : try argument(quoting: false)
            }
        }
        for place in 0..<command.required where values[place] == nil {
            throw ScriptFault("missing value(s) of argument(s) \(parameters[place])", .syntax).at(position())
        }
        return .call(command, values)
    }

    /// The text between braces, which is checked and not run here.
    private mutating func bracedText() throws(ScriptError) -> WireText {
        let start = index + 1
        _ = try braced()
        return WireText(source[start..<(index - 1)])
    }

    /// Reads what a command is given that is not simulated.
    mutating func skipArguments() throws(ScriptError) {
        while true {
            skipBlanks()
            if isAtEnd { return }
            _ = argumentName()
            _ = byte == UInt8(ascii: "{") ? try body() : try argument(quoting: true)
        }
    }
}
