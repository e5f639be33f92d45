/// A router's side of a query, written from the manual's table and nothing else: truth values on a stack, which is filled
/// with more `true` than any query here can take off.
struct StackMachine {
    private var stack = [Bool](repeating: true, count: 200)
    private let row: [String: Int]

    /// Whether a row passes the words.
    static func passes(_ words: [String], _ row: [String: Int]) -> Bool {
        var machine = StackMachine(row: row)
        for word in words { machine.run(word) }
        return !machine.stack.contains(false)
    }

    private init(row: [String: Int]) { self.row = row }

    private mutating func run(_ word: String) {
        if word.hasPrefix("?#") {
            operate(Array(word.dropFirst(2)))
        } else if word.hasPrefix("?-") {
            stack.append(row[String(word.dropFirst(2))] == nil)
        } else if word.hasPrefix("?<") {
            stack.append(compare(word.dropFirst(2)) { $0 < $1 })
        } else if word.hasPrefix("?>") {
            stack.append(compare(word.dropFirst(2)) { $0 > $1 })
        } else if word.contains("=") {
            stack.append(compare(word.dropFirst(word.hasPrefix("?=") ? 2 : 1)) { $0 == $1 })
        } else {
            stack.append(row[String(word.dropFirst())] != nil)
        }
    }

    private func compare(_ assignment: Substring, _ isTrue: (Int, Int) -> Bool) -> Bool {
        let parts = assignment.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, let value = Int(parts[1]), let own = row[String(parts[0])] else { return false }
        return isTrue(own, value)
    }

    private mutating func operate(_ symbols: [Character]) {
        var number: Int?
        var isAfterIndex = false
        for symbol in symbols {
            if let digit = symbol.wholeNumberValue {
                number = min((number ?? 0) * 10 + digit, 1_000)
                continue
            }
            if let index = number {
                stack.append(index < stack.count ? stack[stack.count - 1 - index] : true)
                number = nil
                isAfterIndex = true
            }
            switch symbol {
            case "!": stack.append(!stack.removeLast())
            case "&":
                let (right, left) = (stack.removeLast(), stack.removeLast())
                stack.append(left && right)
            case "|":
                let (right, left) = (stack.removeLast(), stack.removeLast())
                stack.append(left || right)
            case "." where !isAfterIndex: stack.append(stack[stack.count - 1])
            default: break
            }
            isAfterIndex = false
        }
        if let index = number {
            let value = index < stack.count ? stack[stack.count - 1 - index] : true
            stack = [Bool](repeating: true, count: 200) + [value]
        }
    }
}
