import RouterOSProtocol
import Testing

@Suite("Ending a session")
struct EndingTests {
    private static let gone = RouterOSError(.connectionClosed, "gone")

    static let causes: [(String, @Sendable (inout SessionMachine) -> Void, code: String)] = [
        ("a fatal with a bare word", { $0.hear("!fatal", "session terminated on request") }, "fatal"),
        ("a fatal with a message", { $0.hear("!fatal", "=message=going down") }, "fatal"),
        ("a fatal without a reason", { $0.hear("!fatal") }, "fatal"),
        ("a lost login", { $0.hear("!fatal", "not logged in") }, "authentication"),
        ("a reserved byte", { $0.receive([0xF8]) }, "protocolViolation"),
        ("a word over the limit", { $0.receive([0xF0, 0xFF, 0xFF, 0xFF, 0xFF]) }, "limitExceeded"),
        ("the end of the stream", { $0.close(gone) }, "connectionClosed"),
        (
            "the end of the stream within a sentence",
            { session in
                session.receive(wire(["!done", ".tag=2"]).dropLast())
                session.close(gone)
            }, "connectionClosed"
        ),
    ]

    @Test("settles everything in flight exactly once, whatever the cause", arguments: causes.indices)
    func settling(index: Int) throws {
        let (_, cause, code) = Self.causes[index]
        var session = SessionMachine.ready()
        for path in ["/a", "/b", "/c", "/d"] { _ = try session.submit(Command(path)) }
        session.abandon(3)
        session.cancel(4)
        session.hear("!trap", ".tag=5", "=message=already have such name")
        _ = session.takeOutgoing()
        cause(&session)
        #expect(
            session.drain() == [
                "failed 2 \(code)", "failed 4 \(code)", "failed 5 duplicate, safe to retry", "closed \(code)",
            ]
        )
        #expect(session.isClosed && session.inFlight == 0)
        session.close(RouterOSError(.trap, "again"))
        session.hear("!done", ".tag=2")
        session.quit()
        session.logIn(user: "api", password: "canary")
        #expect(session.drain() == [])
        let error = #expect(throws: RouterOSError.self) { try session.submit(Command("/x")) }
        #expect(error?.code == .connectionClosed && error?.isSafeToRetry == true)
        #expect(session.takeOutgoing() == [])
    }

    @Test("a command that never left is safe to retry, one that may have is not")
    func safety() throws {
        var session = SessionMachine.ready()
        _ = try session.submit(Command("/sent"))
        _ = session.takeOutgoing()
        _ = try session.submit(Command("/kept"))
        session.close(RouterOSError(.connectionClosed, "gone", isSafeToRetry: true))
        #expect(session.takeOutgoing() == [])
        #expect(
            session.drain() == [
                "failed 2 connectionClosed", "failed 3 connectionClosed, safe to retry", "closed connectionClosed",
            ]
        )
    }

    @Test("what came before the end still counts")
    func lastWords() throws {
        var session = SessionMachine.ready()
        for path in ["/a", "/b"] { _ = try session.submit(Command(path)) }
        _ = session.takeOutgoing()
        session.hear("!re", ".tag=2", "=name=x")
        session.hear("!done", ".tag=2")
        session.close(Self.gone)
        #expect(session.drain() == ["row 2 x", "done 2 ", "failed 3 connectionClosed", "closed connectionClosed"])
    }

    @Test("a fatal that came before the end of the stream says why")
    func lastFatal() throws {
        var session = SessionMachine.ready()
        _ = try session.submit(Command("/a"))
        _ = session.takeOutgoing()
        session.hear("!fatal", "too many sentences")
        session.close(Self.gone)
        #expect(session.drain() == ["failed 2 fatal", "closed fatal"])
    }

    @Test("the end of the stream during a login ends the session", arguments: LoginMode.allCases)
    func duringLogin(mode: LoginMode) {
        var session = SessionMachine()
        session.logIn(user: "api", password: "canary", mode: mode)
        session.quit()
        session.close(Self.gone)
        #expect(session.drain() == ["closed connectionClosed"])
        #expect(session.takeOutgoing() == [])
    }

    @Test(
        "after a quit it is no error, whether the router says so or just goes",
        arguments: [["!fatal", "session terminated on request"], ["!fatal", "=message=bye"], []]
    )
    func quit(answer: [String]) throws {
        var session = SessionMachine.ready()
        _ = try session.submit(Command("/a"))
        _ = try session.submit(Command("/b"))
        session.quit()
        session.quit()
        #expect(try session.sent() == [["/a", ".tag=2"], ["/b", ".tag=3"], ["/quit"]])
        #expect(throws: RouterOSError.self) { try session.submit(Command("/c")) }
        session.cancel(3)
        session.hear("!done", ".tag=2")
        #expect(session.drain() == ["done 2 "])
        #expect(session.takeOutgoing() == [])
        if !answer.isEmpty { session.receive(wire(answer)) }
        session.close(Self.gone)
        #expect(session.drain() == ["failed 3 connectionClosed", "closed"])
    }

    @Test("after a quit what cannot be read is an error all the same")
    func garbageAfterQuit() {
        var session = SessionMachine.ready()
        session.quit()
        session.receive([0xFF])
        #expect(session.drain() == ["closed protocolViolation"])
    }
}
