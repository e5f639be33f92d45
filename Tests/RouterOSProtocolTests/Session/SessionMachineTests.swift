import Testing

@testable import RouterOSProtocol

@Suite("Session")
struct SessionMachineTests {
    @Test("answers reach the commands they belong to, in whatever order they come", arguments: Delivery.allCases)
    func multiplexing(delivery: Delivery) throws {
        var session = SessionMachine.ready()
        let first = try session.submit(Command("/a"))
        let second = try session.submit(Command("/b"))
        #expect([first, second] == [2, 3])
        let answers = [
            ["!re", "=name=b", ".tag=3"], ["!re", ".tag=2", "=name=a"], ["!done", "=ret=*1", ".tag=3"],
            ["!empty", ".tag=2"], ["!done", ".tag=2"],
        ]
        var events: [String] = []
        for piece in delivery.pieces(answers.flatMap(wire)) {
            session.receive(piece)
            events += session.drain()
        }
        #expect(events == ["row 3 b", "row 2 a", "done 3 *1", "done 2 "])
        #expect(session.inFlight == 0)
    }

    @Test("rows refer to the array they arrived in")
    func adoption() throws {
        var session = SessionMachine.ready()
        let tag = try session.submit(Command("/a"))
        let bytes = wire(["!re", ".tag=\(tag)", "=name=" + String(repeating: "x", count: 10_000)])
        session.receive(bytes)
        guard case .row(tag, let row) = session.nextEvent() else {
            Issue.record("no row")
            return
        }
        let name = try #require(row.bytes("name")).withUnsafeBytes { $0.baseAddress }
        let ending = bytes.dropLast().suffix(10_000).withUnsafeBytes { $0.baseAddress }
        #expect(name == ending)
    }

    @Test("of several traps the first counts, the others are counted, and the command ends once")
    func traps() throws {
        var session = SessionMachine.ready()
        let tag = try session.submit(Command("/a"))
        session.hear("!trap", ".tag=\(tag)", "=message=no such item")
        session.hear("!trap", ".tag=\(tag)", "=message=second")
        session.hear("!trap", ".tag=\(tag)", "=message=third")
        session.hear("!done", ".tag=\(tag)")
        session.hear("!done", ".tag=\(tag)")
        guard case .completed(tag, .failure(let error)) = session.nextEvent() else {
            Issue.record("no failure")
            return
        }
        #expect(error.code == .noSuchItem && error.furtherTraps == 2)
        #expect(error.description.hasSuffix("the router says: no such item. And 2 more traps."))
        #expect(session.drain() == [])
    }

    @Test("a tag is not used again while its command is under way, though the numbers start over")
    func tags() throws {
        var session = SessionMachine.ready()
        let old = try session.submit(Command("/listen"))
        session.lastTag = .max - 2
        let tags = try (0..<6).map { _ in try session.submit(Command("/x")) }
        #expect(tags == [.max - 1, .max, 1, 3, 4, 5])
        #expect(old == 2)
        session.abandon(old)
        session.lastTag = 1
        #expect(try session.submit(Command("/x")) == 7, "an abandoned command and its cancel keep their tags")
    }

    @Test("replies that belong to nothing are ignored")
    func strays() throws {
        var session = SessionMachine.ready()
        let tag = try session.submit(Command("/a"))
        session.hear("!done", ".tag=99")
        session.hear("!re", ".tag=x", "=name=x")
        session.hear("!re", ".tag=4294967298", "=name=x")
        session.hear("!done")
        session.hear("!trap", "=message=x")
        session.hear("!unheard", ".tag=\(tag)")
        session.hear("!empty", ".tag=\(tag)")
        session.hear("/system/reboot", ".tag=\(tag)")
        session.hear()
        #expect(session.drain() == [])
        session.hear("!done", ".tag=\(tag)")
        #expect(session.drain() == ["done \(tag) "])
    }

    @Test(
        "a peer that is no API service is named before its bytes make sense",
        arguments: [
            ([0x15, 0x03, 0x01, 0x00], "TLS"), (Array("HTTP/1.1 400".utf8), "HTTP"), (Array("SSH-2.0-x".utf8), "SSH"),
            ([0x05, 0x41], "not with RouterOS"), ([0xFF, 0xFE], "not with RouterOS"), ([0xF1], "not with RouterOS"),
            ([0x80, 0x03, 0x41], "not with RouterOS"), ([0x80, 0x80], "not with RouterOS"),
            ([0xF0, 0xFF, 0xFF, 0xFF, 0xFF], "not with RouterOS"), (Array("HTTX".utf8), "not with RouterOS"),
            (Array("SSX".utf8), "not with RouterOS"), (Array("\0\0HTTP".utf8), "HTTP"),
            ([0xF0, 0, 0, 0, 0, 0x80, 0] + Array("SSH-".utf8), "SSH"),
        ] as [([UInt8], String)],
        Delivery.allCases
    )
    func foreignPeer(peer: ([UInt8], hint: String), delivery: Delivery) {
        let (bytes, hint) = peer
        var session = SessionMachine()
        session.logIn(user: "api", password: "canary")
        var event: SessionMachine.Event?
        for piece in delivery.pieces(bytes) where event == nil {
            session.receive(piece)
            event = session.nextEvent()
        }
        guard case .closed(let error?) = event else {
            Issue.record("the session goes on")
            return
        }
        #expect(error.code == .notRouterOS)
        #expect(error.message.contains(hint))
    }

    @Test(
        "a router is known however long its length prefixes are, after whatever number of empty sentences",
        arguments: [
            [5], [0x80, 5], [0xC0, 0, 5], [0xE0, 0, 0, 5], [0xF0, 0, 0, 0, 5], [0, 0x80, 0, 0xF0, 0, 0, 0, 0, 5],
        ]
            as [[UInt8]],
        Delivery.allCases
    )
    func overlongPrefix(prefix: [UInt8], delivery: Delivery) {
        var session = SessionMachine()
        session.logIn(user: "api", password: "canary")
        for piece in delivery.pieces(prefix + Array("!done".utf8) + wire([".tag=1"])) {
            #expect(session.drain() == [])
            session.receive(piece)
        }
        #expect(session.drain() == ["logged in"])
    }

    @Test(
        "a peer that sends nothing but empty sentences takes no memory",
        arguments: [[0], [0x80, 0], [0x80, 0, 0]] as [[UInt8]]
    )
    func emptySentences(bytes: [UInt8]) {
        var session = SessionMachine()
        session.logIn(user: "api", password: "canary")
        for _ in 0..<1_000 {
            session.receive(bytes)
            #expect(session.drain() == [] && session.decoder.pending.count <= 2)
        }
    }

    @Test("a command without a path is refused before anything is sent", arguments: ["", "/", "system/identity/print"])
    func paths(path: String) throws {
        var session = SessionMachine.ready()
        let error = #expect(throws: RouterOSError.self) { try session.submit(Command(path)) }
        #expect(error?.code == .invalidCommand && error?.isSafeToRetry == true)
        #expect(session.takeOutgoing() == [])
    }

    @Test("no more commands are under way than allowed, abandoned ones included")
    func maximum() throws {
        var session = SessionMachine.ready(maximumInFlight: 3)
        let first = try session.submit(Command("/a"))
        _ = try session.submit(Command("/b"))
        session.abandon(first)
        _ = session.takeOutgoing()
        let error = #expect(throws: RouterOSError.self) { try session.submit(Command("/c")) }
        #expect(error?.code == .limitExceeded && error?.isSafeToRetry == true)
        #expect(session.takeOutgoing() == [])
        session.hear("!done", ".tag=\(first)")
        #expect(session.drain() == [])
        #expect(throws: Never.self) { try session.submit(Command("/c")) }
    }

    @Test("a cancel is sent though no command may be")
    func cancelAtMaximum() throws {
        var session = SessionMachine.ready(maximumInFlight: 1)
        let stream = try session.submit(Command("/log/listen"))
        _ = session.takeOutgoing()
        session.cancel(stream)
        #expect(try session.sent() == [["/cancel", ".tag=3", "=tag=2"]])
    }

    @Test("what a peer sends before the login is forgotten at once")
    func flood() {
        var session = SessionMachine()
        session.logIn(user: "api", password: "canary")
        _ = session.takeOutgoing()
        for number in 0..<10_000 {
            session.hear("!re", ".tag=\(number)", "=name=x")
            session.hear("!trap", ".tag=\(number + 2)", "=message=x")
            #expect(session.drain().isEmpty)
        }
        #expect(session.inFlight == 0 && session.epilogue.isEmpty && session.decoder.pending.isEmpty)
        session.hear("!done", ".tag=1")
        #expect(session.drain() == ["logged in"])
    }
}
