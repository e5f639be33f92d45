import RouterOSClient
import RouterOSProtocol

@testable import RouterOSTesting

/// A conversation with a router that has no socket: words in, sentences out.
struct Dialogue {
    var router: SimulatedRouter
    private(set) var isOpen = true
    let connection: Int

    init(_ release: RouterOSVersion = .v7_18, traffic: SimulatedTraffic = .none, signedIn: Bool = true) {
        router = SimulatedRouter(
            release,
            credentials: .user("api", password: "secret"),
            identity: "Test",
            seed: 1,
            traffic: traffic
        )
        connection = router.open()
        if signedIn { say("/login", "=name=api", "=password=secret") }
    }

    /// Sends one command and returns the sentences that come back, each as its words.
    @discardableResult
    mutating func say(_ words: String...) -> [[String]] { say(words) }

    @discardableResult
    mutating func say(_ words: [String]) -> [[String]] {
        router.receive(Self.encode(words), on: connection)
        return hear()
    }

    /// What has come since.
    mutating func hear() -> [[String]] {
        let transmissions = router.takeOutgoing().filter { $0.connection == connection }
        if transmissions.contains(where: \.closes) { isOpen = false }
        return Self.decode(transmissions.flatMap(\.bytes))
    }

    /// The text of the trap a command ends in; `nil` when it does not.
    mutating func trap(_ words: [String]) -> String? {
        say(words).first { $0.first == "!trap" }?.first { $0.hasPrefix("=message=") }.map { String($0.dropFirst(9)) }
    }

    /// The values of one attribute in the rows of a print.
    mutating func values(_ name: String, _ words: String...) -> [String?] {
        say(words).filter { $0.first == "!re" }.map { row in
            row.first { $0.hasPrefix("=\(name)=") }.map { String($0.dropFirst(name.utf8.count + 2)) }
        }
    }

    mutating func add(_ name: String, _ attributes: String...) {
        say(["/ip/hotspot/user/add", "=name=\(name)"] + attributes)
    }

    /// Puts a user online; `nil` when it worked, otherwise the words of the router.
    mutating func logIn(_ user: String, ip: String = "10.5.50.2", _ attributes: String...) -> String? {
        trap(["/ip/hotspot/active/login", "=user=\(user)", "=ip=\(ip)"] + attributes)
    }

    /// Moves bytes; whether the user is online.
    mutating func addTraffic(user: String, bytesIn: UInt64, bytesOut: UInt64) -> Bool {
        router.addTraffic(user: WireText(user), bytesIn: bytesIn, bytesOut: bytesOut)
    }

    mutating func advance(by duration: Duration) { router.advance(to: router.now + duration) }

    /// The words as bytes, by the rule of the manual and not by the codec under test.
    static func encode(_ words: [String]) -> [UInt8] {
        words.flatMap { word -> [UInt8] in
            let count = word.utf8.count
            let prefix = count < 0x80 ? [UInt8(count)] : [UInt8(0x80 | count >> 8), UInt8(count & 0xFF)]
            return prefix + Array(word.utf8)
        } + [0]
    }

    static func decode(_ bytes: [UInt8]) -> [[String]] {
        var decoder = SentenceDecoder()
        decoder.feed(bytes)
        var sentences: [[String]] = []
        while let sentence = try? decoder.next() {
            sentences.append(sentence.words.map { String(decoding: $0, as: UTF8.self) })
        }
        return sentences
    }
}
