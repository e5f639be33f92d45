import TestSupport
import Testing

@testable import RouterOSProtocol

/// Whoever can connect to a server chooses the words of its queries, so what is made of them has to stay in proportion.
@Suite("Query, long words of others")
struct QueryGrowthTests {
    /// Words whose operators copy, negate and join long conditions again and again.
    static let shapes: [(words: [String], operators: String)] = [
        (["?-"], "!"), (["?"], "!"), (["?"], ".!"), (["?"], ".!&"), (["?"], ".!|."), (["?-", "?"], "!1.!"),
        (["?-="], "!"), (["?--"], ".!"), (["?=a="], ".!"), (["?<a="], "0.!&"),
        (["?", "?x"], "1.1.&2.2.&&"), (["?", "?-x"], "1.!1.!&2.2.&&"), (["?", "?-"], "1.1.&"),
        (["?-", "?"], "1.1.&2.2.|&"),
        (["?", "?b"], "1.&1.|"), (["?=a=", "?b"], "1.&1.|"), (["?", "?b"], "1.!&1.!|"), (["?-=", "?b"], "1.!&1.|"),
        (["?", "?x", "?-y", "?=a="], "3.3.&3.3.|!&"),
    ]

    /// What a query holds beside its words.
    private static func flaws(of query: Query, made bytes: Int) -> [String] {
        var flaws: [String] = []
        let nodes = query.expression.nodes
        let held = query.expression.conditions.reduce(0) { $0 + $1.word.count }
        if nodes.count > bytes { flaws.append("\(nodes.count) nodes") }
        if held > 2 * bytes { flaws.append("\(held) bytes in conditions") }
        return flaws
    }

    private static func check(_ words: [String]) {
        let query = Query(words: words)
        let bytes = words.reduce(0) { $0 + $1.utf8.count }
        #expect(flaws(of: query, made: bytes).isEmpty)
        // Put together with others the words are made anew, from the same parts.
        for other in [!query, query && .equal("owner", "me"), .present("owner") || query, query || !query] {
            let length = other.words.reduce(0) { $0 + $1.count }
            #expect(length < 50 * bytes, "\(bytes) bytes became \(length)")
            #expect(flaws(of: other, made: 2 * bytes + 20).isEmpty)
        }
        #expect(query.description.utf8.count < 20_000)
    }

    @Test("cost no more than in proportion to their length", arguments: Array(shapes.indices), [1_000, 20_000])
    func proportion(index: Int, length: Int) {
        let (words, operators) = Self.shapes[index]
        let name = String(repeating: "n", count: length)
        Self.check(
            words.map { Self.lengthened($0, name) }
                + ["?#" + String(repeating: operators, count: length / operators.utf8.count)]
        )
    }

    /// The word with a long value, or with a long name that ends as its own: `?-x` becomes `?-nnnx`, `?b` stays.
    private static func lengthened(_ word: String, _ name: String) -> String {
        if word == "?b" { return word }
        if word.hasSuffix("a=") { return word + name }
        let mark = word.hasPrefix("?-") ? word.prefix(2) : word.prefix(1)
        return mark + name + word.dropFirst(mark.count)
    }

    @Test("are joined as fast when they differ in their last byte")
    func lastByte() {
        let name = String(repeating: "n", count: 40_000)
        Self.check(["?\(name)n", "?\(name)m", "?#" + String(repeating: "1.1.&2.2.&&", count: 3_500)])
        Self.check(["?\(name)", "?#" + String(repeating: "!", count: 40_000)])
        Self.check(["?-\(name)=", "?#" + String(repeating: ".!&", count: 12_000)])
    }
}
