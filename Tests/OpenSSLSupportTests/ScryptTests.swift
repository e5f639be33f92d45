import OpenSSLSupport
import Testing

struct ScryptTests {
    struct Vector: Sendable {
        var password, salt: String
        var parameters: Scrypt
        var derived: String
    }

    /// RFC 7914, section 12, without the last vector, which needs a gibibyte.
    static let vectors = [
        Vector(
            password: "",
            salt: "",
            parameters: Scrypt(cost: 16, blockSize: 1, parallelism: 1),
            derived: """
                77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442
                fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906
                """
        ),
        Vector(
            password: "password",
            salt: "NaCl",
            parameters: Scrypt(cost: 1_024, blockSize: 8, parallelism: 16),
            derived: """
                fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162
                2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640
                """
        ),
        Vector(
            password: "pleaseletmein",
            salt: "SodiumChloride",
            parameters: Scrypt(cost: 16_384, blockSize: 8, parallelism: 1),
            derived: """
                7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2
                d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887
                """
        ),
    ]

    @Test("derives the vectors of RFC 7914", arguments: vectors)
    func derivesThePublishedVectors(vector: Vector) throws {
        let derived = try vector.parameters.derive(64, from: Array(vector.password.utf8), salt: Array(vector.salt.utf8))
        #expect(derived == bytes(vector.derived))
    }

    @Test("refuses parameters that are not scrypt's", arguments: [0, 1, 3, 1_000] as [UInt64])
    func refusesCostsThatAreNoPowerOfTwo(cost: UInt64) {
        #expect(throws: OpenSSLError.self) {
            try Scrypt(cost: cost, blockSize: 8, parallelism: 1).derive(32, from: [1], salt: [2])
        }
    }

    @Test func refusesToUseMoreMemoryThanAllowed() {
        let greedy = Scrypt(cost: 1 << 20, blockSize: 8, parallelism: 1)
        #expect(throws: OpenSSLError.self) { try greedy.derive(32, from: [1], salt: [2], maximumMemory: 64 << 20) }
    }

    @Test func refusesToDeriveNothing() {
        let parameters = Scrypt(cost: 16, blockSize: 1, parallelism: 1)
        #expect(throws: OpenSSLError.self) { try parameters.derive(0, from: [1], salt: [2]) }
    }
}
