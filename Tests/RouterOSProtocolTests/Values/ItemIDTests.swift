import RouterOSProtocol
import Testing

@Suite("Ids")
struct ItemIDTests {
    @Test(
        "are a star and hexadecimal digits, kept as they came",
        arguments: ["*1", "*1A", "*C0A80A08", "*ffffffffffffffff", "*00"]
    )
    func reads(text: String) {
        #expect(ItemID(routerOS: text)?.rawValue == text)
        expectRoundTrip(ItemID(text))
    }

    @Test(
        "are told from names",
        arguments: ["", "*", "1A", "*G", "ether1", "*1 ", "*1\u{0}", "*00000000000000000", "**1"]
    )
    func refuses(text: String) {
        #expect(ItemID(routerOS: text) == nil)
    }

    @Test("any bytes are safe to read")
    func safe() {
        expectSafe(ItemID.self)
    }
}
