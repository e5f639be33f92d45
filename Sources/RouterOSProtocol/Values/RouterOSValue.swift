/// A type that is read from the bytes of an attribute and written back as the bytes of one.
///
/// The wire knows no types: every value is bytes, and what they mean depends on the attribute. A conformer reads them
/// where they lie, without a `String` in between; reading allocates nothing unless the conformer itself holds text or
/// a list. Reading what was written gives the value again, the few exceptions being documented where they are; what a
/// conformer does not understand is nil, never a trap and never a guess.
///
/// A missing attribute is not a value: rows hold an optional for it. An empty one (`=name=`) is read by the types for
/// which emptiness means something, such as `String`, ``RateLimit``, ``RouterOSList`` and ``Setting``, and is nil for
/// all others.
public protocol RouterOSValue: Sendable, Hashable {
    /// Reads a value; nil when the bytes, all of them, are not one.
    init?(routerOS bytes: Span<UInt8>)
    /// Appends the value as RouterOS accepts it on input; allocates only to make room.
    func writeRouterOS(to bytes: inout [UInt8])
    /// Whether the value is or holds text, so that ``RowReader`` turns the bytes of a code page into UTF-8 before it is
    /// read; false unless a conformer says otherwise.
    static var holdsText: Bool { get }
}

extension RouterOSValue {
    /// False.
    @inlinable public static var holdsText: Bool { false }
}

extension RouterOSValue {
    /// Reads a value out of text; nil when the text, all of it, is not one.
    public init?(routerOS text: String) {
        var text = text
        guard let value = text.withUTF8({ Self(routerOS: $0.span) }) else { return nil }
        self = value
    }

    /// The value as RouterOS accepts it on input.
    public var routerOSText: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(48)
        writeRouterOS(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension RouterOSValue where Self: CustomStringConvertible {
    /// The value as RouterOS accepts it on input.
    public var description: String { routerOSText }
}
