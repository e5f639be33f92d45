import RouterOSProtocol
import TestSupport
import Testing

@Suite("Session, every state and every input")
struct SessionLawTests {
    typealias Input = ReferenceSession.Input

    static let challenge = "=ret=098f6bcd4621d373cade4e832627b4f6"
    static let interrupted = ["=category=2", "=message=interrupted"]
    static let login: [Input] = [.logIn(.plain), .take, .hear(["!done", ".tag=1"])]

    /// Every state a session can be in, by a way that leads there.
    ///
    /// A command has tag 2, its cancel tag 3.
    static let states: [(name: String, way: [Input])] = [
        ("fresh", []),
        ("plain login", [.logIn(.plain)]),
        ("plain login, sent", [.logIn(.plain), .take]),
        ("plain login, trap heard", [.logIn(.plain), .take, .hear(["!trap", ".tag=1", "=message=no such item"])]),
        ("login with fallback", [.logIn(.plainWithLegacyFallback), .take]),
        ("fallback answered", [.logIn(.plainWithLegacyFallback), .take, .hear(["!done", ".tag=1", challenge])]),
        ("legacy login", [.logIn(.legacyOnly), .take]),
        (
            "legacy login, trap heard",
            [.logIn(.legacyOnly), .take, .hear(["!trap", ".tag=1", "=message=no such item"])]
        ),
        ("legacy login answered", [.logIn(.legacyOnly), .take, .hear(["!done", ".tag=1", challenge]), .take]),
        (
            "legacy answer refused",
            [
                .logIn(.legacyOnly), .hear(["!done", ".tag=1", challenge]),
                .hear(["!trap", ".tag=2", "=message=no such item"]),
            ]
        ),
        ("ready", login),
        ("command not sent", login + [.submit]),
        ("command sent", login + [.submit, .take]),
        ("one sent, one not", login + [.submit, .take, .submit]),
        ("stream", login + [.submit, .take, .hear(["!re", ".tag=2", "=name=1"])]),
        ("no rows", login + [.submit, .take, .hear(["!empty", ".tag=2"])]),
        ("trap heard", login + [.submit, .take, .hear(["!trap", ".tag=2", "=message=no such item"])]),
        ("interrupted", login + [.submit, .take, .hear(["!trap", ".tag=2"] + interrupted)]),
        ("cancelled before it was sent", login + [.submit, .cancel(2)]),
        ("cancelled", login + [.submit, .take, .cancel(2), .take]),
        ("cancelled, trap heard", login + [.submit, .cancel(2), .take, .hear(["!trap", ".tag=2"] + interrupted)]),
        ("cancelled, cancel done", login + [.submit, .cancel(2), .take, .hear(["!done", ".tag=3"])]),
        ("cancelled, over", login + [.submit, .cancel(2), .take, .hear(["!done", ".tag=2"])]),
        ("abandoned before it was sent", login + [.submit, .abandon(2)]),
        ("abandoned", login + [.submit, .take, .abandon(2), .take]),
        ("abandoned, trap heard", login + [.submit, .abandon(2), .take, .hear(["!trap", ".tag=2"] + interrupted)]),
        ("abandoned, cancel done", login + [.submit, .abandon(2), .take, .hear(["!done", ".tag=3"])]),
        ("cancelled and abandoned", login + [.submit, .cancel(2), .abandon(2), .take]),
        ("full", login + [.submit, .submit, .submit, .submit, .take]),
        ("quitting", login + [.quit]),
        ("quitting, command under way", login + [.submit, .take, .quit, .take]),
        ("quitting, command not sent", login + [.submit, .quit]),
        ("quitting, cancelled", login + [.submit, .take, .quit, .cancel(2)]),
        ("closed by us", login + [.submit, .close]),
        ("closed by the router", login + [.submit, .take, .hear(["!fatal", "bye"])]),
        ("closed as asked", login + [.quit, .close]),
        ("closed before it began", [.close]),
    ]

    /// Every input: each word with each tag, then everything that the shell around a session can do.
    static let inputs: [Input] = {
        let tags = [".tag=1", ".tag=2", ".tag=3", ".tag=4000000000", ".tag=x", ".tag=", nil]
        let answers: [[String]] = [
            ["!re", "=name=x"], ["!re"], ["!done"], ["!done", "=ret=*1"], ["!done", challenge], ["!done", "=ret="],
            ["!trap", "=message=no such item"], ["!trap"] + interrupted, ["!empty"], ["!unheard", "=x=y"],
        ]
        let replies = answers.flatMap { words in tags.map { words + ($0.map { [$0] } ?? []) } }
        let fatals = [["!fatal", "bye"], ["!fatal", "=message=bye"], ["!fatal"], ["!fatal", "not logged in"]]
        let tagsOfOurs: [UInt32] = [1, 2, 3, 77]
        return (replies + fatals).map { .hear($0) }
            + LoginMode.allCases.map { .logIn($0) }
            + tagsOfOurs.map { .cancel($0) } + tagsOfOurs.map { .abandon($0) }
            + [.submit, .submitWithoutPath, .quit, .take, .close]
    }()

    @Test("does what the reference does", arguments: states.indices, Delivery.allCases)
    func everyInput(state: Int, delivery: Delivery) {
        for input in Self.inputs {
            var watched = Self.session(in: state)
            watched.apply(input, by: delivery)
            watched.finish()
        }
    }

    @Test("does what the reference does after another input", arguments: states.indices)
    func everyPair(state: Int) {
        for first in Self.inputs {
            var begun = Self.session(in: state)
            begun.apply(first)
            for second in Self.inputs {
                var watched = begun
                watched.apply(second)
                watched.finish()
            }
        }
    }

    @Test("ends with bytes that make no sense", arguments: states.indices)
    func garbage(state: Int) {
        var watched = Self.session(in: state)
        // A peer that has said nothing yet is told by its first bytes.
        guard watched.session.hasRecognisedPeer else { return }
        watched.apply(.hearGarbage)
        #expect(watched.session.isClosed)
        watched.finish()
    }

    @Test("ends within a sentence as it ends between two", arguments: states.indices)
    func part(state: Int) {
        var watched = Self.session(in: state)
        watched.apply(.hearPart)
        watched.finish()
    }

    private static func session(in state: Int) -> WatchedSession {
        var watched = WatchedSession(maximumInFlight: 4)
        for input in states[state].way { watched.apply(input) }
        return watched
    }
}
