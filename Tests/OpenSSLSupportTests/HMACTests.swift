import Testing

@testable import OpenSSLSupport

@Suite("HMAC")
struct HMACTests {
    @Test(
        "gives the answers of RFC 2202 and RFC 4231",
        arguments: [
            (HMAC.Digest.sha1, "b617318655057264e28bc0b6fb378c8ef146be00"),
            (.sha256, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        ]
    )
    func givesThePublishedAnswers(digest: HMAC.Digest, expected: String) throws {
        let key = [UInt8](repeating: 0x0B, count: 20)
        let code = try HMAC.code(digest, of: Array("Hi There".utf8), key: key)
        #expect(code == bytes(expected))
    }

    @Test func everyBitOfKeyAndMessageMatters() throws {
        let code = try HMAC.code(.sha256, of: [1, 2], key: [3, 4])
        #expect(try HMAC.code(.sha256, of: [1, 3], key: [3, 4]) != code)
        #expect(try HMAC.code(.sha256, of: [1, 2], key: [3, 5]) != code)
    }
}
