/// A place in a list: after one of its elements.
///
/// Its text may be kept in a link. It is good for the list it came from; whoever changes it reaches other places of that
/// list, and nothing else.
public struct PageCursor: Hashable, Sendable, LosslessStringConvertible {
    private let key: [StoreValue]

    init(after row: [StoreValue], of query: RowQuery) {
        key = query.order.map { column in query.table.index(of: column).map { row[$0] } ?? .null }
    }

    /// Reads a cursor's text; `nil` for any other.
    public init?(_ text: String) {
        var key: [StoreValue] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard let value = StoreValue(cursorText: part) else { return nil }
            key.append(value)
        }
        self.key = key
    }

    /// The text, of letters, digits and `.`, `-`, `_`.
    public var description: String { key.map(\.cursorText).joined(separator: ".") }

    /// Lets the rows of a list through that come after this place.
    func test(of query: RowQuery) throws -> RowTest {
        let kinds = query.order.map { column in query.table.columns.first { $0.name == column }?.kind }
        guard key.count == kinds.count, zip(key, kinds).allSatisfy({ $0.kind == $1 }) else {
            throw PersistenceError(.constraint, "The page's place belongs to another list; begin at the first page.")
        }
        return .after(query.order, key, descending: query.isDescending)
    }
}

extension PageCursor? {
    /// As ``PageCursor/test(of:)``; everything without a place.
    func test(of query: RowQuery) throws -> RowTest { try self?.test(of: query) ?? .all([]) }
}

extension StoreValue {
    fileprivate var kind: ColumnKind? {
        switch self {
        case .null: nil
        case .integer: .integer
        case .real: .real
        case .text: .text
        case .bytes: .bytes
        case .identity: .identity
        }
    }

    /// A letter for the kind, then the value: a number in decimal, everything else in hexadecimal.
    fileprivate var cursorText: String {
        switch self {
        case .null: "n"
        case .integer(let value): "i\(value)"
        case .real(let value): "r" + Self.hexadecimal(value.bitPattern)
        case .text(let value): "t" + value.utf8.map { Self.hexadecimal($0) }.joined()
        case .bytes(let value): "b" + value.map { Self.hexadecimal($0) }.joined()
        case .identity(let high, let low): "u" + Self.hexadecimal(high) + Self.hexadecimal(low)
        }
    }

    fileprivate init?(cursorText: Substring) {
        let text = cursorText.dropFirst()
        switch cursorText.first {
        case "i":
            guard let value = Int64(text) else { return nil }
            self = .integer(value)
        case "r":
            guard text.utf8.count == 16, let bits = UInt64(text, radix: 16) else { return nil }
            self = .real(Double(bitPattern: bits))
        case "t":
            guard let bytes = Self.bytes(text), let value = String(validating: bytes, as: UTF8.self) else { return nil }
            self = .text(value)
        case "b":
            guard let bytes = Self.bytes(text) else { return nil }
            self = .bytes(bytes)
        case "u":
            guard text.utf8.count == 32, let high = UInt64(text.prefix(16), radix: 16),
                let low = UInt64(text.dropFirst(16), radix: 16)
            else { return nil }
            self = .identity(high, low)
        default:
            return nil
        }
    }

    private static func hexadecimal<Value: FixedWidthInteger & UnsignedInteger>(_ value: Value) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: Value.bitWidth / 4 - digits.utf8.count) + digits
    }

    private static func bytes(_ text: Substring) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            let pair = String(decoding: digits[index...(index + 1)], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16), !pair.hasPrefix("+"), !pair.hasPrefix("-") else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
