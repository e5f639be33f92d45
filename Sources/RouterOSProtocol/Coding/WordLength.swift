/// The length prefix of a word: one to five bytes, big-endian, the number of leading one bits telling how many follow.
///
/// | length | bytes | first byte |
/// |---|---|---|
/// | 0 … 0x7F | 1 | 00–7F |
/// | 0x80 … 0x3FFF | 2 | 80–BF |
/// | 0x4000 … 0x1F_FFFF | 3 | C0–DF |
/// | 0x20_0000 … 0xFFF_FFFF | 4 | E0–EF |
/// | 0x1000_0000 … 0xFFFF_FFFF | 5 | F0 |
///
/// First bytes F1–FF are not lengths: F8 and above are reserved control bytes, F1–F7 are used by nobody, and after either
/// one a reader cannot find the next word. Source: RouterOS manual, "API", section "API words".
enum WordLength {
    /// What the bytes at the front of a buffer say.
    enum Reading: Equatable {
        /// A whole prefix of `prefix` bytes that announces a word of `length` bytes.
        case word(prefix: Int, length: Int)
        /// The prefix is longer than the bytes at hand.
        case incomplete
        /// A first byte that is no length.
        case reserved(UInt8)
    }

    /// The most bytes a prefix has.
    static let longest = 5

    /// Writes the shortest prefix for `length` where there is room for ``longest`` bytes, and says how many it has.
    ///
    /// Lengths above 0xFFFF_FFFF have no prefix; such a word cannot be held in memory by a caller that obeys the limits.
    @inline(__always)
    static func write(_ length: Int, to buffer: UnsafeMutablePointer<UInt8>) -> Int {
        if length < 0x80 {
            buffer[0] = UInt8(truncatingIfNeeded: length)
            return 1
        }
        return writeLong(UInt64(truncatingIfNeeded: length), to: buffer)
    }

    private static func writeLong(_ length: UInt64, to buffer: UnsafeMutablePointer<UInt8>) -> Int {
        let prefix: (bits: UInt64, count: Int)
        switch length {
        case ..<0x4000: prefix = (0x8000, 2)
        case ..<0x20_0000: prefix = (0xC0_0000, 3)
        case ..<0x1000_0000: prefix = (0xE000_0000, 4)
        default: prefix = (0xF0_0000_0000, 5)
        }
        let coded = prefix.bits | length
        for index in 0..<prefix.count {
            buffer[index] = UInt8(truncatingIfNeeded: coded >> UInt64((prefix.count - 1 - index) * 8))
        }
        return prefix.count
    }

    /// Reads the prefix that starts at `index`; overlong prefixes are accepted, as routers and all other clients do.
    @inline(__always)
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Reading {
        guard index < bytes.count else { return .incomplete }
        let first = bytes[index]
        if first < 0x80 { return .word(prefix: 1, length: Int(first)) }
        return readLong(bytes, at: index, first: first)
    }

    private static func readLong(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int, first: UInt8) -> Reading {
        let following: Int
        var length: Int
        switch first {
        case ..<0xC0: (following, length) = (1, Int(first & 0x3F))
        case ..<0xE0: (following, length) = (2, Int(first & 0x1F))
        case ..<0xF0: (following, length) = (3, Int(first & 0x0F))
        case 0xF0: (following, length) = (4, 0)
        default: return .reserved(first)
        }
        guard bytes.count - index > following else { return .incomplete }
        for offset in 1...following { length = length << 8 | Int(bytes[index + offset]) }
        return .word(prefix: following + 1, length: length)
    }
}
