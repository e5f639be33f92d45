import BillingPersistence
import CRouterOSPostgreSQL

/// What a server answered to one statement; kept until nobody needs it.
final class Answer {
    private let result: OpaquePointer

    /// Takes over a result.
    init(_ result: OpaquePointer) { self.result = result }

    deinit { PQclear(result) }

    /// The number of rows.
    var count: Int { Int(PQntuples(result)) }

    /// The number of columns.
    var width: Int { Int(PQnfields(result)) }

    /// What was done, such as `COMMIT`.
    var tag: String { String(cString: PQcmdStatus(result)) }

    /// How many rows were changed.
    var changes: Int { Int(String(cString: PQcmdTuples(result))) ?? 0 }

    /// The value of a column of a row.
    func value(_ row: Int, _ column: Int) throws -> StoreValue {
        guard let bytes = bytes(row, column) else { return .null }
        switch PQftype(result, Int32(column)) {
        case 20 where bytes.count == 8: return .integer(Int64(bitPattern: Self.bigEndian(bytes)))
        case 23 where bytes.count == 4: return .integer(Int64(Int32(truncatingIfNeeded: Self.bigEndian(bytes))))
        case 701 where bytes.count == 8: return .real(Double(bitPattern: Self.bigEndian(bytes)))
        case 25, 1043, 19:
            guard let text = StoredText.decode(bytes) else { throw PersistenceError.unreadable("text") }
            return .text(text)
        case 17: return .bytes(Array(bytes))
        case 2950 where bytes.count == 16:
            return .identity(
                Self.bigEndian(UnsafeRawBufferPointer(rebasing: bytes[..<8])),
                Self.bigEndian(UnsafeRawBufferPointer(rebasing: bytes[8...]))
            )
        default: throw PersistenceError.unreadable("column")
        }
    }

    /// A row.
    func row(_ row: Int) throws -> [StoreValue] { try (0..<width).map { try value(row, $0) } }

    /// A whole number or an exact decimal without a fraction; 0 for nothing.
    func wideInteger(_ row: Int, _ column: Int) throws -> Int128 {
        guard let bytes = bytes(row, column) else { return 0 }
        guard PQftype(result, Int32(column)) == 1700 else {
            guard case .integer(let value) = try value(row, column) else { throw PersistenceError.unreadable("sum") }
            return Int128(value)
        }
        return try Self.decimal(bytes)
    }

    /// A text, whatever its column is called; `nil` for nothing.
    func text(_ row: Int, _ column: Int) -> String? { bytes(row, column).map { String(decoding: $0, as: UTF8.self) } }

    private func bytes(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer? {
        guard row < count, column < width, PQgetisnull(result, Int32(row), Int32(column)) == 0,
            let start = PQgetvalue(result, Int32(row), Int32(column))
        else { return nil }
        return UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(result, Int32(row), Int32(column))))
    }

    private static func bigEndian(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Reads PostgreSQL's `numeric`: groups of four digits, the place of the first, and a sign.
    private static func decimal(_ bytes: UnsafeRawBufferPointer) throws -> Int128 {
        func word(_ index: Int) -> Int {
            Int(UInt16(bytes[index * 2]) << 8 | UInt16(bytes[index * 2 + 1]))
        }
        guard bytes.count >= 8, bytes.count >= 8 + word(0) * 2 else { throw PersistenceError.unreadable("sum") }
        let weight = Int(Int16(truncatingIfNeeded: word(1)))
        guard weight < 9, word(0) <= weight + 1 || word(0) == 0, word(2) == 0 || word(2) == 0x4000 else {
            throw PersistenceError.unreadable("sum")
        }
        var value: Int128 = 0
        for place in 0..<max(0, weight + 1) { value = value * 10_000 + Int128(place < word(0) ? word(4 + place) : 0) }
        return word(2) == 0 ? value : -value
    }
}
