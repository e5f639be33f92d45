import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

struct CaptureTests {
    @Test(arguments: [Capture].ofLogins + .ofCommands + .ofStreams)
    func theRouterAnswersWithTheBytesOfTheCapture(capture: Capture) throws {
        try capture.replay()
    }

    /// Sentences whose bytes were written down, not only their words.
    @Test(
        arguments: [
            (
                "062f6c6f67696e 0b3d6e616d653d61646d696e 0a3d70617373776f72643d 00",
                "0521646f6e6500"
            ),
            (
                "062f6c6f67696e 0b3d6e616d653d61646d696e 0a3d70617373776f72643d 00 052f7175697400",
                """
                0521646f6e6500
                0621666174616c 1d73657373696f6e207465726d696e61746564206f6e2072657175657374 00
                """
            ),
            (
                // The login, then an `add` whose tag is 5 on a menu, and a print of nothing with the same tag.
                """
                062f6c6f67696e 0b3d6e616d653d61646d696e 0a3d70617373776f72643d 00
                132f71756575652f73696d706c652f7072696e74 062e7461673d35 00
                """,
                "0521646f6e6500 0621656d707479 062e7461673d35 00 0521646f6e65 062e7461673d35 00"
            ),
        ]
    )
    func writtenDownBytesAreAnsweredByWrittenDownBytes(sent: String, received: String) {
        var router = SimulatedRouter(
            .v7_18,
            credentials: .user("admin", password: ""),
            identity: "MikroTik",
            seed: 1,
            traffic: .none
        )
        let connection = router.open()
        router.receive(hexadecimal(sent), on: connection)
        #expect(router.takeOutgoing().flatMap(\.bytes) == hexadecimal(received))
    }

    @Test func aQueryWithItsPrefixesWrittenDownFindsTwoTypes() {
        var dialogue = Dialogue()
        dialogue.router.refresh(["type": "vlan"], in: 2, of: "/interface")
        dialogue.router.refresh(["type": "vlan"], in: 4, of: "/interface")
        let words = ["/interface/print", "?type=ether", "?type=vlan", "?#|", "=.proplist=.id,name"]
        let bytes = Dialogue.encode(words)
        var place = 0
        var prefixes: [UInt8] = []
        while bytes[place] != 0 {
            prefixes.append(bytes[place])
            place += Int(bytes[place]) + 1
        }
        #expect(prefixes == [0x10, 0x0B, 0x0A, 0x03, 0x13])
        dialogue.router.receive(bytes, on: dialogue.connection)
        let found = dialogue.hear().filter { $0.first == "!re" }
        let all = dialogue.say("/interface/print", "=.proplist=.id,name,type").filter { $0.first == "!re" }
        let types = all.compactMap(\.last)
        #expect(types.contains("=type=ether") && types.contains("=type=vlan") && types.contains("=type=bridge"))
        #expect(found == all.filter { ["=type=ether", "=type=vlan"].contains($0.last) }.map { Array($0.dropLast()) })
    }

    @Test func aRemovedRowIsToldInTheBytesOfACapture() throws {
        var dialogue = Dialogue()
        dialogue.router.tables["/ip/hotspot/user"]?.reserve(nextID: 0x68)
        dialogue.add("gone")
        dialogue.say("/ip/hotspot/user/listen")
        _ = try dialogue.router.execute(Request("/ip/hotspot/user/remove", [(".id", "*68")]))
        dialogue.router.tellListeners()
        let expected = hexadecimal("0321726508 3d2e69643d2a3638 0b3d2e646561643d74727565 00")
        #expect(dialogue.router.takeOutgoing().flatMap(\.bytes) == expected)
    }
}
