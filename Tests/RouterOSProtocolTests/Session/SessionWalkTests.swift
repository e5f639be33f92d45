import RouterOSProtocol
import TestSupport
import Testing

@Suite("Session, random dialogues")
struct SessionWalkTests {
    @Test(
        "does what the reference does, whatever the router answers and in whatever pieces",
        arguments: 0..<200 as Range<UInt64>
    )
    func walk(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var watched = WatchedSession(maximumInFlight: 12)
        var peer = ScriptedPeer()
        let mode = LoginMode.allCases.randomElement(using: &random) ?? .plain
        watched.apply(.logIn(mode))
        watched.apply(.take)
        if mode != .plain, mode == .legacyOnly || Bool.random(using: &random) {
            watched.apply(.hear(["!done", ".tag=1", SessionLawTests.challenge]))
            watched.apply(.take)
        }
        watched.apply(.hear(["!done", ".tag=\(watched.reference.lastTag)"]))
        var line = Line()
        var seen = watched.sent.count
        for _ in 0..<300 where !watched.session.isClosed {
            switch Int.random(in: 0..<100, using: &random) {
            case 0..<25: watched.apply(.submit)
            case 25..<40:
                watched.apply(.take)
                try peer.receive(Array(watched.sent[seen...]), using: &random)
                seen = watched.sent.count
            case 40..<46: stop(&watched, using: &random) { .cancel($0) }
            case 46..<50: stop(&watched, using: &random) { .abandon($0) }
            case 50..<75: if let sentence = peer.next(using: &random) { line.append(sentence) }
            case 75: watched.apply(seed % 4 == 0 ? .quit : .submitWithoutPath)
            case 76:
                if peer.isGone, Bool.random(using: &random) {
                    line.append(["!fatal", "session terminated on request"])
                }
            default:
                let (bytes, sentences) = line.take(using: &random)
                watched.receive(bytes, completing: sentences)
            }
        }
        watched.finish()
    }

    /// Stops a command, mostly one that is under way.
    private func stop(
        _ watched: inout WatchedSession,
        using random: inout SplitMix64,
        _ input: (UInt32) -> ReferenceSession.Input
    ) {
        let any = UInt32.random(in: 1...watched.reference.lastTag, using: &random)
        let isStray = Int.random(in: 0..<6, using: &random) == 0
        watched.apply(input(isStray ? any : watched.waiting.randomElement(using: &random) ?? any))
    }
}

/// The bytes under way to a session, handed over one by one, by the piece or many sentences at once.
private struct Line {
    private var bytes: [UInt8] = []
    /// The sentences that have not wholly arrived, each with the number of bytes up to its end.
    private var sentences: [(end: Int, words: [String])] = []

    mutating func append(_ words: [String]) {
        bytes += wire(words)
        sentences.append((bytes.count, words))
    }

    mutating func take(using random: inout SplitMix64) -> (bytes: [UInt8], sentences: [[String]]) {
        let sizes = [1, 5, 20, bytes.count, sentences.first?.end ?? 0]
        let size = min(bytes.count, sizes.randomElement(using: &random) ?? 0)
        let taken = Array(bytes.prefix(size))
        bytes.removeFirst(size)
        let arrived = sentences.prefix { $0.end <= size }.map(\.words)
        sentences = sentences.dropFirst(arrived.count).map { ($0.end - size, $0.words) }
        return (taken, arrived)
    }
}
