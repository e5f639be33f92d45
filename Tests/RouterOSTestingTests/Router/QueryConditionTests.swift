import RouterOSProtocol
import Testing

@testable import RouterOSTesting

struct QueryConditionTests {
    private static let names = ["limit-uptime", "limit-bytes-total", "comment", "profile", "build-time", "missing"]
    private static let kinds: [String: ValueKind] = [
        "limit-uptime": .duration, "limit-bytes-total": .integer(0...UInt64.max), "comment": .text, "profile": .text,
        "build-time": .date,
    ]
    private static let values: [String: [String]] = [
        "limit-uptime": ["0s", "3h", "10800", "1d", "1w2d", "59m", "01:00:00"],
        "limit-bytes-total": ["0", "9", "10", "1610612736", "18446744073709551615"],
        "comment": ["a", "b", "a=b", "", "10", "9"], "profile": ["default", "3h"],
        "build-time": ["2025-02-17 12:41:15", "2024-12-31", "jan/02/1970 00:00:00", "2025-02-17 12:41:16"],
        "missing": ["x"],
    ]

    /// A row as names and values; `missing` is in none.
    private static func randomRow(_ random: inout SeededRandom) -> [String: String] {
        var row: [String: String] = [:]
        for name in names where name != "missing" && Bool.random(using: &random) {
            row[name] = values[name]?.randomElement(using: &random)
        }
        return row
    }

    private static func matches(_ words: [String], _ row: [String: String]) -> Bool {
        Query(words: words).matches { condition in
            condition.holds(row[condition.name].map { (WireText($0), kinds[condition.name] ?? .text) })
        }
    }

    // MARK: Boolean expressions against their direct evaluation

    private indirect enum Expression {
        case word(String, truth: @Sendable ([String: String]) -> Bool)
        case not(Expression)
        case and(Expression, Expression)
        case or(Expression, Expression)

        var words: [String] {
            switch self {
            case .word(let word, _): [word]
            case .not(let inner): inner.words + ["?#!"]
            case .and(let left, let right): left.words + right.words + ["?#&"]
            case .or(let left, let right): left.words + right.words + ["?#|"]
            }
        }

        func holds(_ row: [String: String]) -> Bool {
            switch self {
            case .word(_, let truth): truth(row)
            case .not(let inner): !inner.holds(row)
            case .and(let left, let right): left.holds(row) && right.holds(row)
            case .or(let left, let right): left.holds(row) || right.holds(row)
            }
        }
    }

    /// The size of a value, worked out by tables instead of by the parsers under test.
    private static func size(_ name: String, _ value: String) -> Double? {
        switch name {
        case "limit-uptime":
            ["0s": 0, "3h": 10_800, "10800": 10_800, "1d": 86_400, "1w2d": 777_600, "59m": 3_540, "01:00:00": 3_600][
                value
            ]
        case "limit-bytes-total": Double(value)
        case "build-time":
            ["jan/02/1970 00:00:00": 1, "2024-12-31": 2, "2025-02-17 12:41:15": 3, "2025-02-17 12:41:16": 4][value]
        default: nil
        }
    }

    private static func isLess(_ name: String, _ left: String, _ right: String) -> Bool {
        if let left = size(name, left), let right = size(name, right) { return left < right }
        return Array(left.utf8).lexicographicallyPrecedes(Array(right.utf8))
    }

    private static func isEqual(_ name: String, _ left: String, _ right: String) -> Bool {
        if let left = size(name, left), let right = size(name, right), name == "limit-uptime" { return left == right }
        return left == right
    }

    private static func randomLeaf(_ random: inout SeededRandom) -> Expression {
        let name = names[Int.random(in: 0..<names.count, using: &random)]
        let operand = values[name]?.randomElement(using: &random) ?? ""
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return .word("?\(name)") { $0[name] != nil }
        case 1: return .word("?-\(name)") { $0[name] == nil }
        case 2: return .word("?\(name)=\(operand)") { $0[name].map { isEqual(name, $0, operand) } ?? false }
        case 3: return .word("?=\(name)=\(operand)") { $0[name].map { isEqual(name, $0, operand) } ?? false }
        case 4: return .word("?<\(name)=\(operand)") { $0[name].map { isLess(name, $0, operand) } ?? false }
        default: return .word("?>\(name)=\(operand)") { $0[name].map { isLess(name, operand, $0) } ?? false }
        }
    }

    private static func randomExpression(_ depth: Int, _ random: inout SeededRandom) -> Expression {
        guard depth > 0 else { return randomLeaf(&random) }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return randomLeaf(&random)
        case 1: return .not(randomExpression(depth - 1, &random))
        case 2: return .and(randomExpression(depth - 1, &random), randomExpression(depth - 1, &random))
        default: return .or(randomExpression(depth - 1, &random), randomExpression(depth - 1, &random))
        }
    }

    @Test(arguments: UInt64(1)...20)
    func anExpressionSelectsTheRowsForWhichItHolds(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<100 {
            let expression = Self.randomExpression(4, &random)
            for _ in 0..<10 {
                let row = Self.randomRow(&random)
                #expect(
                    Self.matches(expression.words, row) == expression.holds(row),
                    "\(expression.words) on \(row)"
                )
            }
        }
    }

    // MARK: The stack against one with a very long supply of truths

    /// The operators read letter by letter off a stack that holds its endless `true` as a thousand of them.
    private static func reference(_ truths: [Bool], _ operations: String) -> Bool {
        var stack = [Bool](repeating: true, count: 1_000) + truths
        var number = ""
        var previousWasIndex = false
        func at(_ index: Int) -> Bool { index < stack.count ? stack[stack.count - 1 - index] : true }
        for letter in operations {
            if letter.isNumber {
                number.append(letter)
                continue
            }
            if let index = Int(number) {
                stack.append(at(index))
                number = ""
                previousWasIndex = true
            }
            switch letter {
            case "!": stack.append(!stack.removeLast())
            case "&":
                let (right, left) = (stack.removeLast(), stack.removeLast())
                stack.append(left && right)
            case "|":
                let (right, left) = (stack.removeLast(), stack.removeLast())
                stack.append(left || right)
            case ".": if !previousWasIndex { stack.append(at(0)) }
            default: break
            }
            previousWasIndex = false
        }
        if let index = Int(number) { stack = [at(index)] }
        return !stack.contains(false)
    }

    @Test(arguments: UInt64(1)...20)
    func anyOperatorsGiveWhatTheManualSays(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let letters = Array("0123!!&&||..")
        for _ in 0..<300 {
            let truths = (0..<Int.random(in: 0...5, using: &random)).map { _ in Bool.random(using: &random) }
            let operations = String(
                (0..<Int.random(in: 1...10, using: &random)).compactMap { _ in
                    letters.randomElement(using: &random)
                }
            )
            let words = truths.map { $0 ? "?comment" : "?-comment" } + ["?#" + operations]
            #expect(
                Self.matches(words, ["comment": "x"]) == Self.reference(truths, operations),
                "\(truths) \(operations)"
            )
        }
    }

    @Test(arguments: [
        ([], true), (["?a"], true), (["?-a"], false), (["?b"], false), (["?a", "?b"], false),
        (["?a", "?b", "?#|"], true), (["?a", "?b", "?#&!"], true), (["?b", "?#!"], true),
        (["?b", "?a", "?#0"], true), (["?b", "?a", "?#1"], false), (["?b", "?a", "?#99999999999999999999"], true),
        (["?#!"], false), (["?#|"], true), (["?#"], true), (["?"], false), (["?#x"], true),
        (["?>a="], true), (["?a=1"], true), (["?=a=1"], true), (["?a="], false),
    ])
    func theExamplesOfTheManualHold(words: [String], isMatch: Bool) {
        #expect(Self.matches(words, ["a": "1"]) == isMatch)
    }

    @Test func typedColumnsCompareBySizeOverTheWire() {
        var dialogue = Dialogue()
        for (name, limit) in [("hour", "1h"), ("day", "1d"), ("week", "1w"), ("none", "")] {
            dialogue.add(name, "=limit-uptime=\(limit)", "=limit-bytes-total=\(limit.isEmpty ? "" : "\(limit.count)0")")
        }
        #expect(dialogue.values("name", "/ip/hotspot/user/print", "?>limit-uptime=2h") == ["day", "week"])
        #expect(dialogue.values("name", "/ip/hotspot/user/print", "?<limit-uptime=25:00:00") == ["hour", "day"])
        #expect(dialogue.values("name", "/ip/hotspot/user/print", "?limit-uptime=604800") == ["week"])
        #expect(dialogue.values("name", "/ip/hotspot/user/print", "?-limit-uptime") == ["none"])
        #expect(dialogue.values("name", "/ip/hotspot/user/print", "?>limit-bytes-total=9").count == 3)
        #expect(dialogue.values("name", "/ip/hotspot/user/print", "?.id=*2") == ["day"])
        #expect(
            dialogue.values("version", "/system/resource/print", "?>build-time=2024-12-31 23:59:59")
                == ["7.18.2 (stable)"]
        )
    }
}
