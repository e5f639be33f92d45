import RouterOSProtocol
import TestSupport
import Testing

@Suite("Session")
struct SessionMachineTests {
    private func drain(_ session: inout SessionMachine) -> [String] {
        var events: [String] = []
        while let event = session.nextEvent() { events.append(describe(event)) }
        return events
    }

    private func tag(_ number: UInt32) -> [UInt8] { Array(String(number).utf8) }

    private func ready() -> (SessionMachine, RouterScript) {
        var session = SessionMachine()
        let router = RouterScript(&session)
        return (session, router)
    }

    @Test("logs in with name and password and is ready then")
    func login() throws {
        var session = SessionMachine()
        session.logIn(user: "api", password: "secret")
        let command = try #require(try commands(&session).first)
        #expect(command.name == "/login")
        #expect(command["name"] == "api" && command["password"] == "secret")
        #expect(throws: RouterOSError.self) { try session.submit(Command("/x")) }
        var encoder = SentenceEncoder()
        encoder.append(Reply(.done, tag: Array(try #require(command.tag))))
        session.receive(encoder.bytes)
        #expect(drain(&session) == ["logged in"])
        #expect(session.isReady)
    }

    @Test("a refused login ends the session as an authentication error", arguments: [true, false])
    func refusedLogin(isTagged: Bool) {
        var session = SessionMachine()
        session.logIn(user: "api", password: "wrong")
        var encoder = SentenceEncoder()
        let tag = isTagged ? Array("1".utf8) : nil
        encoder.append(Reply(.trap, tag: tag) { $0["message"] = "invalid user name or password (6)" })
        encoder.append(Reply(.done, tag: tag))
        session.receive(encoder.bytes)
        #expect(drain(&session) == ["closed authentication"])
    }

    @Test("a router that wants the old login is told apart from one that refuses")
    func oldLogin() {
        var session = SessionMachine()
        session.logIn(user: "api", password: "secret")
        var encoder = SentenceEncoder()
        encoder.append(Reply(.done, tag: Array("1".utf8)) { $0["ret"] = "93b438ec9b80057c06dd9fe67d56aa9a" })
        session.receive(encoder.bytes)
        #expect(drain(&session) == ["closed authentication"])
    }

    @Test("answers reach the commands they belong to, in whatever order they come")
    func multiplexing() throws {
        var (session, router) = ready()
        let first = try session.submit(Command("/a"))
        let second = try session.submit(Command("/b"))
        router.send(
            [
                Reply(.row, tag: tag(second)) { $0["name"] = "b" }, Reply(.row, tag: tag(first)) { $0["name"] = "a" },
                Reply(.done, tag: tag(second)) { $0["ret"] = "*1" }, Reply(.empty, tag: tag(first)),
                Reply(.done, tag: tag(first)),
            ],
            to: &session
        )
        #expect(
            drain(&session) == ["row \(second) b", "row \(first) a", "done \(second) *1", "done \(first) "]
        )
        #expect(session.inFlight == 0)
    }

    @Test("of several traps the first counts, and the command ends once")
    func traps() throws {
        var (session, router) = ready()
        let number = try session.submit(Command("/a"))
        router.send(
            [
                Reply(.trap, tag: tag(number)) { $0["message"] = "no such item" },
                Reply(.trap, tag: tag(number)) { $0["message"] = "second" }, Reply(.done, tag: tag(number)),
                Reply(.done, tag: tag(number)),
            ],
            to: &session
        )
        #expect(drain(&session) == ["failed \(number) noSuchItem"])
    }

    /// Every order in which a router can answer a command that was abandoned and the cancel that follows.
    static let cancelOrders: [[String]] = [
        ["trap victim", "done cancel", "done victim"], ["trap victim", "done victim", "done cancel"],
        ["row victim", "trap victim", "done cancel", "done victim"], ["done victim", "done cancel"],
        ["done victim", "trap cancel", "done cancel"], ["row victim", "done victim", "done cancel"],
    ]

    @Test("an abandoned command is cancelled on the router and never heard of again", arguments: cancelOrders)
    func cancel(order: [String]) throws {
        var (session, router) = ready()
        let victim = try session.submit(Command("/slow"))
        _ = session.takeOutgoing()
        session.abandon(victim)
        session.abandon(victim)
        let sent = try commands(&session)
        #expect(sent.map(\.name) == ["/cancel"])
        #expect(sent.first?["tag"] == String(victim))
        let cancel = try #require(sent.first?.integerTag)
        let other = try session.submit(Command("/other"))
        for step in order {
            let number = step.hasSuffix("victim") ? victim : cancel
            let kind: ReplyKind = step.hasPrefix("trap") ? .trap : step.hasPrefix("row") ? .row : .done
            router.send([Reply(kind, tag: tag(number)) { $0["message"] = "interrupted" }], to: &session)
        }
        #expect(drain(&session) == [])
        router.send([Reply(.done, tag: tag(other))], to: &session)
        #expect(drain(&session) == ["done \(other) "])
        #expect(session.inFlight == 0)
    }

    @Test("a tag is not used again while its command is under way")
    func tags() throws {
        var (session, _) = ready()
        var tags: Set<UInt32> = []
        for _ in 0..<1_000 { tags.insert(try session.submit(Command("/x"))) }
        #expect(tags.count == 1_000)
    }

    @Test(
        "whatever ends the session settles everything in flight exactly once",
        arguments: ["fatal", "fatal message", "end of stream", "reserved byte"]
    )
    func ending(cause: String) throws {
        var (session, router) = ready()
        let first = try session.submit(Command("/a"))
        let second = try session.submit(Command("/b"))
        let abandoned = try session.submit(Command("/c"))
        session.abandon(abandoned)
        let code: String
        switch cause {
        case "fatal":
            router.send([Reply(.fatal, reason: "session terminated on request")], to: &session)
            code = "fatal"
        case "fatal message":
            router.send([Reply(.fatal) { $0["message"] = "going down" }], to: &session)
            code = "fatal"
        case "reserved byte":
            session.receive([0xF8])
            code = "protocolViolation"
        default:
            session.close(RouterOSError(.connectionClosed, "gone"))
            code = "connectionClosed"
        }
        #expect(drain(&session) == ["failed \(first) \(code)", "failed \(second) \(code)", "closed \(code)"])
        session.close(RouterOSError(.connectionClosed, "again"))
        router.send([Reply(.done, tag: tag(first))], to: &session)
        #expect(drain(&session) == [])
        #expect(throws: RouterOSError.self) { try session.submit(Command("/x")) }
        #expect(session.takeOutgoing() == [])
    }

    @Test("replies that belong to nothing are ignored")
    func strays() throws {
        var (session, router) = ready()
        let number = try session.submit(Command("/a"))
        router.send(
            [
                Reply(.done, tag: tag(99)), Reply(.row, tag: Array("x".utf8)), Reply(.done),
                Reply(.trap) { $0["message"] = "x" },
                Reply(.other, tag: tag(number)), Reply(.done, tag: tag(number)),
            ],
            to: &session
        )
        #expect(drain(&session) == ["done \(number) "])
    }

    @Test(
        "a peer that is no API service is named before its bytes make sense",
        arguments: [
            ([0x15, 0x03, 0x01, 0x00], "TLS"), (Array("HTTP/1.1 400".utf8), "HTTP"), (Array("SSH-2.0-x".utf8), "SSH"),
            ([0x05, 0x41], "not with RouterOS"), ([0xFF, 0xFE], "not with RouterOS"),
        ] as [([UInt8], String)]
    )
    func foreignPeer(bytes: [UInt8], hint: String) {
        var session = SessionMachine()
        session.logIn(user: "api", password: "secret")
        session.receive(bytes)
        guard case .closed(let error) = session.nextEvent() else {
            Issue.record("the session goes on")
            return
        }
        #expect(error.code == .notRouterOS)
        #expect(error.message.contains(hint))
    }

    @Test("a command without a path is refused before anything is sent", arguments: ["", "/", "system"])
    func badPath(path: String) {
        var (session, _) = ready()
        let error = #expect(throws: RouterOSError.self) { try session.submit(Command(path)) }
        #expect(error?.code == .invalidCommand)
        #expect(session.takeOutgoing() == [])
    }

    @Test("random dialogues end every command once or never", arguments: 0..<100 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var (session, router) = ready()
        var waiting: Set<UInt32> = []
        var ended: Set<UInt32> = []
        for _ in 0..<200 {
            switch Int.random(in: 0..<5, using: &generator) {
            case 0, 1:
                if !session.isClosed { waiting.insert(try session.submit(Command("/x"))) }
            case 2:
                guard let victim = waiting.sorted().randomElement(using: &generator) else { break }
                session.abandon(victim)
                waiting.remove(victim)
            default:
                let kind = [ReplyKind.row, .trap, .done, .done, .empty].randomElement(using: &generator) ?? .done
                let number = UInt32.random(in: 1...60, using: &generator)
                router.send([Reply(kind, tag: tag(number)) { $0["message"] = "x" }], to: &session)
            }
            while let event = session.nextEvent() {
                guard case .completed(let number, _) = event else { continue }
                #expect(waiting.remove(number) != nil)
                #expect(ended.insert(number).inserted)
            }
        }
        session.close(RouterOSError(.connectionClosed, "end"))
        while let event = session.nextEvent() {
            if case .completed(let number, _) = event { #expect(waiting.remove(number) != nil) }
        }
        #expect(waiting.isEmpty)
    }
}
