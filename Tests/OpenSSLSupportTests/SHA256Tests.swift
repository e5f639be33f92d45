import OpenSSLSupport
import Testing

struct SHA256Tests {
    @Test(
        "answers the examples of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ]
    )
    func answersThePublishedExamples(message: String, digest: String) throws {
        #expect(try SHA256.digest(of: message) == bytes(digest))
    }
}

struct ConstantTimeTests {
    @Test func equalBytesAreEqual() {
        #expect(ConstantTime.areEqual([1, 2, 3], [1, 2, 3]))
        #expect(ConstantTime.areEqual([], []))
    }

    @Test("one differing byte or a missing one is a difference", arguments: [[0, 2, 3], [1, 2, 4], [1, 2], []])
    func differencesAreSeen(other: [UInt8]) {
        #expect(!ConstantTime.areEqual([1, 2, 3], other))
    }
}

struct SecureRandomTests {
    @Test func givesAsManyBytesAsAskedFor() throws {
        #expect(try SecureRandom.bytes(0).isEmpty)
        #expect(try SecureRandom.bytes(33).count == 33)
    }

    @Test func neverRepeatsItself() throws {
        let draws = try (0..<100).map { _ in try SecureRandom.bytes(16) }
        #expect(Set(draws).count == 100)
    }

    @Test func refusesANegativeCount() {
        #expect(throws: OpenSSLError.self) { try SecureRandom.bytes(-1) }
    }
}
