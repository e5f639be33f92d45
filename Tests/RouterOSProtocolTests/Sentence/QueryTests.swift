import RouterOSProtocol
import Testing

@Suite("Query")
struct QueryTests {
    static func texts(_ query: Query) -> [String] {
        query.words.map { String(decoding: $0, as: UTF8.self) }
    }

    static let compiled: [(Query, [String])] = [
        (.present("comment"), ["?comment"]), (.absent("comment"), ["?-comment"]),
        (.equal("profile", "3h"), ["?=profile=3h"]), (.less("uptime", than: "1h"), ["?<uptime=1h"]),
        (.greater("comment", than: ""), ["?>comment="]),
        (.atLeast("uptime", "1h"), ["?uptime", "?<uptime=1h", "?#!&"]),
        (.atMost("uptime", "1h"), ["?uptime", "?>uptime=1h", "?#!&"]),
        (.any([.equal("type", "ether"), .equal("type", "vlan")]), ["?=type=ether", "?=type=vlan", "?#|"]),
        (!(.present("a") && .present("b")), ["?a", "?b", "?#&!"]),
        (.present("a") && .present("b") && .present("c"), ["?a", "?b", "?c", "?#&&"]),
        (.present("a") && (.present("b") && .present("c")), ["?a", "?b", "?c", "?#&&"]),
        (.present("a") && (.present("b") || .present("c")), ["?a", "?b", "?c", "?#|&"]),
        ((.present("a") || .present("b")) && .present("c"), ["?a", "?b", "?#|", "?c", "?#&"]),
        (.any((1...5).map { .equal("n", "\($0)") }), (1...5).map { "?=n=\($0)" } + ["?#||||"]),
        (!(.present("a")), ["?-a"]), (!(.absent("a")), ["?a"]), (!(!(.equal("a", "1"))), ["?=a=1"]),
        (.all([]), []), (.any([]), ["?.id", "?-.id"]), (.any([]) || .present("a"), ["?a"]),
        (.all([.present("a")]), ["?a"]), (.all([]) && .present("a"), ["?a"]), (.all([]) || .present("a"), []),
    ]

    @Test("compiles to as few words as the order of its conditions allows", arguments: compiled)
    func compiling(query: Query, words: [String]) {
        #expect(Self.texts(query) == words)
        #expect(query == Query(words: words) && query.hashValue == Query(words: words).hashValue)
    }

    static let shared: [([String], [String])] = [
        (["?a", "?b", "?#|", "?#.!", "?c", "?#|&"], ["?a", "?b", "?#|0.1.!", "?c", "?#|&!0"]),
        (["?a", "?b", "?#&", "?c", "?#1.|!1.&"], ["?a", "?b", "?#&0.", "?c", "?#2.|!2.&&!0"]),
    ]

    @Test("what words copy is copied again when they are combined, not repeated", arguments: shared)
    func sharing(words: [String], negated: [String]) {
        #expect(Self.texts(!Query(words: words)) == negated)
    }

    @Test("a chain of thousands is one word of operators, and its text ends somewhere")
    func chains() {
        let names = (0..<2_000).map { "n\($0)" }
        let list = Query.any(names.map { .present($0) })
        #expect(Self.texts(list) == names.map { "?\($0)" } + ["?#" + String(repeating: "|", count: 1_999)])
        let chain = names[..<200].reduce(.any([])) { $0 || .present($1) }
        #expect(chain == .any(names[..<200].map { .present($0) }))
        #expect(list.description.hasPrefix("n0 present or n1 present or ") && list.description.hasSuffix("…"))
        #expect(list.description.utf8.count < 5_000)
    }

    @Test(
        "a name that begins like an operation keeps its meaning",
        arguments: ["-x", "#x", "<x", ">x", "--", "#", "-"]
    )
    func namesLikeOperations(name: String) {
        #expect(Self.texts(.present(name)) == ["?-\(name)", "?#!"])
        #expect(Self.texts(.absent(name)) == ["?-\(name)"])
        #expect(Self.texts(.equal(name, "1")) == ["?=\(name)=1"])
        for query: Query in [.present(name), .equal(name, "1"), .less(name, than: "1"), .greater(name, than: "1")] {
            var names: [String] = []
            _ = Query(words: query.words).matches { condition in
                names.append(condition.name)
                return true
            }
            #expect(names == [name])
        }
    }

    @Test("no row has an attribute whose name cannot be sent", arguments: ["", "=", "a=b", "=x"])
    func impossibleNames(name: String) {
        for query: Query in [.present(name), .equal(name, "1"), .less(name, than: "1"), .greater(name, than: "1")] {
            #expect(query == .any([]))
        }
        #expect(Query.absent(name) == .all([]))
    }

    @Test("values are any bytes")
    func bytes() {
        let value: [UInt8] = [0x3D, 0x00, 0x0D, 0x0A, 0xFF, 0x3F]
        for query: Query in [.equal("a", value), .less("a", than: value), .greater("a", than: value)] {
            #expect(query.words.map { Array($0.dropFirst(4)) } == [value])
            var found: [UInt8] = []
            _ = query.matches { condition in
                found = Array(condition.value)
                return true
            }
            #expect(found == value)
        }
    }

    static let described: [([String], String)] = [
        ([], "every row"), (["?.id", "?-.id"], "no row"), (["?#!"], "no row"), (["?#"], "every row"),
        (
            ["?profile=3h", "?comment", "?>uptime=1h", "?#|!"],
            #"profile = "3h" and not (comment present or uptime > "1h")"#
        ),
        (["?type=ether", "?type=vlan", "?#|"], #"type = "ether" or type = "vlan""#),
        (["?type=ether", "?type=vlan", "?#|!"], #"not (type = "ether" or type = "vlan")"#),
        (["?>comment="], #"comment > """#), (["?a", "?b"], "a present and b present"),
        (["?a", "?b", "?#|", "?c", "?#&"], "(a present or b present) and c present"),
        (["?a", "?b", "?c", "?#&|"], "a present or b present and c present"),
        (["?a", "?b", "?#0"], "b present"), (["?a", "?b", "?#1"], "a present"), (["?a", "?b", "?#7"], "every row"),
        (["?a", "?b", "?#1.!"], "a present and b present and a absent"), (["?a", "?#.!|"], "every row"),
        (["?=a=1", "?#!"], #"not a = "1""#), (["?-a", "?#!"], "a present"), (["?--a", "?#!"], "not -a absent"),
        (["?"], #""" present"#), (["?my name=a\"b\\\n"], #""my name" = "a\"b\\\n""#), (["?not"], #""not" present"#),
        (["?a", "?#x!"], "a absent [?#x!]"), (["?#99999999999999999999"], "every row"), (["a=1"], #"a = "1""#),
        (["?=password=canary"], "password = ‹hidden›"), (["?-password=canary"], #""password=‹hidden›" absent"#),
        (["?#password=canary"], "every row [?#password=‹hidden›]"), (["?<a"], #"a < """#),
        (["?\u{301}x"], #""\u{0301}x" present"#), (["?\u{301}x=1"], #""\u{0301}x" = "1""#),
    ]

    @Test("words read as text", arguments: described)
    func describing(words: [String], text: String) {
        #expect(Query(words: words).description == text)
    }

    @Test(
        "the text ends however long a single word is",
        arguments: ["?a=", "?", "?-", "?#x", "?<a=\u{E9}", "?\u{301}", "?a=\u{0}"]
    )
    func longWords(beginning: String) {
        let word = beginning + String(repeating: beginning.hasSuffix("\u{0}") ? "\u{0}" : "n", count: 20_000)
        let text = Query(words: Array(repeating: word, count: 20)).description
        #expect(text.utf8.count < 20_000 && text.unicodeScalars.contains("…"))
        #expect(Query(words: ["?password=\(word)"]).description == "password = ‹hidden›")
    }

    @Test("words that copy without end neither trap nor take long, and their text ends", arguments: ["0.", "."])
    func copies(copy: String) {
        // Each round makes the value of the one before a part of this one twice.
        let rounds = String(repeating: "\(copy)!a&1.|", count: 3_000)
        let query = Query(words: ["?a=1", "?b", "?c", "?#&|"] + ["?#\(rounds)"])
        let harsher = Query(words: ["?a=1", "?b=1"] + ["?#" + String(repeating: "1.1.!&1.|", count: 3_000)])
        for query in [query, harsher, !harsher, harsher && query] {
            #expect(query.description.utf8.count < 10_000 + query.words.joined().count)
            let words = Self.texts(query)
            #expect(words.joined().utf8.count < 200_000)
            #expect(query.matches { $0.name != "c" } != (!query).matches { $0.name != "c" })
        }
        #expect(harsher.description.hasSuffix("…"))
    }
}
