import RouterOSProtocol
import Testing

/// A session and the one it is held against, and the laws that hold whatever happens.
struct WatchedSession {
    private(set) var session: SessionMachine
    private(set) var reference: ReferenceSession
    private var submitted: Set<UInt32> = []
    private var completed: Set<UInt32> = []
    private var abandoned: Set<UInt32> = []
    private var events: [String] = []
    private var isLegacyOnly = false
    private(set) var sent: [UInt8] = []

    static let password = "canary"

    init(maximumInFlight: Int) {
        session = SessionMachine(maximumInFlight: maximumInFlight)
        reference = ReferenceSession(maximum: maximumInFlight)
    }

    /// The tags whose end is still to be told.
    var waiting: [UInt32] { submitted.subtracting(completed).subtracting(abandoned).sorted() }

    /// Does one thing to both, in these pieces if it is something that is heard, and compares what they tell.
    mutating func apply(_ input: ReferenceSession.Input, by delivery: Delivery = .whole) {
        if case .hear(let words) = input {
            var told: [String] = []
            for piece in delivery.pieces(wire(words)) {
                session.receive(piece)
                told += drain()
            }
            #expect(told == reference.apply(input), "\(input)")
        } else {
            perform(input)
            let told = drain()
            #expect(told == reference.apply(input), "\(input)")
        }
        check()
    }

    /// Receives bytes that hold these sentences, and perhaps the beginning of another.
    mutating func receive(_ bytes: some Collection<UInt8>, completing sentences: [[String]]) {
        session.receive(bytes)
        let told = drain()
        #expect(told == sentences.flatMap { reference.apply(.hear($0)) })
        check()
    }

    private mutating func perform(_ input: ReferenceSession.Input) {
        switch input {
        case .logIn(let mode):
            if reference.phase == .fresh { isLegacyOnly = mode == .legacyOnly }
            session.logIn(user: "api", password: Self.password, mode: mode)
        case .submit:
            let isTaken = reference.phase == .ready && reference.live.count < reference.maximum
            let tag = try? session.submit(Command("/x"))
            #expect(tag == (isTaken ? reference.nextTag : nil))
            if let tag { #expect(submitted.insert(tag).inserted) }
        case .submitWithoutPath:
            #expect(throws: RouterOSError.self) { try session.submit(Command("x")) }
        case .cancel(let tag):
            session.cancel(tag)
        case .abandon(let tag):
            session.abandon(tag)
            if submitted.contains(tag) { abandoned.insert(tag) }
        case .quit: session.quit()
        case .take: sent += session.takeOutgoing()
        case .hear(let words): session.receive(wire(words))
        case .hearGarbage: session.receive([0xFF, 0xFE])
        case .hearPart: session.receive(wire(["!re", ".tag=2"]).prefix(6))
        case .close: session.close(RouterOSError(.connectionClosed, "gone"))
        }
    }

    private mutating func drain() -> [String] {
        var told: [String] = []
        while let event = session.nextEvent() {
            if let tag = event.tag {
                #expect(submitted.contains(tag) && !completed.contains(tag) && !abandoned.contains(tag))
            }
            if case .completed(let tag, _) = event { completed.insert(tag) }
            told.append(describe(event))
        }
        events += told
        return told
    }

    private mutating func check() {
        #expect(session.isClosed == (reference.phase == .closed))
        #expect(session.isReady == (reference.phase == .ready))
        #expect(session.inFlight == reference.live.count)
        #expect(events.count { $0 == "logged in" } <= 1)
        #expect(events.dropLast().allSatisfy { !$0.hasPrefix("closed") }, "the end is the last event")
        guard session.isClosed else { return }
        #expect(session.takeOutgoing() == [], "nothing is sent after the end")
        #expect(waiting.isEmpty, "every command ends once, or never when it was abandoned")
    }

    /// Ends the session and looks whether everything came to its end.
    mutating func finish() {
        apply(.take)
        apply(.close)
        #expect(session.isClosed && waiting.isEmpty)
        if isLegacyOnly {
            #expect(!String(decoding: sent, as: UTF8.self).contains(Self.password), "the password was shown")
        }
    }
}
