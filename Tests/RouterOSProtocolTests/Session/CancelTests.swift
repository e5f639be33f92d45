import RouterOSProtocol
import Testing

@Suite("Ending one command")
struct CancelTests {
    /// A session with a stream under tag 2 whose cancel has tag 3.
    private func stopped(_ stop: (inout SessionMachine, UInt32) -> Void) throws -> SessionMachine {
        var session = SessionMachine.ready()
        #expect(try session.submit(Command("/interface/listen")) == 2)
        _ = session.takeOutgoing()
        stop(&session, 2)
        #expect(try session.sent() == [["/cancel", ".tag=3", "=tag=2"]])
        return session
    }

    private static let interrupted = ["!trap", ".tag=2", "=category=2", "=message=interrupted"]
    private static let row = ["!re", ".tag=2", "=name=late"]
    private static let noSuchItem = ["!trap", ".tag=3", "=message=no such item"]

    private static func done(_ tag: Int) -> [String] { ["!done", ".tag=\(tag)"] }

    /// Every order in which a router can answer a stream and its cancel.
    static let orders: [[[String]]] = [
        [interrupted, done(3), done(2)], [interrupted, done(2), done(3)], [row, interrupted, done(3), row, done(2)],
        [done(3), interrupted, done(2)], [done(2), done(3)], [row, done(2), noSuchItem, done(3)],
        [noSuchItem, done(3), done(2)], [["!trap", ".tag=3", "=message=no such command"], done(3), row, done(2)],
        [interrupted, interrupted, done(2), done(3)], [done(3), done(3), ["!empty", ".tag=2"], done(2), done(2)],
    ]

    @Test("a cancelled stream delivers what is under way and ends once, without an error", arguments: orders)
    func cancel(order: [[String]]) throws {
        var session = try stopped { $0.cancel($1) }
        let rows = order.filter { $0 == Self.row }.map { _ in "row 2 late" }
        session.receive(order.flatMap(wire))
        #expect(session.drain() == rows + ["done 2 "])
        #expect(session.inFlight == 0)
    }

    @Test("an abandoned command is never heard of again", arguments: orders)
    func abandon(order: [[String]]) throws {
        var session = try stopped { $0.abandon($1) }
        let other = try session.submit(Command("/other"))
        session.receive(order.flatMap(wire))
        #expect(session.drain() == [])
        session.hear("!done", ".tag=\(other)")
        #expect(session.drain() == ["done \(other) "])
        #expect(session.inFlight == 0)
    }

    @Test("a cancelled stream that was given up is never heard of again", arguments: orders)
    func cancelThenAbandon(order: [[String]]) throws {
        var session = try stopped { $0.cancel($1) }
        session.abandon(2)
        #expect(session.takeOutgoing() == [], "the router was told before")
        session.receive(order.flatMap(wire))
        #expect(session.drain() == [])
        #expect(session.inFlight == 0)
    }

    @Test("another error of a cancelled stream stays one, after whose interruption nothing is certain")
    func otherError() throws {
        var session = try stopped { $0.cancel($1) }
        session.hear("!trap", ".tag=2", "=message=no such item")
        session.receive(wire(Self.interrupted) + wire(Self.done(2)))
        #expect(session.drain() == ["failed 2 noSuchItem"])
    }

    @Test("an error heard before the cancel stays one")
    func earlierError() throws {
        var session = SessionMachine.ready()
        let tag = try session.submit(Command("/log/listen"))
        session.hear("!trap", ".tag=\(tag)", "=category=2", "=message=interrupted")
        #expect(session.drain() == [])
        session.cancel(tag)
        session.hear("!done", ".tag=\(tag)")
        #expect(session.drain() == ["failed \(tag) interrupted"])
    }

    @Test("an interruption that nobody here asked for is an error")
    func foreignCancel() throws {
        var session = SessionMachine.ready()
        let tag = try session.submit(Command("/log/listen"))
        session.hear("!trap", ".tag=\(tag)", "=category=2", "=message=interrupted")
        session.hear("!done", ".tag=\(tag)")
        #expect(session.drain() == ["failed \(tag) interrupted"])
    }

    @Test("a cancelled stream whose router falls silent ends with the session")
    func silence() throws {
        var session = try stopped { $0.cancel($1) }
        session.receive(wire(Self.interrupted) + wire(Self.done(3)))
        session.close(RouterOSError(.connectionClosed, "gone"))
        #expect(session.drain() == ["failed 2 connectionClosed", "closed connectionClosed"])
    }

    @Test("a cancel that is never answered disturbs nothing")
    func unansweredCancel() throws {
        var session = try stopped { $0.cancel($1) }
        session.receive(wire(Self.interrupted) + wire(Self.done(2)))
        #expect(session.drain() == ["done 2 "])
        #expect(session.inFlight == 0, "it counts no longer than what it cancels")
        session.close(RouterOSError(.connectionClosed, "gone"))
        #expect(session.drain() == ["closed connectionClosed"])
    }

    @Test("cancels that are never answered leave room for any number of commands")
    func manyUnansweredCancels() throws {
        var session = SessionMachine.ready(maximumInFlight: 2)
        for round in 0..<100 {
            let tag = try session.submit(Command("/listen"))
            if round % 2 == 0 { session.cancel(tag) } else { session.abandon(tag) }
            session.receive(wire(Self.done(Int(tag))))
            #expect(session.drain() == (round % 2 == 0 ? ["done \(tag) "] : []))
        }
        #expect(session.inFlight == 0)
    }

    static let redundant: [(String, @Sendable (inout SessionMachine) -> Void)] = [
        ("cancelled twice", { $0.cancel(2) }),
        (
            "cancelled after it was abandoned",
            { session in
                session.abandon(2)
                session.cancel(2)
                session.abandon(2)
            }
        ),
        (
            "cancelled after it was over",
            { session in
                session.receive(wire(done(2)))
                _ = session.drain()
                session.cancel(2)
                session.abandon(2)
            }
        ),
        (
            "one that never was",
            { session in
                session.cancel(77)
                session.abandon(77)
            }
        ),
        (
            "the cancel itself",
            { session in
                session.cancel(3)
                session.abandon(3)
            }
        ),
    ]

    @Test("nothing is sent or told for a command that need not be stopped", arguments: redundant.indices)
    func idle(index: Int) throws {
        var session = try stopped { $0.cancel($1) }
        Self.redundant[index].1(&session)
        #expect(session.takeOutgoing() == [], "\(Self.redundant[index].0)")
        #expect(session.drain() == [])
    }

    @Test("nothing is sent or told for a command of a session that is over")
    func closed() throws {
        var session = try stopped { $0.cancel($1) }
        session.close(RouterOSError(.connectionClosed, "gone"))
        session.cancel(2)
        session.abandon(2)
        #expect(session.takeOutgoing() == [])
        #expect(session.drain() == ["closed connectionClosed"], "not even how the command ended")
    }
}
