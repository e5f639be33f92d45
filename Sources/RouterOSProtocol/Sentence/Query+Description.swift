extension Query: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What the words mean, values that are secrets left out: `profile = "3h" and not (comment present or uptime > "1h")`.
    ///
    /// Words with operators that no manual knows follow in brackets as they are. What takes more than a few thousand
    /// characters to say ends in `…`.
    public var description: String {
        // From the words, so that equal queries read the same, however they were put together.
        var text = QueryText.text(of: QueryExpression(words: words))
        for word in words where QueryExpression.hasUnknownOperators(word) {
            guard text.utf8.count <= QueryText.longest else { return text.hasSuffix("…") ? text : text + "…" }
            text += " [\(QueryText.beginning(of: Redaction.printable(word)))]"
        }
        return text
    }

    /// As ``description``.
    public var debugDescription: String { description }

    /// The words, values that are secrets left out.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: words.map { Redaction.printable($0) }) }
}

extension Query.Condition: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The condition as text, its value left out when it is a secret: `uptime > "1h"`.
    ///
    /// A name or a value of more than a thousand characters ends in `…`.
    public var description: String {
        switch comparison {
        case .present: "\(QueryText.name(name)) present"
        case .absent: "\(QueryText.name(name)) absent"
        case .equal: "\(QueryText.name(name)) = \(operand)"
        case .less: "\(QueryText.name(name)) < \(operand)"
        case .greater: "\(QueryText.name(name)) > \(operand)"
        }
    }

    /// As ``description``.
    public var debugDescription: String { description }

    /// The condition as text, its value left out when it is a secret.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: [description]) }

    private var operand: String {
        if Redaction.isSecret(name) { return Redaction.placeholder }
        return QueryText.beginning(of: RouterOSText.decode(value)).debugDescription
    }
}

/// Writes expressions as text, with no more parentheses than they need.
private enum QueryText {
    /// What the text of a node stands in, the tightest last.
    private enum Surroundings: Int {
        case or
        case and
        case not
    }

    private enum Piece {
        case text(String)
        case node(Int, Surroundings)
    }

    static let longest = 4_096

    /// The text, or what of it fits with the conditions around it.
    static func beginning(of text: String) -> String {
        guard text.unicodeScalars.count > longest / 4 else { return text }
        return String(text.unicodeScalars.prefix(longest / 4)) + "…"
    }

    static func text(of expression: QueryExpression) -> String {
        guard case .node(let root) = expression.root else {
            return expression.root == .constant(true) ? "every row" : "no row"
        }
        let uses = expression.uses()
        var text = ""
        // A stack of its own instead of recursion: words of others nest as deep as they please.
        var pieces = [Piece.node(root, .or)]
        while let piece = pieces.popLast() {
            switch piece {
            case .text(let piece): text += piece
            case .node(let index, let surroundings):
                expand(index, surroundings, of: expression, uses, into: &pieces)
            }
            if text.utf8.count > longest { return text + "…" }
        }
        return text
    }

    private static func expand(
        _ index: Int,
        _ surroundings: Surroundings,
        of expression: QueryExpression,
        _ uses: [Int],
        into pieces: inout [Piece]
    ) {
        switch expression.nodes[index] {
        case .condition(let place):
            pieces.append(.text(expression.conditions[place].description))
        case .not(let part):
            pieces.append(.node(part, .not))
            pieces.append(.text("not "))
        case .junction:
            guard let (junction, parts) = expression.operands(of: index, isWhole: { uses[$0] > 1 }) else { return }
            let inner: Surroundings = junction == .and ? .and : .or
            let isEnclosed = surroundings.rawValue > inner.rawValue
            let separator = junction == .and ? " and " : " or "
            if isEnclosed { pieces.append(.text(")")) }
            for (position, part) in parts.enumerated().reversed() {
                pieces.append(.node(part, inner))
                if position > 0 { pieces.append(.text(separator)) }
            }
            if isEnclosed { pieces.append(.text("(")) }
        }
    }

    /// A name as it is, or quoted when it could be taken for something else.
    static func name(_ name: String) -> String {
        // Words of others can hold what looks like an assignment behind a `-`.
        let name = beginning(of: Redaction.printable(Array(name.utf8)[...]))
        let isPlain = name.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
        }
        let isKeyword = ["", "and", "or", "not", "present", "absent"].contains(name)
        return isPlain && !isKeyword ? name : name.debugDescription
    }
}
