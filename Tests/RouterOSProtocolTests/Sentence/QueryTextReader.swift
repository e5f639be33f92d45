/// Reads the text of a query and decides a row by it, which proves that the text says what the words do.
struct QueryTextReader {
    private enum Token: Equatable {
        case word(String)
        case quoted(String)
        case symbol(Character)
    }

    private var tokens: [Token]
    private let row: [String: Int]

    /// Whether a row passes the text; nil when it cannot be read.
    static func passes(_ text: String, _ row: [String: Int]) -> Bool? {
        if text == "every row" { return true }
        if text == "no row" { return false }
        var reader = QueryTextReader(tokens: tokens(of: text).reversed(), row: row)
        let value = reader.alternatives()
        return reader.tokens.isEmpty ? value : nil
    }

    private static func tokens(of text: String) -> [Token] {
        var tokens: [Token] = []
        var rest = Substring(text)
        while let first = rest.first {
            rest.removeFirst()
            switch first {
            case " ": continue
            case "(", ")", "=", "<", ">": tokens.append(.symbol(first))
            case "\"":
                tokens.append(.quoted(String(rest.prefix { $0 != "\"" })))
                rest = rest.drop { $0 != "\"" }.dropFirst()
            default:
                let word = rest.prefix { $0.isLetter || $0 == "-" }
                tokens.append(.word(String(first) + word))
                rest = rest[word.endIndex...]
            }
        }
        return tokens
    }

    private mutating func take(_ token: Token) -> Bool {
        guard tokens.last == token else { return false }
        tokens.removeLast()
        return true
    }

    private mutating func alternatives() -> Bool? {
        guard var value = conjunction() else { return nil }
        while take(.word("or")) {
            guard let next = conjunction() else { return nil }
            value = value || next
        }
        return value
    }

    private mutating func conjunction() -> Bool? {
        guard var value = negation() else { return nil }
        while take(.word("and")) {
            guard let next = negation() else { return nil }
            value = value && next
        }
        return value
    }

    private mutating func negation() -> Bool? {
        if take(.word("not")) { return negation().map { !$0 } }
        if take(.symbol("(")) {
            let value = alternatives()
            return take(.symbol(")")) ? value : nil
        }
        return condition()
    }

    private mutating func condition() -> Bool? {
        guard case .word(let name) = tokens.popLast() else { return nil }
        switch tokens.popLast() {
        case .word("present"): return row[name] != nil
        case .word("absent"): return row[name] == nil
        case .symbol(let symbol):
            guard case .quoted(let text) = tokens.popLast(), let value = Int(text) else { return nil }
            guard let own = row[name] else { return false }
            return symbol == "=" ? own == value : symbol == "<" ? own < value : own > value
        default: return nil
        }
    }
}
