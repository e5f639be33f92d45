extension QueryExpression {
    /// Runs query words, each with its `?`, as a router does, on terms instead of truth values.
    ///
    /// The stack begins as an endless supply of `true`, and a row passes when no `false` is left on it.
    init(words: [ArraySlice<UInt8>]) {
        var stack: [Term] = []
        for word in words {
            let body = word.dropFirst()
            if body.first == UInt8(ascii: "#") {
                operate(body.dropFirst(), on: &stack)
            } else {
                stack.append(append(Query.Condition(word: word)))
            }
        }
        root = stack.reduce(.constant(true)) { join(.and, $0, $1) }
    }

    /// Whether a word has operators that no manual knows; they are passed over.
    static func hasUnknownOperators(_ word: ArraySlice<UInt8>) -> Bool {
        word.starts(with: "?#".utf8) && !word.dropFirst(2).allSatisfy { "0123456789.!&|".utf8.contains($0) }
    }

    /// Runs the operators of one word, from left to right.
    private mutating func operate(_ operators: ArraySlice<UInt8>, on stack: inout [Term]) {
        var rest = operators
        while let symbol = rest.first {
            let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
            if !digits.isEmpty {
                rest = rest[digits.endIndex...]
                let term = Self.element(digits, of: stack)
                guard let next = rest.first else {
                    stack = [term]
                    return
                }
                stack.append(term)
                // Ends the index and does nothing else.
                if next == UInt8(ascii: ".") { rest = rest.dropFirst() }
                continue
            }
            rest = rest.dropFirst()
            switch symbol {
            case UInt8(ascii: "!"): stack.append(not(Self.pop(&stack)))
            case UInt8(ascii: "&"), UInt8(ascii: "|"):
                let (right, left) = (Self.pop(&stack), Self.pop(&stack))
                stack.append(join(symbol == Junction.and.symbol ? .and : .or, left, right))
            case UInt8(ascii: "."): stack.append(stack.last ?? .constant(true))
            default: break
            }
        }
    }

    private static func pop(_ stack: inout [Term]) -> Term { stack.popLast() ?? .constant(true) }

    /// The element so many places below the top; below the bottom everything is true.
    private static func element(_ digits: ArraySlice<UInt8>, of stack: [Term]) -> Term {
        // An index too large for a number is as far below the bottom as any other.
        guard let index = Int(String(decoding: digits, as: UTF8.self)), index < stack.count else {
            return .constant(true)
        }
        return stack[stack.count - 1 - index]
    }
}
