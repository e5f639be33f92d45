import RouterOSProtocol

/// The input is a row of four attributes and an expression; the words it compiles to are run on a stack machine as the
/// manual describes it.
enum QueryTarget {
    static func check(_ input: [UInt8]) throws(BrokenLaw) {
        var input = FuzzInput(input)
        var row: [String: Int] = [:]
        for name in names {
            let value = input.byte()
            if value & 1 == 1 { row[name] = Int(value >> 1 & 3) }
        }
        let (query, isTrue) = expression(&input, depth: 0, row)
        let words = query.words.map { String(decoding: $0, as: UTF8.self) }
        try law(words.allSatisfy { $0.hasPrefix("?") && $0.count > 1 }, "no query word: \(words)")
        let selects = try stack(words, row)
        try law(selects == isTrue, "\(words) selects \(row): \(selects), it should be \(isTrue)")
    }

    private static let names = ["a", "b", "c", "d"]

    /// An expression of the input's choosing, and whether it holds for `row`.
    private static func expression(_ input: inout FuzzInput, depth: Int, _ row: [String: Int]) -> (Query, Bool) {
        let choice = input.byte()
        let name = names[Int(choice >> 4 & 3)]
        let value = Int(choice >> 6)
        switch choice & 0x0F {
        case 0, 1: return (.present(name), row[name] != nil)
        case 2: return (.absent(name), row[name] == nil)
        case 3, 4: return (.equal(name, "\(value)"), row[name] == value)
        case 5: return (.less(name, than: "\(value)"), row[name].map { $0 < value } ?? false)
        case 6: return (.greater(name, than: "\(value)"), row[name].map { $0 > value } ?? false)
        case _ where depth > 6 || input.isAtEnd: return (.present(name), row[name] != nil)
        case 7, 8:
            let parts = (0..<Int(choice >> 4 & 7)).map { _ in expression(&input, depth: depth + 1, row) }
            return (.any(parts.map(\.0)), parts.contains { $0.1 })
        case 9, 10:
            let (inner, isTrue) = expression(&input, depth: depth + 1, row)
            return (!inner, !isTrue)
        case 11...13:
            let left = expression(&input, depth: depth + 1, row)
            let right = expression(&input, depth: depth + 1, row)
            return (left.0 && right.0, left.1 && right.1)
        default:
            let left = expression(&input, depth: depth + 1, row)
            let right = expression(&input, depth: depth + 1, row)
            return (left.0 || right.0, left.1 || right.1)
        }
    }

    /// Runs query words as a router does: a stack of truth values that never runs out of `true`, and no `false` at the end.
    private static func stack(_ words: [String], _ row: [String: Int]) throws(BrokenLaw) -> Bool {
        var stack: [Bool] = []
        for word in words {
            let body = word.dropFirst()
            if body.first == "#" {
                try operate(body.dropFirst(), on: &stack)
            } else {
                stack.append(try test(body, row))
            }
        }
        return !stack.contains(false)
    }

    private static func test(_ body: Substring, _ row: [String: Int]) throws(BrokenLaw) -> Bool {
        if body.first == "-" { return row[String(body.dropFirst())] == nil }
        let isComparison = body.first == "<" || body.first == ">" || body.first == "="
        let parts = (isComparison ? body.dropFirst() : body).split(separator: "=", maxSplits: 1)
        guard let name = parts.first.map(String.init), names.contains(name) || name == ".id" else {
            throw BrokenLaw("no such attribute in ?\(body)")
        }
        guard parts.count == 2 else { return row[name] != nil }
        guard let value = Int(parts[1]) else { throw BrokenLaw("no value in ?\(body)") }
        guard let own = row[name] else { return false }
        switch body.first {
        case "<": return own < value
        case ">": return own > value
        default: return own == value
        }
    }

    private static func operate(_ operators: Substring, on stack: inout [Bool]) throws(BrokenLaw) {
        for symbol in operators {
            let top = stack.popLast() ?? true
            switch symbol {
            case "!": stack.append(!top)
            case "&":
                let below = stack.popLast() ?? true
                stack.append(top && below)
            case "|":
                let below = stack.popLast() ?? true
                stack.append(top || below)
            default: throw BrokenLaw("unknown operator \(symbol)")
            }
        }
    }
}
