import RouterOSProtocol
import TestSupport
import Testing

@Suite("Query, every small expression and random words")
struct QueryLawTests {
    private indirect enum Tree: Sendable {
        case leaf(Query, @Sendable ([String: Int]) -> Bool)
        case not(Tree)
        case all([Tree])
        case any([Tree])

        var query: Query {
            switch self {
            case .leaf(let query, _): query
            case .not(let part): !part.query
            case .all(let parts): .all(parts.map(\.query))
            case .any(let parts): .any(parts.map(\.query))
            }
        }

        func holds(_ row: [String: Int]) -> Bool {
            switch self {
            case .leaf(_, let isTrue): isTrue(row)
            case .not(let part): !part.holds(row)
            case .all(let parts): parts.allSatisfy { $0.holds(row) }
            case .any(let parts): parts.contains { $0.holds(row) }
            }
        }

        /// All trees over these and one more operator.
        static func grown(_ trees: [Tree]) -> [Tree] {
            trees + trees.map { .not($0) } + trees.flatMap { left in trees.map { .all([left, $0]) } }
                + trees.flatMap { left in trees.map { .any([left, $0]) } }
        }
    }

    private static let leaves: [Tree] = [
        .leaf(.present("a")) { $0["a"] != nil }, .leaf(.equal("a", "1")) { $0["a"] == 1 },
        .leaf(.absent("b")) { $0["b"] == nil }, .leaf(.less("b", than: "1")) { ($0["b"] ?? 9) < 1 },
    ]

    /// Every row of two attributes that are missing, 0 or 1.
    private static let rows: [[String: Int]] = [nil, 0, 1].flatMap { a in
        [nil, 0, 1].map { b in
            var row: [String: Int] = [:]
            row["a"] = a
            row["b"] = b
            return row
        }
    }

    private static func texts(_ query: Query) -> [String] {
        query.words.map { String(decoding: $0, as: UTF8.self) }
    }

    private static func holds(_ condition: Query.Condition, _ row: [String: Int]) -> Bool {
        let own = row[condition.name]
        let value = Int(String(decoding: condition.value, as: UTF8.self))
        switch condition.comparison {
        case .present: return own != nil
        case .absent: return own == nil
        case .equal: return own != nil && own == value
        case .less: return own.map { $0 < value ?? .min } ?? false
        case .greater: return own.map { $0 > value ?? .max } ?? false
        }
    }

    /// What is wrong with a query that should select the rows for which `isWanted`; nil when nothing is.
    private static func flaw(of query: Query, _ isWanted: ([String: Int]) -> Bool) -> String? {
        let words = texts(query)
        let text = query.description
        let again = Query(words: query.words)
        guard again == query, again.description == text else {
            return "\(words) are other words or another text when read"
        }
        for row in rows {
            let isWanted = isWanted(row)
            guard StackMachine.passes(words, row) == isWanted else { return "\(words) on \(row): not \(isWanted)" }
            guard query.matches({ holds($0, row) }) == isWanted else { return "\(words) on \(row): matched otherwise" }
            guard QueryTextReader.passes(text, row) == isWanted else { return "\(words) on \(row): not \(text)" }
        }
        return nil
    }

    @Test("every expression of three levels selects the rows for which it holds, and its text says so")
    func expressions() {
        let trees = Tree.grown(Tree.grown(Self.leaves))
        #expect(trees.count == 3_280)
        #expect(trees.compactMap { tree in Self.flaw(of: tree.query, tree.holds) }.isEmpty)
    }

    @Test("lists of any length mean all or any of their parts, none of them as well")
    func lists() {
        let trees = Self.leaves + [.all([]), .any([]), .not(.all([])), .not(.any([]))]
        var lists: [[Tree]] = [[]]
        for _ in 0..<3 { lists += lists.flatMap { list in trees.map { list + [$0] } } }
        var flaws: [String] = []
        for list in lists {
            for tree in [Tree.all(list), .any(list), .not(.all(list)), .all([.any(list), .all(list)])] {
                if let flaw = Self.flaw(of: tree.query, tree.holds) { flaws.append(flaw) }
            }
        }
        #expect(flaws.isEmpty)
    }

    private static func randomWords(_ random: inout SplitMix64) -> [String] {
        let conditions = ["?a", "?-a", "?a=1", "?=b=0", "?<b=1", "?>a=0", "?b", "?-b"]
        let symbols = Array("0123456789..!!&&||")
        if Bool.random(using: &random) { return copyingWords(&random) }
        return (0..<Int.random(in: 0...6, using: &random)).map { _ in
            if Bool.random(using: &random) { return conditions.randomElement(using: &random) ?? "" }
            let count = Int.random(in: 0...5, using: &random)
            return "?#" + String((0..<count).compactMap { _ in symbols.randomElement(using: &random) })
        }
    }

    /// Three conditions, and operators that for the most part copy what they have made.
    private static func copyingWords(_ random: inout SplitMix64) -> [String] {
        let steps = ["&", "|", "!", "0.", "1.", "2.!", "0.!1.", "1.&", "1.|"]
        let operators = (0..<Int.random(in: 3...8, using: &random)).compactMap { _ in
            steps.randomElement(using: &random)
        }
        return ["?a", "?<b=1", "?a=1", "?#&" + operators.joined()]
    }

    @Test("words that others wrote mean the same to a router, to a match and as text", arguments: UInt64(1)...20)
    func foreignWords(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var flaws: [String] = []
        for _ in 0..<100 {
            let words = Self.randomWords(&random)
            let query = Query(words: words)
            #expect(Self.texts(query) == words)
            if let flaw = Self.flaw(of: query, { StackMachine.passes(words, $0) }) { flaws.append(flaw) }
        }
        #expect(flaws.isEmpty)
    }

    @Test("words that others wrote combine with any other query", arguments: UInt64(1)...20)
    func combinedWords(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var flaws: [String?] = []
        for _ in 0..<50 {
            let (left, right) = (Self.randomWords(&random), Self.randomWords(&random))
            let (first, second) = (Query(words: left), Query(words: right))
            func passes(_ row: [String: Int]) -> (Bool, Bool) {
                (StackMachine.passes(left, row), StackMachine.passes(right, row))
            }
            flaws.append(Self.flaw(of: !first) { !passes($0).0 })
            flaws.append(Self.flaw(of: first && second) { passes($0).0 && passes($0).1 })
            flaws.append(Self.flaw(of: first || second) { passes($0).0 || passes($0).1 })
            flaws.append(
                Self.flaw(of: !(first || .absent("a")) && second) { !(passes($0).0 || $0["a"] == nil) && passes($0).1 }
            )
        }
        #expect(flaws.compactMap(\.self).isEmpty)
    }

    @Test("long conditions that words copy mean the same when they are combined", arguments: UInt64(1)...20)
    func longWords(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let (a, b) = (String(repeating: "a", count: 40), String(repeating: "b", count: 40))
        var flaws: [[String]] = []
        for _ in 0..<50 {
            let steps = ["&", "|", "!", "0.", "1.", "2.!", ".!&", "1.!|"]
            let operators = (0..<12).compactMap { _ in steps.randomElement(using: &random) }.joined()
            let words = ["?\(a)", "?-\(b)", "?=\(a)=1", "?<\(b)=1", "?#" + operators]
            let query = Query(words: words)
            for (combined, isWanted) in [
                (!query, { !$0 }), (query && !query, { _ in false }), (!(query && .absent("c")), { !$0 }),
            ] as [(Query, (Bool) -> Bool)] {
                let sent = Self.texts(combined)
                let isRight = Self.rows.allSatisfy { row in
                    var long: [String: Int] = [:]
                    (long[a], long[b]) = (row["a"], row["b"])
                    let isTrue = isWanted(StackMachine.passes(words, long))
                    return StackMachine.passes(sent, long) == isTrue
                        && combined.matches { Self.holds($0, long) } == isTrue
                }
                if !isRight { flaws.append(words + sent) }
            }
        }
        #expect(flaws.isEmpty)
    }

    @Test("random bytes as words never trap", arguments: UInt64(1)...20)
    func randomBytes(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let usual = Array("?#?-?=<>=.|&!0987a".utf8)
        for _ in 0..<60 {
            let words = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                (0..<Int.random(in: 0...9, using: &random)).map { _ in
                    Bool.random(using: &random)
                        ? usual.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
                }
            }
            let query = Query(words: words)
            #expect(query.words.count == words.count)
            for row in Self.rows {
                let isMatch = query.matches { Self.holds($0, row) }
                #expect((!query).matches { Self.holds($0, row) } == !isMatch)
            }
            #expect(!query.description.isEmpty && !(!query && query).description.isEmpty)
        }
    }
}
