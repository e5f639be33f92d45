import Foundation

/// A JSON value whose numbers are decimal, so that none ever passes through binary floating point.
enum JSON: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(Decimal)
    case text(String)
    case list([JSON])
    case object([String: JSON])

    /// The text, or `null` where there is none.
    init(_ text: String?) {
        self = text.map(JSON.text) ?? .null
    }

    /// The number, or `null` where there is none.
    init(_ number: Int?) {
        self = number.map { .number(Decimal($0)) } ?? .null
    }

    /// Reads bytes of the wire.
    /// - Throws: ``JSONError``.
    init(_ bytes: [UInt8]) throws(JSONError) {
        self = try JSONParser.value(bytes)
    }

    /// The bytes on the wire.
    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.append(self)
        return writer.bytes
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByDictionaryLiteral,
    ExpressibleByArrayLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: JSON...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements) { $1 })
    }
}

extension JSON {
    /// A number of the physical world, in its shortest decimal form; never money.
    init(_ number: Double) {
        self = Decimal(string: number.description).map(JSON.number) ?? .null
    }
}
