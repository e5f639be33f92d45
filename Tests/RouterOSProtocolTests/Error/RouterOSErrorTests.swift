import RouterOSProtocol
import Testing

@Suite("Errors of a router")
struct RouterOSErrorTests {
    typealias Known = (text: String, category: Int?, code: RouterOSError.Code)

    /// Texts that real routers were seen to send.
    static let known: [Known] = [
        ("invalid user name or password (6)", nil, .authentication),
        ("cannot log in", nil, .authentication),
        ("could not authenticate - radius timeout (13)", nil, .authentication),
        ("not logged in", nil, .authentication),
        ("session terminated on request", nil, .connectionClosed),
        ("interrupted", 2, .interrupted),
        ("no such item", nil, .noSuchItem),
        ("no such item (4)", nil, .noSuchItem),
        ("no such command", 0, .noSuchCommand),
        ("no such command prefix", 0, .noSuchCommand),
        ("no such command or directory (health)", nil, .noSuchCommand),
        ("unknown parameter otp-secret", nil, .unknownParameter),
        ("input does not match any value of profile", 1, .invalidValue),
        ("invalid value for argument limit-uptime", 1, .invalidValue),
        ("invalid value of mac-address, mac address required", nil, .invalidValue),
        ("ambiguous value of interface, more than one possible value matches input", nil, .invalidValue),
        ("already have user with this name for this server", nil, .duplicate),
        ("secret with the same name already exists", nil, .duplicate),
        ("already have such address", nil, .duplicate),
        ("item with such name already exists", nil, .duplicate),
        ("not enough permissions (9)", nil, .permissionDenied),
        (
            "action timed out - try again, if error continues contact MikroTik support and send a supout file (13)",
            nil,
            .actionTimedOut
        ),
        ("action failed (6)", nil, .trap),
        ("expected end of command (line 1 column 9)", nil, .invalidCommand),
        ("bad command name foo (line 1 column 1)", nil, .noSuchCommand),
        ("expected item id", nil, .invalidCommand),
        ("Session closed", nil, .connectionClosed),
        ("Not Found", nil, .noSuchItem),
        ("missing or invalid resource identifier", nil, .noSuchItem),
    ]

    private static let writings: [@Sendable (String) -> String] = [
        { $0 }, { $0.uppercased() }, { "failure: " + $0 }, { "Failure: " + $0.lowercased() },
    ]

    @Test("are known by their text, in capitals and after \"failure:\" too", arguments: known, 0..<4)
    func classification(known: Known, writing: Int) throws {
        let text = Self.writings[writing](known.text)
        let error = try failure(text, known.category)
        #expect(error.code == known.code)
        #expect(error.routerMessage == text)
        #expect(error.category?.rawValue == known.category)
        #expect(error.description.contains(text))
    }

    @Test("a missing permission names the policies that may be missing, and what each is for")
    func permissions() throws {
        let error = try failure("not enough permissions (9)", nil)
        for policy in ["write", "test for ping", "sensitive for passwords", "policy for users"] {
            #expect(error.message.contains(policy), "\(error)")
        }
    }

    @Test(
        "are sorted by their category when their text is unknown",
        arguments: [
            (0, .noSuchCommand), (1, .invalidValue), (2, .interrupted), (3, .trap), (4, .trap), (5, .trap), (6, .trap),
            (7, .trap), (8, .trap), (-1, .trap), (nil, .trap),
        ] as [(Int?, RouterOSError.Code)]
    )
    func categories(category: Int?, code: RouterOSError.Code) throws {
        let error = try failure("something new", category)
        #expect(error.code == code)
        #expect(error.category == category.map { RouterOSError.Category(rawValue: $0) })
    }

    @Test(
        "do not take a word in a longer text for what it means alone",
        arguments: ["download interrupted by server", "file not found", "the session closed a file"]
    )
    func longerTexts(text: String) throws {
        #expect(try failure(text, 4).code == .trap)
    }

    @Test("without a text or a number for a category are errors all the same", arguments: [[], ["=category=x"]])
    func bare(words: [String]) throws {
        var session = SessionMachine.ready()
        let tag = try session.submit(Command("/x"))
        session.receive(wire(["!trap", ".tag=\(tag)"] + words) + wire(["!done", ".tag=\(tag)"]))
        let error = try #require(session.errors().first)
        #expect(error.code == .trap && error.category == nil)
        #expect(error.message == "the router says: no reason given.")
    }

    @Test("of a huge text are known by its beginning, and only that is kept", arguments: ["!trap", "!fatal"])
    func huge(word: String) throws {
        let text = "not logged in " + String(repeating: "a", count: 16_000)
        let error = try failure(word, text)
        #expect(error.code == .authentication)
        #expect(error.routerMessage == String(text.prefix(1_024)) + "…")
        #expect(error.message.utf8.count < 1_200)
    }

    @Test(
        "of a long text are cut between two characters",
        arguments: 0..<8,
        ["é", "€", "😀", "é…😀", "\u{301}", "\n", "a"]
    )
    func cut(shift: Int, character: String) throws {
        let text = String(repeating: "x", count: shift) + String(repeating: character, count: 1_400)
        let kept = try #require(try failure("!trap", text).routerMessage)
        let shown = text.unicodeScalars.map { $0 == "\n" ? "␊" : $0 }
        #expect(kept.unicodeScalars.last == "…" && (1_021...1_027).contains(kept.utf8.count))
        #expect(shown.starts(with: kept.unicodeScalars.dropLast()))
    }

    @Test(
        "are kept whole up to 1 KiB",
        arguments: [(1_024, ""), (1_025, "…"), (1_280, "…"), (1_281, "…")]
    )
    func lengths(count: Int, end: String) throws {
        let text = String(repeating: "a", count: count)
        #expect(try failure("!trap", text).routerMessage == text.prefix(1_024) + end)
    }

    @Test(
        "are one line that steers no terminal",
        arguments: [
            ("a\nb\r\nc", "a␊b␍␊c"), ("\u{1B}[31mred\0", "␛[31mred␀"), ("\u{7F}\u{9B}\u{85}", "␡\u{FFFD}\u{FFFD}"),
            ("\u{2028}\u{202E}\u{2066}", "\u{FFFD}\u{FFFD}\u{FFFD}"), ("\t ü…", "␉ ü…"),
        ],
        ["!trap", "!fatal"]
    )
    func controls(text: (String, shown: String), word: String) throws {
        let error = try failure(word, text.0)
        #expect(error.routerMessage == text.shown)
        #expect(error.description.contains(text.shown))
    }

    private func failure(_ word: String, _ text: String) throws -> RouterOSError {
        var session = SessionMachine.ready()
        let tag = try session.submit(Command("/x"))
        session.receive(wire([word, ".tag=\(tag)", "=message=\(text)"]) + wire(["!done", ".tag=\(tag)"]))
        return try #require(session.errors().first)
    }

    @Test(
        "are safe to retry where the router did nothing",
        arguments: [
            ("already have such name", nil, true), ("invalid value for argument x", 1, true),
            ("action timed out (13)", nil, false), ("something new", nil, false), ("action failed (6)", nil, false),
            ("no such item", 3, false), ("interrupted", 2, false),
        ] as [(String, Int?, Bool)]
    )
    func safety(text: String, category: Int?, isSafe: Bool) throws {
        #expect(try failure(text, category).isSafeToRetry == isSafe)
    }

    @Test(
        "are safe to retry only if every trap of the command is",
        arguments: [
            (["already have such name", "no such item"], true),
            (["already have such name", "action timed out"], false),
            (["action timed out", "already have such name"], false), (["no such item", "no such item", "new"], false),
        ] as [([String], Bool)]
    )
    func furtherTraps(texts: [String], isSafe: Bool) throws {
        let error = try failure(of: Command("/x"), texts)
        #expect(error.isSafeToRetry == isSafe && error.furtherTraps == texts.count - 1)
    }

    static let inParts: [(Command, isSafe: Bool)] = [
        (Command("/system/script/run") { $0[".id"] = "*1" }, false), (Command("/execute"), false),
        (Command("/import"), false), (Command("/user/remove") { $0[".id"] = "*1,*2" }, false),
        (Command("/user/set") { $0["numbers"] = "0,1" }, false), (Command("/user/remove") { $0[".id"] = "*1" }, true),
        (Command("/user/set") { $0["numbers"] = "0" }, true), (Command("/user/add") { $0["comment"] = "a,b" }, true),
        (Command("/system/script/add") { $0["name"] = "run" }, true), (Command("/system/runner"), true),
    ]

    @Test("are not safe to retry where the router may have done a part before it refused", arguments: inParts.indices)
    func parts(index: Int) throws {
        let (command, isSafe) = Self.inParts[index]
        #expect(try failure(of: command, ["already have user"]).isSafeToRetry == isSafe)
    }

    private func failure(of command: Command, _ texts: [String]) throws -> RouterOSError {
        var session = SessionMachine.ready()
        let tag = try session.submit(command)
        for text in texts { session.hear("!trap", ".tag=\(tag)", "=message=\(text)") }
        session.hear("!done", ".tag=\(tag)")
        return try #require(session.errors().first)
    }

    @Test(
        "say whether waiting may help",
        arguments: [
            ("action timed out - try again (13)", true), ("could not authenticate - radius timeout (13)", true),
            ("invalid user name or password (6)", false), ("no such item", false),
        ]
    )
    func transience(text: String, isTransient: Bool) throws {
        #expect(try failure(text, nil).isTransient == isTransient)
    }

    private func failure(_ text: String, _ category: Int?) throws -> RouterOSError {
        var session = SessionMachine.ready()
        let tag = try session.submit(Command("/x"))
        let words = ["!trap", ".tag=\(tag)"] + (category.map { ["=category=\($0)"] } ?? []) + ["=message=\(text)"]
        session.receive(wire(words) + wire(["!done", ".tag=\(tag)"]))
        return try #require(session.errors().first)
    }
}
