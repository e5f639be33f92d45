import BillingDomain
import BillingPersistence
internal import CRouterOSSQLite

/// A value that fits one column.
protocol Column {
    /// Puts the value in place of a question mark, and says how that went in SQLite's codes.
    func bind(to statement: Statement, at index: Int32) -> Int32

    /// Reads the value of a column.
    init(_ statement: Statement, _ index: Int32) throws
}

extension Int64: Column {
    func bind(to statement: Statement, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement.handle, index, self)
    }

    init(_ statement: Statement, _ index: Int32) throws {
        self = sqlite3_column_int64(statement.handle, index)
    }
}

extension Int: Column {
    func bind(to statement: Statement, at index: Int32) -> Int32 {
        Int64(self).bind(to: statement, at: index)
    }

    init(_ statement: Statement, _ index: Int32) throws {
        self = Int(truncatingIfNeeded: try Int64(statement, index))
    }
}

extension Bool: Column {
    func bind(to statement: Statement, at index: Int32) -> Int32 {
        Int64(self ? 1 : 0).bind(to: statement, at: index)
    }

    init(_ statement: Statement, _ index: Int32) throws {
        self = try Int64(statement, index) != 0
    }
}

extension Double: Column {
    func bind(to statement: Statement, at index: Int32) -> Int32 {
        sqlite3_bind_double(statement.handle, index, self)
    }

    init(_ statement: Statement, _ index: Int32) throws {
        self = sqlite3_column_double(statement.handle, index)
    }
}

extension String: Column {
    func bind(to statement: Statement, at index: Int32) -> Int32 {
        var text = self
        return text.withUTF8 { bytes in
            guard let length = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
            // An empty string has no address, and no address would be NULL.
            guard let address = bytes.baseAddress else {
                return routeros_sqlite3_bind_text(statement.handle, index, "", 0)
            }
            return address.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                routeros_sqlite3_bind_text(statement.handle, index, $0, length)
            }
        }
    }

    init(_ statement: Statement, _ index: Int32) throws {
        guard let text = sqlite3_column_text(statement.handle, index) else { throw PersistenceError.unreadable("text") }
        let count = Int(sqlite3_column_bytes(statement.handle, index))
        self = String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }
}

extension [UInt8]: Column {
    func bind(to statement: Statement, at index: Int32) -> Int32 {
        guard let length = Int32(exactly: count) else { return SQLITE_TOOBIG }
        return withUnsafeBytes { bytes in
            guard let address = bytes.baseAddress else { return sqlite3_bind_zeroblob(statement.handle, index, 0) }
            return routeros_sqlite3_bind_blob(statement.handle, index, address, length)
        }
    }

    init(_ statement: Statement, _ index: Int32) throws {
        let bytes = sqlite3_column_blob(statement.handle, index)
        let count = Int(sqlite3_column_bytes(statement.handle, index))
        self = Array(UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count))
    }
}

extension Optional: Column where Wrapped: Column {
    func bind(to statement: Statement, at index: Int32) -> Int32 {
        map { $0.bind(to: statement, at: index) } ?? sqlite3_bind_null(statement.handle, index)
    }

    init(_ statement: Statement, _ index: Int32) throws {
        let isNull = sqlite3_column_type(statement.handle, index) == SQLITE_NULL
        self = isNull ? nil : try Wrapped(statement, index)
    }
}

extension Identifier: Column {
    func bind(to statement: Statement, at index: Int32) -> Int32 {
        withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { bytes in
            guard let address = bytes.baseAddress else { return SQLITE_NOMEM }
            return routeros_sqlite3_bind_blob(statement.handle, index, address, 16)
        }
    }

    init(_ statement: Statement, _ index: Int32) throws {
        guard sqlite3_column_bytes(statement.handle, index) == 16,
            let bytes = sqlite3_column_blob(statement.handle, index)
        else { throw PersistenceError.unreadable("identity") }
        self.init(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
    }
}
