import RouterOSProtocol
import Testing

@Suite("Login")
struct LoginTests {
    private static let challenge = "098f6bcd4621d373cade4e832627b4f6"
    private static let response = "00119ce7e093e33497053e73f37a5d3e15"

    private func begun(_ mode: LoginMode) throws -> SessionMachine {
        var session = SessionMachine()
        session.logIn(user: "api", password: "tset", mode: mode)
        let sent = try session.sent()
        let bare = mode == .legacyOnly
        #expect(sent == [["/login", ".tag=1"] + (bare ? [] : ["=name=api", "=password=tset"])])
        return session
    }

    /// A session whose challenge was answered.
    private func answered(_ mode: LoginMode) throws -> SessionMachine {
        var session = try begun(mode)
        session.hear("!done", ".tag=1", "=ret=\(Self.challenge)")
        #expect(session.drain() == [])
        #expect(try session.sent() == [["/login", ".tag=2", "=name=api", "=response=\(Self.response)"]])
        return session
    }

    @Test(
        "with name and password is over with the router's done",
        arguments: [.plain, .plainWithLegacyFallback] as [LoginMode]
    )
    func password(mode: LoginMode) throws {
        var session = try begun(mode)
        #expect(throws: RouterOSError.self) { try session.submit(Command("/x")) }
        session.hear("!done", ".tag=1")
        #expect(session.drain() == ["logged in"])
        #expect(session.isReady)
        #expect(try session.submit(Command("/x")) == 2)
    }

    @Test(
        "by challenge is over when the answer is accepted",
        arguments: [.plainWithLegacyFallback, .legacyOnly] as [LoginMode]
    )
    func byChallenge(mode: LoginMode) throws {
        var session = try answered(mode)
        session.hear("!done", ".tag=1")
        #expect(session.drain() == [] && !session.isReady)
        session.hear("!done", ".tag=2")
        #expect(session.drain() == ["logged in"])
    }

    @Test("takes a password as bytes")
    func bytes() throws {
        var session = SessionMachine()
        session.logIn(user: "api", passwordBytes: [0xE9, 0x00, 0x3D])
        let sentence = try #require(try Delivery.whole.decode(session.takeOutgoing()).first)
        #expect(sentence.bytes("password").map(Array.init) == [0xE9, 0x00, 0x3D])
    }

    @Test("sends a password that is text as UTF-8")
    func encoding() throws {
        var session = SessionMachine()
        session.logIn(user: "é", password: "пароль")
        let sentence = try #require(try Delivery.whole.decode(session.takeOutgoing()).first)
        #expect(sentence.bytes("password").map(Array.init) == Array("пароль".utf8))
        #expect(sentence.bytes("name").map(Array.init) == Array("é".utf8))
    }

    @Test("a challenge where a login was to be is an error that says what to do")
    func oldRouter() throws {
        var session = try begun(.plain)
        session.hear("!done", ".tag=1", "=ret=\(Self.challenge)")
        let error = try #require(session.errors().first)
        #expect(error.code == .authentication)
        #expect(error.message.contains("6.43") && error.message.contains("LoginMode.legacyOnly"))
        #expect(session.takeOutgoing() == [])
    }

    @Test(
        "a malformed challenge is never answered",
        arguments: [.plainWithLegacyFallback, .legacyOnly] as [LoginMode],
        ["", "abc123", "098f6bcd4621d373cade4e832627b4fg", challenge + "00", String(repeating: "0", count: 5_000)]
    )
    func malformedChallenge(mode: LoginMode, challenge: String) throws {
        var session = try begun(mode)
        session.hear("!done", ".tag=1", "=ret=\(challenge)")
        #expect(session.drain() == ["closed protocolViolation"])
        #expect(session.takeOutgoing() == [])
    }

    @Test("a second challenge is never answered", arguments: [.plainWithLegacyFallback, .legacyOnly] as [LoginMode])
    func secondChallenge(mode: LoginMode) throws {
        var session = try answered(mode)
        session.hear("!done", ".tag=2", "=ret=\(Self.challenge)")
        #expect(session.drain() == ["closed protocolViolation"])
        #expect(session.takeOutgoing() == [])
    }

    @Test("a router that hands out no challenge does not know the old login")
    func noChallenge() throws {
        var session = try begun(.legacyOnly)
        session.hear("!done", ".tag=1")
        let error = try #require(session.errors().first)
        #expect(error.code == .authentication && error.message.contains("LoginMode.plain"))
    }

    @Test(
        "a router that refuses to hand out a challenge is an authentication error in its own words",
        arguments: ["invalid user name or password (6)", "no such command", "something new"]
    )
    func refusedChallenge(text: String) throws {
        var session = try begun(.legacyOnly)
        session.hear("!trap", ".tag=1", "=message=\(text)")
        session.hear("!done", ".tag=1")
        let error = try #require(session.errors().first)
        #expect(error.code == .authentication && error.routerMessage == text)
        #expect(error.message.contains("LoginMode.plain"))
    }

    @Test(
        "a refused answer may mean RouterOS 6.45.1",
        arguments: [.plainWithLegacyFallback, .legacyOnly] as [LoginMode]
    )
    func refusedAnswer(mode: LoginMode) throws {
        var session = try answered(mode)
        session.hear("!trap", ".tag=2", "=message=invalid user name or password (6)")
        session.hear("!done", ".tag=2")
        let error = try #require(session.errors().first)
        #expect(error.code == .authentication)
        #expect(error.message.contains("6.45.1") && error.message.contains("LoginMode.plain"))
    }

    @Test("a refusal ends the session, with a tag or without", arguments: LoginMode.allCases, [true, false])
    func refused(mode: LoginMode, isTagged: Bool) throws {
        var session = try begun(mode)
        let tag = isTagged ? [".tag=1"] : []
        session.receive(wire(["!trap", "=message=invalid user name or password (6)"] + tag) + wire(["!done"] + tag))
        #expect(session.drain() == ["closed authentication"])
        #expect(session.isClosed)
    }

    @Test("a router out of time is not one that refuses", arguments: LoginMode.allCases)
    func transient(mode: LoginMode) throws {
        var session = try begun(mode)
        session.hear("!trap", ".tag=1", "=message=could not authenticate - radius timeout (13)")
        session.hear("!done", ".tag=1")
        let error = try #require(session.errors().first)
        #expect(error.isTransient && error.message.contains("RADIUS"))
    }

    @Test("of several traps the first counts")
    func traps() throws {
        var session = try begun(.plain)
        session.hear("!trap", ".tag=1", "=message=cannot log in")
        session.hear("!trap", ".tag=1", "=message=action timed out (13)")
        session.hear("!done", ".tag=1", "=ret=\(Self.challenge)")
        #expect(session.errors().map(\.routerMessage) == ["cannot log in"])
    }

    @Test("begins once")
    func twice() throws {
        var session = try begun(.plain)
        session.logIn(user: "other", password: "other", mode: .legacyOnly)
        #expect(session.takeOutgoing() == [])
        session.hear("!done", ".tag=1")
        #expect(session.drain() == ["logged in"])
        session.logIn(user: "other", password: "other")
        #expect(session.takeOutgoing() == [])
    }
}
