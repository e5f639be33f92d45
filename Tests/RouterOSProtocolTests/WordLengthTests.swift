import Testing

@testable import RouterOSProtocol

@Suite("Word length")
struct WordLengthTests {
    /// Length and prefix as other implementations and real routers write them.
    static let vectors: [(Int, String)] = [
        (0, "00"), (1, "01"), (0x39, "39"), (0x7F, "7F"), (0x80, "8080"), (0x81, "8081"), (0x100, "8100"),
        (0x12C, "812C"), (0x1C42, "9C42"), (0x3FFE, "BFFE"), (0x3FFF, "BFFF"), (0x4000, "C04000"), (0x4321, "C04321"),
        (0xA_D73B, "CAD73B"), (0x1F_FFFF, "DFFFFF"), (0x20_0000, "E0200000"), (0x2A_CDEF, "E02ACDEF"),
        (0x5AD_736B, "E5AD736B"), (0xFFF_FFFF, "EFFFFFFF"), (0x1000_0000, "F010000000"), (0xFFFF_FFFF, "F0FFFFFFFF"),
    ]

    @Test("is written in its shortest form", arguments: vectors)
    func encodes(length: Int, prefix: String) {
        var bytes: [UInt8] = []
        WordLength.append(length, to: &bytes)
        #expect(bytes == hex(prefix))
    }

    @Test("is read back", arguments: vectors)
    func decodes(length: Int, prefix: String) {
        let bytes = hex(prefix)
        let reading = bytes.withUnsafeBufferPointer { WordLength.read($0, at: 0) }
        #expect(reading == .word(prefix: bytes.count, length: length))
    }

    @Test("is incomplete until its last byte is there", arguments: vectors)
    func incomplete(length: Int, prefix: String) {
        let bytes = hex(prefix)
        for count in 0..<bytes.count {
            let reading = bytes.prefix(count).withUnsafeBufferPointer { WordLength.read($0, at: 0) }
            #expect(reading == .incomplete)
        }
    }

    @Test("refuses first bytes that are no lengths", arguments: UInt8(0xF1)...UInt8(0xFF))
    func reserved(byte: UInt8) {
        let reading = [byte, 0, 0, 0, 1].withUnsafeBufferPointer { WordLength.read($0, at: 0) }
        #expect(reading == .reserved(byte))
    }

    @Test("longer than needed is accepted", arguments: ["8001", "C00001", "E0000001", "F000000001"])
    func overlong(prefix: String) {
        let bytes = hex(prefix)
        let reading = bytes.withUnsafeBufferPointer { WordLength.read($0, at: 0) }
        #expect(reading == .word(prefix: bytes.count, length: 1))
    }
}
