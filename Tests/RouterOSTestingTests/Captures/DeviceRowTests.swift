import OpenSSLSupport
import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

/// One row of `/interface` as a router of August 2021 sent it: 438 bytes, known by their digest.
struct DeviceRowTests {
    private static let digest = "13c7b5af12a9c87666ca0a2fd82421c7aa9ead94f0b42ad611186bf6f8d9af74"

    private static let values: [(name: String, value: String)] = [
        (".id", "*1"), ("name", "ether1"), ("default-name", "ether1"), ("type", "ether"), ("mtu", "1500"),
        ("actual-mtu", "1500"), ("l2mtu", "1596"), ("max-l2mtu", "2026"), ("mac-address", "48:8F:5A:2F:54:06"),
        ("last-link-up-time", "aug/07/2021 14:01:13"), ("link-downs", "0"), ("rx-byte", "67894474104"),
        ("tx-byte", "3275888520"), ("rx-packet", "52108758"), ("tx-packet", "24342800"), ("tx-queue-drop", "246"),
        ("fp-rx-byte", "67684369188"), ("fp-tx-byte", "3174435713"), ("fp-rx-packet", "52506495"),
        ("fp-tx-packet", "24342805"), ("running", "true"), ("disabled", "false"), ("comment", "foobar"),
    ]

    private static let bytes = Dialogue.encode(["!re"] + values.map { "=\($0.name)=\($0.value)" })

    @Test func theBytesAreThoseOfTheDevice() throws {
        #expect(Self.bytes.count == 438)
        #expect(try SHA256.digest(of: Self.bytes) == hexadecimal(Self.digest))
    }

    @Test func theDecoderFindsEveryWord() throws {
        var decoder = SentenceDecoder()
        decoder.feed(Self.bytes)
        let sentence = try #require(try decoder.next())
        #expect(sentence.words.count == 24)
        for (name, value) in Self.values { #expect(sentence[name] == value) }
        #expect(try decoder.next() == nil)
    }

    @Test func theClientReadsARowOfIt() throws {
        var decoder = SentenceDecoder()
        decoder.feed(Self.bytes)
        let interface = try NetworkInterface(try #require(try decoder.next()))
        #expect(interface.name == "ether1")
        #expect(interface.rxByte == 67_894_474_104)
    }

    @Test func aRouterWithThatInterfaceSendsThoseBytes() throws {
        var router = SimulatedRouter(
            RouterOSVersion(6, 48, 3),
            credentials: .user("admin", password: ""),
            identity: "MikroTik",
            seed: 1,
            traffic: .none
        )
        let menu = try #require(router.menus["/interface"])
        let known = Dictionary(Self.values.map { ($0.name, WireText($0.value)) }, uniquingKeysWith: { $1 })
        router.tables["/interface"]?.replace(1, values: menu.columns.map { known[$0.name] })
        let connection = router.open()
        router.receive(Dialogue.encode(["/login", "=name=admin", "=password="]), on: connection)
        _ = router.takeOutgoing()
        let names = Self.values.map(\.name).joined(separator: ",")
        for words in [["/interface/print", "?name=ether1"], ["/interface/print", "=.proplist=\(names)", "?.id=*1"]] {
            router.receive(Dialogue.encode(words), on: connection)
            #expect(router.takeOutgoing().flatMap(\.bytes) == Self.bytes + Dialogue.encode(["!done"]))
        }
    }
}
