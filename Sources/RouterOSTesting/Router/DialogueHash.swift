/// A number that tells one dialogue from another: the same for the same bytes at the same times, in the same order.
///
/// Not for secrets or against forgers.
struct DialogueHash: Sendable, Hashable {
    private(set) var value: UInt64 = 0x51_7C_C1_B7_27_22_0A_95

    mutating func begin(_ direction: UInt64, _ connection: Int, _ time: Duration) {
        mix(direction)
        mix(UInt64(bitPattern: Int64(connection)))
        let (seconds, attoseconds) = time.components
        mix(UInt64(bitPattern: seconds))
        mix(UInt64(bitPattern: attoseconds))
    }

    mutating func add(_ bytes: some Collection<UInt8>) {
        var hash = self
        let hashed = bytes.withContiguousStorageIfAvailable { bytes in
            hash.add(UnsafeRawBufferPointer(bytes))
            return true
        }
        if hashed == nil { Array(bytes).withUnsafeBytes { hash.add($0) } }
        self = hash
    }

    private mutating func add(_ bytes: UnsafeRawBufferPointer) {
        let whole = bytes.count / 8 * 8
        for start in stride(from: 0, to: whole, by: 8) {
            mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)))
        }
        var rest: UInt64 = 0
        for place in whole..<bytes.count { rest = rest << 8 | UInt64(bytes[place]) }
        mix(rest)
        mix(UInt64(bytes.count))
    }

    private mutating func mix(_ number: UInt64) {
        value = (value ^ number) &* 0x9E37_79B9_7F4A_7C15
        value ^= value >> 29
    }
}
