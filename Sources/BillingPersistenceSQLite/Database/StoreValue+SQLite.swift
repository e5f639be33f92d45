import BillingPersistence
internal import CRouterOSSQLite

extension StoreValue {
    /// Puts the value in its place, and says how that went in SQLite's codes.
    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch self {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let value): return sqlite3_bind_int64(statement, index, value)
        case .real(let value): return sqlite3_bind_double(statement, index, value)
        case .text(var text):
            return text.withUTF8 { bytes in
                guard let length = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
                // An empty string has no address, and no address would be NULL.
                guard let address = bytes.baseAddress else {
                    return routeros_sqlite3_bind_text(statement, index, "", 0)
                }
                return address.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    routeros_sqlite3_bind_text(statement, index, $0, length)
                }
            }
        case .bytes(let bytes):
            guard let length = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
            return bytes.withUnsafeBytes { bytes in
                guard let address = bytes.baseAddress, length > 0 else {
                    return sqlite3_bind_zeroblob(statement, index, 0)
                }
                return routeros_sqlite3_bind_blob(statement, index, address, length)
            }
        case .identity(let high, let low):
            return withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { bytes in
                guard let address = bytes.baseAddress else { return SQLITE_NOMEM }
                return routeros_sqlite3_bind_blob(statement, index, address, 16)
            }
        }
    }

    /// Reads a column of the present row.
    ///
    /// - Throws: ``PersistenceError`` with ``PersistenceError/Code/corrupt`` for a value of another kind.
    init(_ statement: OpaquePointer, _ index: Int32, as kind: ColumnKind) throws {
        switch (sqlite3_column_type(statement, index), kind) {
        case (SQLITE_NULL, _):
            self = .null
        case (SQLITE_INTEGER, .integer):
            self = .integer(sqlite3_column_int64(statement, index))
        case (SQLITE_FLOAT, .real):
            self = .real(sqlite3_column_double(statement, index))
        case (SQLITE_TEXT, .text):
            // No address for a text that is there means that memory ran out.
            guard let text = sqlite3_column_text(statement, index) else { throw PersistenceError.unreadable("text") }
            let count = Int(sqlite3_column_bytes(statement, index))
            self = .text(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
        case (SQLITE_BLOB, .bytes):
            let bytes = sqlite3_column_blob(statement, index)
            let count = Int(sqlite3_column_bytes(statement, index))
            self = .bytes(Array(UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count)))
        case (SQLITE_BLOB, .identity):
            guard sqlite3_column_bytes(statement, index) == 16, let bytes = sqlite3_column_blob(statement, index) else {
                throw PersistenceError.unreadable("identity")
            }
            self = .identity(
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        default:
            throw PersistenceError.unreadable("\(kind.rawValue) column")
        }
    }
}
