import RouterOSProtocol
import Testing

@testable import RouterOSTesting

struct WireTests {
    private static let script: [[String]] = [
        ["/login", "=name=api", "=password=secret"],
        ["/ip/hotspot/user/listen", ".tag=listen"],
        ["/ip/hotspot/user/add", "=name=a", "=comment=" + String(repeating: "x", count: 300), ".tag=1"],
        ["/ip/hotspot/user/print", "?name=a", ".tag=2"],
        ["/ip/hotspot/active/login", "=user=a", "=ip=10.0.0.1", ".tag=3"],
        ["/ip/hotspot/user/add", "=name=a", ".tag=4"],
        ["/ip/hotspot/active/print", ".tag=5"],
        ["/cancel", "=tag=listen", ".tag=6"],
        ["/nowhere/print", ".tag=7"],
        ["/quit"],
    ]

    private static func run(_ pieces: [ArraySlice<UInt8>]) -> (bytes: [UInt8], closes: Int) {
        var dialogue = Dialogue(signedIn: false)
        var bytes: [UInt8] = []
        var closes = 0
        for piece in pieces {
            dialogue.router.receive(piece, on: dialogue.connection)
            for transmission in dialogue.router.takeOutgoing() {
                bytes += transmission.bytes
                if transmission.closes { closes += 1 }
            }
        }
        return (bytes, closes)
    }

    @Test func theSizeOfThePiecesChangesNothing() {
        let stream = Self.script.flatMap(Dialogue.encode)
        let whole = Self.run([stream[...]])
        #expect(Dialogue.decode(whole.bytes).count > 15)
        #expect(whole.closes == 1)
        let drip = Self.run(stream.indices.map { stream[$0...$0] })
        #expect(drip == whole)
        for cut in stream.indices {
            #expect(Self.run([stream[..<cut], stream[cut...]]) == whole, "cut at \(cut)")
        }
    }

    @Test(arguments: UInt64(1)...40)
    func noiseEndsAConnectionOrIsIgnoredButNothingElse(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var dialogue = Dialogue()
        for _ in 0..<100 {
            let connection = dialogue.router.open()
            if Bool.random(using: &random) {
                dialogue.router.receive(
                    Dialogue.encode(["/login", "=name=api", "=password=secret"]),
                    on: connection
                )
            }
            dialogue.router.receive(random.bytes(Int.random(in: 1...400, using: &random)), on: connection)
            dialogue.router.closed(connection)
        }
        _ = dialogue.hear()
        #expect(dialogue.say("/system/identity/print") == [["!re", "=name=Test"], ["!done"]])
    }

    @Test(arguments: UInt64(1)...40)
    func commandsMadeOfKnownWordsInAnyOrderAreAnsweredExactlyOnce(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var dialogue = Dialogue(traffic: .steady)
        let menus = [
            "/ip/hotspot/user", "/ip/hotspot/user/profile", "/ip/hotspot/active", "/system/identity",
            "/system/resource", "/ip", "", "/",
        ]
        let verbs = [
            "print", "getall", "get", "add", "set", "remove", "enable", "disable", "comment", "unset",
            "reset-counters", "login", "nothing", "",
        ]
        let words = [
            "=.id=*1", "=.id=*A000001", "=numbers=*1,*2,a", "=name=a", "=name=b", "=name=", "=name=api",
            "=password=secret",
            "=user=a", "=ip=10.0.0.1", "=ip=10.0.0.2", "=profile=default", "=profile=p", "=limit-uptime=1m",
            "=limit-bytes-total=100000", "=limit-uptime=18446744073709551615", "=shared-users=0", "=value-name=name",
            "=value-name=limit-uptime", "=count-only=", "=.proplist=name,.id", "?name=a", "?#!", "?#1.|&0",
            "?>uptime=1m",
            "=comment=x", "=", "==", "=disabled=yes", "?", "bare", "=session-timeout=1s",
            "=mac-address=00:00:00:00:00:00",
        ]
        for number in 0..<400 {
            let path = (menus.randomElement(using: &random) ?? "") + "/" + (verbs.randomElement(using: &random) ?? "")
            let chosen = (0..<Int.random(in: 0...5, using: &random)).compactMap { _ in
                words.randomElement(using: &random)
            }
            let reply = dialogue.say([path] + chosen + [".tag=\(number)"])
            #expect(reply.count { $0.first == "!done" } == 1, "\(path) \(chosen)")
            #expect(reply.allSatisfy { $0.contains(".tag=\(number)") }, "\(path) \(chosen)")
            dialogue.advance(by: .seconds(Int.random(in: 0...30, using: &random)))
        }
        let ids = dialogue.values(".id", "/ip/hotspot/user/print")
        #expect(Set(ids).count == ids.count)
        let names = dialogue.values("name", "/ip/hotspot/user/print")
        #expect(Set(names).count == names.count)
    }

    @Test func manyConnectionsAreKeptApart() {
        // A release that does not count connections.
        var dialogue = Dialogue(.v7_9)
        let connections = (0..<200).map { _ in dialogue.router.open() }
        let login = Dialogue.encode(["/login", "=name=api", "=password=secret"])
        for connection in connections { dialogue.router.receive(login, on: connection) }
        _ = dialogue.router.takeOutgoing()
        for round in 0..<3 {
            for connection in connections {
                dialogue.router.receive(
                    Dialogue.encode(["/ip/hotspot/user/add", "=name=\(round)-\(connection)", ".tag=\(connection)"]),
                    on: connection
                )
            }
        }
        let transmissions = dialogue.router.takeOutgoing()
        for connection in connections {
            let sentences = Dialogue.decode(transmissions.filter { $0.connection == connection }.flatMap(\.bytes))
            #expect(sentences.count == 3)
            #expect(sentences.allSatisfy { $0[0] == "!done" && $0[1] == ".tag=\(connection)" })
        }
        #expect(dialogue.say("/ip/hotspot/user/print", "=count-only=") == [["!done", "=ret=600"]])
    }

    @Test func secretsAreLeftOutOfTheTranscript() {
        var dialogue = Dialogue()
        dialogue.add("a", "=password=hush")
        let transcript = dialogue.router.transcript.commands
        #expect(transcript.map(\.path) == ["/login", "/ip/hotspot/user/add"])
        #expect(transcript.allSatisfy { $0.connection == dialogue.connection })
        #expect(transcript.last?.description.contains("=name=a") == true)
        #expect(!transcript.contains { $0.description.contains("hush") || $0.description.contains("secret") })
    }
}
