import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

/// A dialogue that somebody had with a real router: what was sent, and the bytes that came back.
struct Capture: Sendable, CustomTestStringConvertible {
    /// What it shows.
    let testDescription: String
    let release: RouterOSVersion
    var password = ""
    /// The challenge of a login that has one, in hexadecimal.
    var challenge = ""
    /// Whether the client had signed in before.
    var isSignedIn = true
    /// Makes the router what it was.
    var prepare: @Sendable (inout SimulatedRouter) throws -> Void = { _ in }
    /// The lines of the dialogue: `>` before a word that the client sends, `<` before one of the router, alone at the end of a
    /// sentence; `*` before a command that somebody else gives the router.
    let lines: String

    /// Sends what the client sent; whether the router answers each sentence with the very bytes of the capture.
    func replay() throws {
        var router = SimulatedRouter(
            release,
            credentials: .user("admin", password: password),
            identity: "MikroTik",
            seed: 1,
            traffic: .none
        )
        try prepare(&router)
        let connection = router.open()
        if isSignedIn {
            if release.takesPlainLogin {
                router.receive(Dialogue.encode(["/login", "=name=admin", "=password=\(password)"]), on: connection)
            } else {
                let challenge = [UInt8](repeating: 0, count: 16)
                let response = LegacyChallenge(bytes: challenge).response(to: Array(password.utf8))
                router.nextChallenge = challenge
                router.receive(Dialogue.encode(["/login"]), on: connection)
                let words = ["/login", "=name=admin", "=response=" + response]
                router.receive(Dialogue.encode(words), on: connection)
            }
            let signedIn = Dialogue.decode(router.takeOutgoing().flatMap(\.bytes)).last
            #expect(signedIn == ["!done"])
        }
        router.nextChallenge = challenge.isEmpty ? nil : hexadecimal(challenge)
        for turn in turns {
            for sentence in turn.sent { router.receive(Dialogue.encode(sentence), on: connection) }
            for command in turn.byOthers { try run(command, on: &router) }
            let bytes = router.takeOutgoing().filter { $0.connection == connection }.flatMap(\.bytes)
            let expected = turn.received.flatMap(Dialogue.encode)
            #expect(bytes == expected, "said \(Dialogue.decode(bytes))")
        }
    }

    private struct Turn {
        var sent: [[String]] = []
        var byOthers: [[String]] = []
        var received: [[String]] = []
    }

    /// The dialogue in turns: what is sent, then what comes back.
    private var turns: [Turn] {
        var turns: [Turn] = [Turn()]
        var sentence: [String] = []
        for line in lines.split(separator: "\n") {
            guard let direction = line.first, let last = turns.indices.last else { continue }
            let word = String(line.dropFirst(2))
            if direction == "*" {
                if !turns[last].received.isEmpty { turns.append(Turn()) }
                turns[turns.count - 1].byOthers.append(word.split(separator: " ").map(String.init))
                continue
            }
            guard word.isEmpty else {
                sentence.append(word)
                continue
            }
            defer { sentence = [] }
            if direction == "<" {
                turns[last].received.append(sentence)
            } else if turns[last].received.isEmpty, turns[last].byOthers.isEmpty {
                turns[last].sent.append(sentence)
            } else {
                turns.append(Turn(sent: [sentence]))
            }
        }
        return turns
    }

    private func run(_ words: [String], on router: inout SimulatedRouter) throws {
        let attributes = words.dropFirst().map { word -> (String, WireText) in
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), WireText(String(parts.last ?? "")))
        }
        _ = try router.execute(Request(words[0], attributes))
        router.tellListeners()
    }
}

/// The bytes that hexadecimal digits stand for, spaces between them left out.
func hexadecimal(_ text: String) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
