import TestSupport
import Testing

@testable import RouterOSProtocol

@Suite("MD5")
struct MD5Tests {
    @Test(
        "gives the digests of RFC 1321",
        arguments: [
            ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
            ("abc", "900150983cd24fb0d6963f7d28e17f72"), ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
            ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
            (
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
                "d174ab98d277d9f5a5611c2c9f419d9f"
            ),
            (
                "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
                "57edf4a22be3c955ac49da2e2107b67a"
            ),
        ]
    )
    func reference(message: String, digest: String) {
        #expect(MD5.digest(Array(message.utf8)) == hex(digest))
    }

    /// Digests of the first bytes that SplitMix64 gives for the length as its seed, as another implementation has them.
    static let random: [(length: Int, digest: String)] = [
        (1, "194ab396eb68ebd68d476285b476abda"),
        (2, "748dac3b94d146652e619fbae0634015"),
        (3, "b9841561235f63328c2d653427c3fdba"),
        (7, "00345ff0b5d66c4aa9909b871dc608de"),
        (16, "7853f78e1a2b2cadd1201d0c771525bd"),
        (31, "68c09bd5e7bf087a9269e524203274a8"),
        (32, "77ea0e44e0042b736a2f35f59ca8c953"),
        (33, "5a3f708ffa845a22716dd4620b4f4e25"),
        (54, "6dc54e5042610772f45fe6164cb4cccb"),
        (55, "568ea1642d7ca297fe57831bdb63ef6c"),
        (56, "97c67aed1782eca568017ce1d6de1903"),
        (57, "8daca0bc4b9ab85aadeb0a657408f987"),
        (58, "aaad975fa1f7404a472514965e69ea66"),
        (63, "63d375a533b4565df512ea0d3b9e1e16"),
        (64, "2bccdd89a90abcdb966d117e158d4ec6"),
        (65, "7145f48b021df227b3ab65a979882247"),
        (80, "30e0fd7513165ab83a55b24029a713a8"),
        (100, "80316c511780d0417717c4b582e54ba5"),
        (118, "2dc5c37a8357e097df2767d142c18bf6"),
        (119, "08780b7ca7b6452c63c24dbfb84e152e"),
        (120, "a2d60256e2389028f5282165600a246c"),
        (121, "acf0b1c4b8dadcadea4175f7aa1da9fe"),
        (127, "d7a9c1618b1284b20ad269c8bf085319"),
        (128, "60ac41ba633a11f85679100db3e812e6"),
        (129, "f9e5f64f1fa7da8626f0412e68a30fae"),
        (183, "304ffc0b2c79fb73004e30d6b6201203"),
        (184, "d7210cf9bbc71685b11899ed61787a75"),
        (191, "89f623fd2dbfc0e5399ce9910eaea726"),
        (192, "e5d84b453ba16837a387301a6f55125b"),
        (193, "31fe2d5b76ad294f37fce3592e825006"),
        (255, "94fb405ef3418f47cae34d83ade342a1"),
        (256, "de67d535d3fc986281585edbbb213ed6"),
        (257, "80717a8d984f2816b77adc4b70b1b45d"),
        (500, "90c8a00266068fbd797b67fb7692aeff"),
        (1000, "366acc3ed606961cabb75f4213402586"),
        (4095, "af7c3c3ced63947e733d987dc8cbc2af"),
        (4096, "ceb523a3cfbac289b890ded2abbb2948"),
        (4097, "7bddefd9e7c6593d8cc411901d5e7381"),
        (10000, "f945ce703786f64680962654e1f34aca"),
    ]

    @Test("agrees with another implementation on messages of every length around a block", arguments: random)
    func agreement(length: Int, digest: String) {
        var generator = SplitMix64(seed: UInt64(length))
        let message = (0..<length).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        #expect(MD5.digest(message) == hex(digest))
    }

    @Test(
        "answers challenges as routers before 6.43 expect it",
        arguments: [
            ("93b438ec9b80057c06dd9fe67d56aa9a", "", "00e134102a9d330dd7b1849fedfea3cb57"),
            ("856780b7411eefd3abadee2058c149a3", "", "005062f7a5ef124d34675bf3e81f56c556"),
            ("098f6bcd4621d373cade4e832627b4f6", "tset", "00119ce7e093e33497053e73f37a5d3e15"),
            ("abc123", "passTest", "0021277bff9ac7caf06aa608e46616d47f"),
        ]
    )
    func challenge(challenge: String, password: String, response: String) {
        #expect(LegacyChallenge(bytes: hex(challenge)).response(to: Array(password.utf8)) == response)
    }

    @Test(
        "takes no challenge but 32 hexadecimal digits",
        arguments: [
            "", "93", "93b438ec9b80057c06dd9fe67d56aa9", "93b438ec9b80057c06dd9fe67d56aa9a9a",
            "93b438ec9b80057c06dd9fe67d56aa9g", "93b438ec 9b80057c06dd9fe67d56aa9", "０３b438ec9b80057c06dd9fe67d56aa9a",
        ]
    )
    func malformed(digits: String) {
        #expect(LegacyChallenge(hexadecimal: Array(digits.utf8)[...]) == nil)
    }

    @Test("takes capital digits for the same challenge")
    func capitals() {
        let challenge = LegacyChallenge(hexadecimal: Array("93B438EC9B80057C06DD9FE67D56AA9A".utf8)[...])
        #expect(challenge?.bytes == hex("93b438ec9b80057c06dd9fe67d56aa9a"))
    }
}
