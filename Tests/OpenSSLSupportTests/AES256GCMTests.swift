import OpenSSLSupport
import Testing

struct AES256GCMTests {
    struct Vector: Sendable {
        var key, nonce, plaintext, associatedData, ciphertext, tag: String
    }

    /// Test cases 13 to 16 of "The Galois/Counter Mode of Operation", the submission NIST standardised.
    static let vectors = [
        Vector(
            key: String(repeating: "00", count: 32),
            nonce: String(repeating: "00", count: 12),
            plaintext: "",
            associatedData: "",
            ciphertext: "",
            tag: "530f8afbc74536b9a963b4f1c4cb738b"
        ),
        Vector(
            key: String(repeating: "00", count: 32),
            nonce: String(repeating: "00", count: 12),
            plaintext: String(repeating: "00", count: 16),
            associatedData: "",
            ciphertext: "cea7403d4d606b6e074ec5d3baf39d18",
            tag: "d0d1c8a799996bf0265b98b5d48ab919"
        ),
        Vector(
            key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
            nonce: "cafebabefacedbaddecaf888",
            plaintext: """
                d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
                1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255
                """,
            associatedData: "",
            ciphertext: """
                522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
                8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad
                """,
            tag: "b094dac5d93471bdec1a502270e3cc6c"
        ),
        Vector(
            key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
            nonce: "cafebabefacedbaddecaf888",
            plaintext: """
                d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
                1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39
                """,
            associatedData: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            ciphertext: """
                522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
                8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662
                """,
            tag: "76fc6ece0f4e1768cddf8853bb2d551b"
        ),
    ]

    @Test("seals and opens the published vectors", arguments: vectors)
    func answersThePublishedVectors(vector: Vector) throws {
        let cipher = try AES256GCM(key: bytes(vector.key))
        let nonce = bytes(vector.nonce)
        let associated = bytes(vector.associatedData)
        let box = try cipher.seal(bytes(vector.plaintext), nonce: nonce, associatedData: associated)
        #expect(box == bytes(vector.ciphertext) + bytes(vector.tag))
        #expect(try cipher.open(box, nonce: nonce, associatedData: associated) == bytes(vector.plaintext))
    }

    let cipher: AES256GCM
    let nonce = [UInt8](repeating: 7, count: 12)
    let box: [UInt8]

    init() throws {
        cipher = try AES256GCM(key: Array(0..<32))
        box = try cipher.seal(Array("router password".utf8), nonce: nonce, associatedData: [1, 2, 3])
    }

    @Test func everyFlippedBitIsRefused() {
        for bit in 0..<(box.count * 8) {
            var changed = box
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(throws: OpenSSLError.self) { try cipher.open(changed, nonce: nonce, associatedData: [1, 2, 3]) }
        }
    }

    @Test func everyTruncationIsRefused() {
        for length in 0..<box.count {
            #expect(throws: OpenSSLError.self) {
                try cipher.open(Array(box.prefix(length)), nonce: nonce, associatedData: [1, 2, 3])
            }
        }
    }

    @Test("opens for no other record, key or nonce", arguments: [[], [1, 2], [1, 2, 4]])
    func opensForNoOtherRecord(associatedData: [UInt8]) throws {
        #expect(throws: OpenSSLError.self) { try cipher.open(box, nonce: nonce, associatedData: associatedData) }
        let other = try AES256GCM(key: Array(1..<33))
        #expect(throws: OpenSSLError.self) { try other.open(box, nonce: nonce, associatedData: [1, 2, 3]) }
        let otherNonce = [UInt8](repeating: 8, count: 12)
        #expect(throws: OpenSSLError.self) { try cipher.open(box, nonce: otherNonce, associatedData: [1, 2, 3]) }
    }

    @Test("refuses keys and nonces of another length", arguments: [0, 11, 13, 16, 31, 33])
    func refusesOtherLengths(length: Int) {
        let other = [UInt8](repeating: 0, count: length)
        #expect(throws: OpenSSLError.self) { try AES256GCM(key: other) }
        #expect(throws: OpenSSLError.self) { try cipher.seal([1], nonce: other, associatedData: []) }
        #expect(throws: OpenSSLError.self) { try cipher.open(box, nonce: other, associatedData: []) }
    }

    @Test func neverShowsItsKey() throws {
        let cipher = try AES256GCM(key: [UInt8](repeating: 0xA5, count: 32))
        var dumped = ""
        dump(cipher, to: &dumped)
        #expect(!"\(cipher) \(String(reflecting: cipher)) \(dumped)".contains("165"))
    }
}
