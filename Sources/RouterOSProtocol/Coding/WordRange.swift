/// Where the bytes of one word are, its length prefix left out.
@usableFromInline
struct WordRange: Sendable {
    private let first: UInt32
    private let count: UInt32

    /// How far into a buffer a sentence may begin: 1 GiB.
    static let farthest = 1 << 30
    /// How far behind the beginning of its sentence a word may begin: 2 GiB.
    static let farthestInSentence = Int(Int32.max)

    /// Both limits together stay below 4 GiB, and the wire has no length above 32 bits: nothing is cut off.
    @inline(__always)
    init(_ start: Int, _ end: Int) {
        first = UInt32(truncatingIfNeeded: start)
        count = UInt32(truncatingIfNeeded: end &- start)
    }

    /// The first byte.
    @inline(__always) var start: Int { Int(first) }
    /// One past the last byte.
    @inline(__always) var end: Int { Int(first) &+ Int(count) }
    /// How many bytes it has.
    @inline(__always) var length: Int { Int(count) }
    /// All of them.
    @inline(__always) var bytes: Range<Int> { start..<end }
}
