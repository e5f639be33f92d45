extension ScriptParser {
    /// `(…)`, of which the parenthesis is here.
    mutating func parentheses() throws(ScriptError) -> ScriptExpression {
        try expect("(")
        return try parenthesized { (parser) throws(ScriptError) in
            parser.skipBlanks()
            // `()` is nothing.
            if parser.skip(")") { return .literal(.nothing) }
            let expression = try parser.expression()
            parser.skipBlanks()
            try parser.expect(")")
            return expression.asAttribute
        }
    }

    /// A condition on rows: `name="x" disabled=no`, `dynamic && comment~"^vc"`.
    mutating func condition() throws(ScriptError) -> ScriptExpression? {
        let isAround = isCondition
        isCondition = true
        defer { isCondition = isAround }
        skipBlanks()
        guard !isAtEnd else { return nil }
        let first = try expression().asAttribute
        var links: [ScriptLink] = []
        while true {
            skipBlanks()
            if isAtEnd { break }
            // What only stands behind another condition has to hold as well.
            let position = position()
            links.append(ScriptLink(operation: .both, operand: try expression().asAttribute, position: position))
        }
        return links.isEmpty ? first : .chain(first, links)
    }

    /// Values with operators between them, of which those of looser levels are left to whoever called.
    ///
    /// Operators of one level make one chain from left to right, so that a long one is not deep.
    private mutating func expression(from loosest: Int = 0) throws(ScriptError) -> ScriptExpression {
        var expression = try unary()
        var links: [ScriptLink] = []
        var chained = 0
        while true {
            skipBlanks()
            let position = position()
            guard let (operation, level) = takeOperator(from: loosest) else { break }
            skipBlanks()
            let operand = try deeper { (parser) throws(ScriptError) in try parser.expression(from: level + 1) }
            if links.isEmpty {
                // To the left of an operator a word names an attribute, to the right of a comparison it is itself.
                expression = expression.asAttribute
            } else if level != chained {
                expression = .chain(expression, links)
                links = []
            }
            chained = level
            links.append(
                ScriptLink(
                    operation: operation,
                    operand: operation.isComparison ? operand.asLiteral : operand.asAttribute,
                    position: position
                )
            )
        }
        return links.isEmpty ? expression : .chain(expression, links)
    }

    private mutating func takeOperator(from loosest: Int) -> (ScriptOperator, level: Int)? {
        let levels = isCondition && !isParenthesized ? ScriptOperator.filterLevels : ScriptOperator.levels[...]
        for (level, operators) in levels.enumerated().dropFirst(loosest) {
            for (spelling, operation) in operators where starts(with: spelling) {
                let next = peek(spelling.utf8CodeUnitCount)
                switch operation {
                case .either, .both, .within:
                    // `or` is one only as a word.
                    if byte?.isNameByte == true, next?.isWordByte == true { continue }
                case .bitOr where next == UInt8(ascii: "|"), .bitAnd where next == UInt8(ascii: "&"),
                    .subtract where next == UInt8(ascii: ">"), .less where next == UInt8(ascii: "<"),
                    .greater where next == UInt8(ascii: ">"):
                    continue
                default: break
                }
                index += spelling.utf8CodeUnitCount
                return (operation, level)
            }
        }
        return nil
    }

    /// Signs in front, from the innermost: `!($a)`, `-5`, `not $b`.
    private mutating func unary() throws(ScriptError) -> ScriptExpression {
        var signs: [(operation: ScriptOperator, position: SourcePosition)] = []
        while true {
            skipBlanks()
            let position = position()
            if starts(with: "not"), peek(3)?.isWordByte != true {
                index += 3
                signs.append((.not, position))
            } else if skip("!") {
                signs.append((.not, position))
            } else if byte == UInt8(ascii: "-"), !isCondition || isParenthesized {
                index += 1
                signs.append((.subtract, position))
            } else if skip("~") {
                signs.append((.matches, position))
            } else {
                break
            }
            guard signs.count <= ScriptLimits.nesting else { throw syntaxError() }
        }
        var expression = try deeper(by: signs.count) { (parser) throws(ScriptError) in try parser.element() }
        for sign in signs.reversed() {
            expression = .unary(sign.operation, expression.asAttribute, sign.position)
        }
        return expression
    }

    /// `$array->"key"->0`.
    private mutating func element() throws(ScriptError) -> ScriptExpression {
        let first = try primary()
        let keys = try elementKeys()
        guard !keys.isEmpty else { return first }
        return .chain(
            first.asAttribute,
            keys.map { ScriptLink(operation: .element, operand: $0.key, position: $0.position) }
        )
    }

    /// `->"key"->0`.
    mutating func elementKeys() throws(ScriptError) -> [(key: ScriptExpression, position: SourcePosition)] {
        var keys: [(key: ScriptExpression, position: SourcePosition)] = []
        while true {
            let start = index
            skipBlanks()
            guard starts(with: "->") else {
                index = start
                return keys
            }
            index += 2
            skipBlanks()
            keys.append((try primary().asLiteral, position(start)))
        }
    }

    private mutating func primary() throws(ScriptError) -> ScriptExpression {
        switch byte {
        case UInt8(ascii: "\""): return try string()
        case UInt8(ascii: "$"): return try variable()
        case UInt8(ascii: "["): return .substitution(try bracketed())
        case UInt8(ascii: "("): return try parentheses()
        case UInt8(ascii: "{"): return try arrayLiteral()
        default:
            let word = isCondition ? take { !Self.endsConditionWord($0) } : bareWord()
            guard !word.isEmpty else { throw syntaxError() }
            return isCondition ? .word(word) : .literal(ScriptValue(word: word))
        }
    }

    /// A word among operators: as much as can be one value.
    private mutating func bareWord() -> WireText {
        if byte == UInt8(ascii: "*"), peek(1)?.hexadecimalValue != nil {
            index += 1
            return WireText([UInt8(ascii: "*")] + take { $0.hexadecimalValue != nil }.bytes)
        }
        let start = index
        guard let first = byte, first.isNameByte || first == UInt8(ascii: "_") || first == UInt8(ascii: ":") else {
            return ""
        }
        while let byte {
            switch byte {
            case UInt8(ascii: "."):
                // Between digits only: elsewhere it is an operator, as is a slash that is not behind an address.
                guard first.isDigit, peek(1)?.isDigit == true else { return WireText(source[start..<index]) }
            case UInt8(ascii: "/"):
                let word = WireText(source[start..<index])
                guard peek(1)?.isDigit == true, ScriptValue.readAddress(word) != nil else { return word }
            case UInt8(ascii: "-"):
                guard !first.isDigit, peek(1)?.isNameByte == true, peek(1)?.isDigit == false else {
                    return WireText(source[start..<index])
                }
            case UInt8(ascii: ":"), UInt8(ascii: "_"): break
            default:
                guard byte.isNameByte else { return WireText(source[start..<index]) }
            }
            index += 1
        }
        return WireText(source[start..<index])
    }

    private static func endsConditionWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: ";"), UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "}"),
            UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "{"),
            UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "~"),
            UInt8(ascii: "&"), UInt8(ascii: "|"), UInt8(ascii: ","):
            true
        default: false
        }
    }
}
