import HTTPServer
import Testing

struct HTTPAddressTests {
    @Test(arguments: [
        ("127.0.0.1:8080", "127.0.0.1", 8080, "127.0.0.1:8080"),
        ("[::1]:80", "::1", 80, "[::1]:80"),
        (":0", "0.0.0.0", 0, "0.0.0.0:0"),
    ])
    func anAddressIsReadAndWritten(_ text: String, _ host: String, _ port: UInt16, _ written: String) {
        let address = HTTPAddress(text)
        #expect(address == HTTPAddress(host: host, port: port))
        #expect(address?.description == written)
    }

    @Test(arguments: ["", "8080", "host", "host:", "host:70000", "host:-1", "::1:80", "host:80x"])
    func whatIsNoAddressIsRefused(_ text: String) {
        #expect(HTTPAddress(text) == nil)
    }
}
