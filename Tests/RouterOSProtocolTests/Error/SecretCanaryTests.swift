import Testing

@testable import RouterOSProtocol

@Suite("Secrets")
struct SecretCanaryTests {
    /// Arguments of RouterOS menus that hold secrets, and names that later versions might give them.
    static let names = [
        "password", "secret", "shared-secret", "response", "ret", "pre-shared-key", "passphrase", "private-key",
        "wpa-pre-shared-key", "wpa2-pre-shared-key", "otp-secret", "authentication-password", "encryption-password",
        "mac-auth-password", "challenge-password", "challenge-passphrase", "key-passphrase", "export-passphrase",
        "eab-hmac-key", "eab-key-b64", "pin", "sim-pin", "security.passphrase", "security.eap-password",
        "static-key-0", "tcp-md5-key", "preshared-key", "bind-password", "http-header-field", "supplicant-secret",
        "community", "api-token", "Password", "psk", "openvpn_password", "mschapv2-password",
    ]

    static let shown = ["name", "comment", "profile", "limit-uptime", "interface", ".id", "address", "login-by"]

    private static let canary = "canary-7"

    /// Everything that a log, a debugger or a crash report might make of a value.
    private func traces(_ value: some Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        dump([value], to: &dumped)
        let bytes = Array(Self.canary.utf8)
        let inDecimal = bytes.map { "- \($0)\n" }.joined()
        // A dump of bytes is as good as the text, so it counts as one.
        let flat = dumped.split(separator: "\n").map { $0.drop { $0 == " " } + "\n" }.joined()
        let bytewise = flat.contains(inDecimal) ? Self.canary : ""
        return "\(value) \([value]) \(String(reflecting: value)) \(Optional(value) as Any) \(dumped) \(bytewise)"
    }

    private func command(_ name: String) -> Command {
        Command("/some/set") {
            $0["name"] = "shown"
            $0[name] = Self.canary
        }
    }

    @Test("are in no picture of a command", arguments: names)
    func commands(name: String) {
        let command = command(name)
        for traces in [traces(command), traces(command.attributes), traces(command.attributes.all)] {
            #expect(!traces.contains(Self.canary))
            #expect(traces.contains("shown") && traces.contains(name))
        }
    }

    @Test("are in no picture of a query, alone or in its command", arguments: names)
    func queries(name: String) throws {
        let words =
            ["", "=", "<", ">"].map { "?\($0)\(name)=\(Self.canary)" } + ["?-\(name)=\(Self.canary)", "?name=shown"]
        var command = Command("/some/print")
        command.query = .all([.equal(name, Self.canary), .greater(name, than: Self.canary), .equal("name", "shown")])
        for query in [Query(words: words), try #require(command.query)] {
            command.query = query
            var conditions: [Query.Condition] = []
            _ = query.matches { condition in
                conditions.append(condition)
                return true
            }
            for traces in [traces(query), traces(command), traces(conditions)] {
                #expect(!traces.contains(Self.canary))
                #expect(traces.contains("shown") && traces.contains(name))
            }
        }
    }

    @Test("are in no picture of a sentence", arguments: names, ["=", "?", "?=", "?<", "?>"])
    func sentences(name: String, prefix: String) throws {
        let words = ["!re", "\(prefix)\(name)=\(Self.canary)", "=name=shown"]
        let sentence = try #require(try Delivery.whole.decode(wire(words)).first)
        let traces = traces(sentence) + traces(SessionMachine.Event.row(tag: 1, sentence)) + traces(RowChange(sentence))
        #expect(!traces.contains(Self.canary))
        #expect(traces.contains("shown") && traces.contains(name))
    }

    @Test("are in no picture of a reply", arguments: names)
    func replies(name: String) {
        let reply = Reply(.row, tag: [0x31]) {
            $0[name] = Self.canary
            $0["name"] = "shown"
        }
        #expect(!traces(reply).contains(Self.canary))
        #expect(reply.description == "!re .tag=1 =\(name)=‹hidden› =name=shown")
    }

    /// Characters that make one `Character` with the `=` or the letter before them.
    static let joiners = ["\u{301}", "\u{200D}", "\u{FE0F}"]

    /// Words that say `password` is the canary, with `joiner` wherever it could hide that.
    private static func disguises(_ joiner: String) -> [String] {
        ["password=\(joiner)", "\(joiner)password=", "password\(joiner)=", "pass\(joiner)word=", "key\(joiner)-id="].map
        {
            $0 + canary
        }
    }

    @Test(
        "are found whatever joins the characters around them",
        arguments: joiners,
        ["=", "?", "?=", "?<", "?>", "?-"]
    )
    func joined(joiner: String, prefix: String) throws {
        for word in Self.disguises(joiner) {
            let sentence = try #require(try Delivery.whole.decode(wire(["/x", prefix + word, "=name=shown"])).first)
            let command = try Command(sentence)
            let traces = traces(sentence) + traces(command) + traces(command.attributes)
            #expect(!traces.contains(Self.canary))
            #expect(traces.contains("shown"))
            guard prefix != "=" else { continue }
            let query = try #require(command.query)
            var conditions: [Query.Condition] = []
            _ = query.matches { condition in
                conditions.append(condition)
                return true
            }
            #expect(!(self.traces(query) + self.traces(conditions)).contains(Self.canary))
        }
    }

    @Test("are found in replies whatever joins the characters around them", arguments: joiners)
    func joinedReplies(joiner: String) throws {
        for word in Self.disguises(joiner) {
            let sentence = try #require(try Delivery.whole.decode(wire(["!re", "=" + word, "=name=shown"])).first)
            let traces = traces(try Reply(sentence)) + traces(Reply(.fatal, reason: word)) + traces(RowChange(sentence))
            #expect(!traces.contains(Self.canary) && traces.contains("shown"))
        }
    }

    @Test("are hidden where a peer forgot the mark of the attribute", arguments: names)
    func bareWords(name: String) throws {
        let sentence = try #require(try Delivery.whole.decode(wire(["/x", "\(name)=\(Self.canary)"])).first)
        let error = try #require(#expect(throws: RouterOSError.self) { try Command(sentence) })
        #expect(!(traces(sentence) + traces(error)).contains(Self.canary))
        #expect(error.message.contains("word 2"))
    }

    @Test("are all that is hidden", arguments: shown)
    func harmless(name: String) {
        #expect(traces(command(name)).contains(Self.canary))
    }

    @Test("are in no error, though the router repeats them", arguments: names)
    func errors(name: String) throws {
        var session = SessionMachine.ready()
        let tag = try session.submit(command(name))
        session.hear(
            "!trap",
            ".tag=\(tag)",
            "=message=invalid value \(Self.canary) for argument \(name)",
            "=category=1"
        )
        #expect(!traces(session).contains(Self.canary))
        session.hear("!done", ".tag=\(tag)")
        let error = try #require(session.errors().first)
        #expect(error.code == .invalidValue)
        #expect(error.routerMessage == "invalid value ‹hidden› for argument \(name)")
        #expect(!traces(error).contains(Self.canary))
    }

    @Test(
        "are hidden wherever they stand in a text, short ones only by themselves",
        arguments: [
            ("12", "value 12 out of 120 (12)", "value ‹hidden› out of 120 (‹hidden›)"),
            ("1234", "value x1234y out", "value x‹hidden›y out"), ("aab", "aaab aab", "aaab ‹hidden›"),
            ("item", "no such item", "no such ‹hidden›"), ("x", "x", "‹hidden›"), ("", "no such item", "no such item"),
        ]
    )
    func hiding(secret: String, text: String, shown: String) throws {
        var session = SessionMachine.ready()
        let tag = try session.submit(Command("/x") { $0["password"] = secret })
        session.hear("!trap", ".tag=\(tag)", "=message=\(text)")
        session.hear("!done", ".tag=\(tag)")
        #expect(session.errors().map(\.routerMessage) == [shown])
    }

    @Test("that begin alike are hidden whole")
    func overlapping() throws {
        var session = SessionMachine.ready()
        let tag = try session.submit(
            Command("/x") {
                $0["password"] = "canary"
                $0["secret"] = "canary-7"
            }
        )
        session.hear("!trap", ".tag=\(tag)", "=message=canary-7 and canary")
        session.hear("!done", ".tag=\(tag)")
        #expect(session.errors().map(\.routerMessage) == ["‹hidden› and ‹hidden›"])
    }

    @Test("are in no picture of a session that logs in", arguments: LoginMode.allCases)
    func login(mode: LoginMode) {
        var session = SessionMachine()
        session.logIn(user: "api", password: Self.canary, mode: mode)
        #expect(!traces(session).contains(Self.canary))
        session.hear("!done", ".tag=1", "=ret=098f6bcd4621d373cade4e832627b4f6")
        _ = session.drain()
        #expect(!traces(session).contains(Self.canary))
        #expect(session.description.hasPrefix("SessionMachine("))
    }

    @Test(
        "are in no error of a login, though the router repeats them",
        arguments: LoginMode.allCases,
        ["!trap", "!fatal"]
    )
    func refusedLogin(mode: LoginMode, word: String) throws {
        var session = SessionMachine()
        session.logIn(user: "api", password: Self.canary, mode: mode)
        session.hear(word, ".tag=1", "=message=invalid password \(Self.canary)")
        session.hear("!done", ".tag=1")
        let error = try #require(session.errors().first)
        #expect(error.routerMessage == "invalid password ‹hidden›")
        #expect(!traces(error).contains(Self.canary))
    }

    @Test(
        "are in no error, though the router repeats them out of a query",
        arguments: ["?", "?=", "?<", "?>", "?-"],
        ["!trap", "!fatal"]
    )
    func queried(prefix: String, word: String) throws {
        var command = Command("/ppp/secret/print")
        command.query = Query(words: ["?name=shown", "\(prefix)password=\(Self.canary)", "?#&"])
        var session = SessionMachine.ready()
        let tag = try session.submit(command)
        session.hear(word, ".tag=\(tag)", "=message=shown \(Self.canary)")
        session.hear("!done", ".tag=\(tag)")
        #expect(session.errors().first?.routerMessage == "shown ‹hidden›")
    }

    @Test("of every command under way are in no fatal", arguments: [true, false])
    func fatal(isBare: Bool) throws {
        var session = SessionMachine.ready()
        for secret in ["first-1", "second-2"] { _ = try session.submit(Command("/x") { $0["password"] = secret }) }
        let third = try session.submit(Command("/x") { $0.set("password", bytes: [0xE9, 0xE8, 0xE7, 0xE6]) })
        session.abandon(third)
        let text = Array((isBare ? "" : "=message=").utf8) + Array("second-2 first-1 ".utf8) + [0xE9, 0xE8, 0xE7, 0xE6]
        session.receive(wire(["!fatal"]).dropLast() + [UInt8(text.count)] + text + [0])
        #expect(session.errors().last?.routerMessage == "‹hidden› ‹hidden› ‹hidden›")
    }

    @Test(
        "are hidden where a long text is cut too",
        arguments: [0, 990, 1_020, 1_023, 1_024, 1_100, 1_279],
        [5, 300, 1_500, 5_000]
    )
    func cut(position: Int, length: Int) throws {
        let secret = "#" + String(repeating: "§", count: length)
        var session = SessionMachine.ready()
        let tag = try session.submit(Command("/x") { $0["password"] = secret })
        let text = String(repeating: "a", count: position) + secret + String(repeating: "b", count: 2_000)
        session.hear("!trap", ".tag=\(tag)", "=message=\(text)")
        session.hear("!done", ".tag=\(tag)")
        let shown = try #require(session.errors().first?.routerMessage)
        #expect(shown.hasPrefix(String(repeating: "a", count: min(position, 1_024))) && shown.hasSuffix("…"))
        #expect(!shown.contains("#") && !shown.contains("§"))
    }

    @Test("are all that a session keeps of a command that was sent")
    func kept() throws {
        var session = SessionMachine.ready()
        let tag = try session.submit(
            Command("/file/set") {
                $0["contents"] = String(repeating: "c", count: 100_000)
                $0["password"] = String(repeating: "p", count: 100_000)
            }
        )
        #expect(session.pending[tag]?.secrets.map(\.count) == [1_280])
    }
}
