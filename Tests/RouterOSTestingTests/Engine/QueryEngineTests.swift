import RouterOSProtocol
import Testing

@testable import RouterOSTesting

/// The router's answers to random queries, held against an evaluator that follows the manual's table word by word.
@Suite struct QueryEngineTests {
    /// Rows as they are added; what a row lacks is absent.
    private struct Plain {
        let name: String
        var numbers: [String: UInt64] = [:]
        var texts: [String: String] = [:]
    }

    /// The manual's stack: it begins as `true` without end, and the row passes when nothing on it is false.
    private struct Stack {
        private var values: [Bool] = []

        var passes: Bool { !values.contains(false) }

        func value(at depth: Int) -> Bool { depth < values.count ? values[values.count - 1 - depth] : true }

        mutating func push(_ value: Bool) { values.append(value) }
        mutating func pop() -> Bool { values.popLast() ?? true }
        mutating func replaceAll(by value: Bool) { values = [value] }
    }

    private static func passes(_ words: [String], _ row: Plain) -> Bool {
        var stack = Stack()
        for word in words {
            let body = word.dropFirst()
            if body.first == "#" {
                run(Array(body.dropFirst()), &stack)
            } else if body.first == "-" {
                stack.push(row.numbers[String(body.dropFirst())] == nil && text(String(body.dropFirst()), row) == nil)
            } else if body.first == "<" || body.first == ">" {
                stack.push(compares(body.dropFirst(), row, isLess: body.first == "<"))
            } else if let sign = body.dropFirst().firstIndex(of: "=") {
                let name = String(body.first == "=" ? body[body.index(after: body.startIndex)..<sign] : body[..<sign])
                let value = String(body[sign...].dropFirst())
                stack.push(
                    row.numbers[name].map { UInt64(value) == $0 } ?? text(name, row).map { $0 == value } ?? false
                )
            } else {
                stack.push(row.numbers[String(body)] != nil || text(String(body), row) != nil)
            }
        }
        return stack.passes
    }

    private static func text(_ name: String, _ row: Plain) -> String? { name == "name" ? row.name : row.texts[name] }

    private static func compares(_ assignment: Substring, _ row: Plain, isLess: Bool) -> Bool {
        guard let sign = assignment.firstIndex(of: "=") else { return false }
        let (name, value) = (String(assignment[..<sign]), String(assignment[sign...].dropFirst()))
        if let own = row.numbers[name] {
            guard let other = UInt64(value) else { return isLess == (String(own) < value) && String(own) != value }
            return isLess ? own < other : own > other
        }
        guard let own = text(name, row) else { return false }
        return isLess ? own.utf8.lexicographicallyPrecedes(value.utf8) : value.utf8.lexicographicallyPrecedes(own.utf8)
    }

    private static func run(_ symbols: [Character], _ stack: inout Stack) {
        var index = 0
        while index < symbols.count {
            if symbols[index].isNumber {
                var number = 0
                while index < symbols.count, let digit = symbols[index].wholeNumberValue {
                    number = number * 10 + digit
                    index += 1
                }
                // At the end of the word an index takes everything else away.
                guard index < symbols.count else { return stack.replaceAll(by: stack.value(at: number)) }
                stack.push(stack.value(at: number))
                if symbols[index] == "." { index += 1 }
                continue
            }
            switch symbols[index] {
            case "!": stack.push(!stack.pop())
            case "&":
                let right = stack.pop()
                stack.push(stack.pop() && right)
            case "|":
                let right = stack.pop()
                stack.push(stack.pop() || right)
            default: stack.push(stack.value(at: 0))
            }
            index += 1
        }
    }

    private static func randomRow(_ number: Int, _ random: inout SeededRandom) -> Plain {
        var row = Plain(name: "user\(number)")
        row.numbers["bytes-in"] = 0
        for name in ["limit-bytes-in", "limit-bytes-total"] where Bool.random(using: &random) {
            row.numbers[name] = [0, 1, 9, 10, 1_073_741_824, .max].randomElement(using: &random)
        }
        for name in ["comment", "email"] where Bool.random(using: &random) {
            row.texts[name] = ["a", "b", "a=b", "9", "10", "Ä"].randomElement(using: &random)
        }
        return row
    }

    private static func randomWord(_ random: inout SeededRandom) -> String {
        let numeric = ["limit-bytes-in", "limit-bytes-total", "bytes-in"].randomElement(using: &random) ?? ""
        let textual = ["comment", "email", "name", "missing"].randomElement(using: &random) ?? ""
        let number = ["0", "1", "9", "10", "1073741824", "18446744073709551615"].randomElement(using: &random) ?? ""
        let text = ["a", "b", "a=b", "9", "10", "user7", "Ä", ""].randomElement(using: &random) ?? ""
        let sign = ["=", "<", ">"].randomElement(using: &random) ?? ""
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return "?\(Bool.random(using: &random) ? numeric : textual)"
        case 1: return "?-\(Bool.random(using: &random) ? numeric : textual)"
        case 2, 3: return sign == "=" ? "?\(numeric)=\(number)" : "?\(sign)\(numeric)=\(number)"
        case 4, 5: return sign == "=" ? "?=\(textual)=\(text)" : "?\(sign)\(textual)=\(text)"
        default:
            let symbols = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                ["!", "&", "|", ".", "0", "1", "2", "12"].randomElement(using: &random) ?? "!"
            }
            return "?#" + symbols.joined()
        }
    }

    @Test("Random words choose the rows that the manual's stack chooses", arguments: 1...8)
    func randomQueries(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var dialogue = Dialogue()
        let rows = (0..<24).map { Self.randomRow($0, &random) }
        for row in rows {
            let numbers = row.numbers.filter { $0.key != "bytes-in" }.sorted { $0.key < $1.key }
            let texts = row.texts.sorted { $0.key < $1.key }
            dialogue.say(
                ["/ip/hotspot/user/add", "=name=\(row.name)"] + numbers.map { "=\($0.key)=\($0.value)" }
                    + texts.map { "=\($0.key)=\($0.value)" }
            )
        }
        for _ in 0..<400 {
            let words = (0..<Int.random(in: 1...6, using: &random)).map { _ in Self.randomWord(&random) }
            let expected = rows.filter { Self.passes(words, $0) }.map(\.name)
            let answer = dialogue.say(["/ip/hotspot/user/print", "=.proplist=name"] + words)
            let names = answer.filter { $0.first == "!re" }.map { String(($0.last ?? "").dropFirst(6)) }
            #expect(names == expected, "\(words)")
            let count = dialogue.say(["/ip/hotspot/user/print", "=count-only="] + words)
            #expect(count == [["!done", "=ret=\(expected.count)"]], "\(words)")
        }
    }
}
