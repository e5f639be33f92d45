/// Turns values into bytes that only they turn into, so that a digest of them commits to every one.
///
/// Version 1: the byte 1; then the kind of record as text; then its fields in a fixed order. Numbers are eight bytes, most
/// significant first, negative ones in two's complement. Text is its length in UTF-8 bytes as a number, then the bytes; byte
/// strings likewise. A field that may be missing is a byte 0, or a byte 1 and the value. A list is its count as a number, then
/// its items. Identifiers are their 16 bytes. Nothing depends on the language, the machine or the store.
public struct CanonicalEncoder: Sendable {
    /// The version of the encoding.
    public static let version: UInt8 = 1

    /// The bytes so far.
    public private(set) var bytes: [UInt8] = [version]

    /// Begins a record of a kind, such as `ledger-entry`.
    public init(kind: String) { append(kind) }

    /// Appends a number.
    public mutating func append(_ number: Int64) { append(bits: UInt64(bitPattern: number)) }

    /// Appends text.
    public mutating func append(_ text: String) { append(Array(text.utf8)) }

    /// Appends a byte string.
    public mutating func append(_ data: [UInt8]) {
        append(bits: UInt64(data.count))
        bytes += data
    }

    /// Appends text that may be missing.
    public mutating func append(_ text: String?) {
        bytes.append(text == nil ? 0 : 1)
        if let text { append(text) }
    }

    /// Appends an instant as its microseconds since 1970.
    public mutating func append(_ instant: Timestamp) { append(instant.microsecondsSince1970) }

    /// Appends an identifier.
    public mutating func append<Entity>(_ id: Identifier<Entity>) {
        append(bits: id.high)
        append(bits: id.low)
    }

    private mutating func append(bits: UInt64) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
        }
    }
}
