internal import CRouterOSSQLite

/// Something about an open store that whoever runs it should know, although it works.
public struct SQLiteDiagnostic: Hashable, Sendable, CustomStringConvertible {
    /// The kind; open, so that new kinds are not a breaking change.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The stable, machine-readable word.
        public let rawValue: String

        /// Creates a code from its stable word.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// SQLite's library has a fault that can damage a database.
        ///
        /// It takes a write-ahead log and two connections that write or checkpoint at the same moment. This store has one
        /// that does either; other programs must keep off the file.
        public static let walResetFault = Self(rawValue: "wal-reset-fault")
    }

    /// The kind.
    public let code: Code

    /// What it is and what to do about it.
    public let message: String

    /// Creates a diagnostic.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the message.
    public var description: String { "\(code.rawValue): \(message)" }
}

extension SQLiteDiagnostic {
    /// What is to be said about a version of the library, in SQLite's numbers: 3.51.3 is 3 051 003.
    static func about(version: Int) -> [Self] {
        guard version < 3_051_003 else { return [] }
        let name = "\(version / 1_000_000).\(version / 1_000 % 1_000).\(version % 1_000)"
        return [
            Self(
                .walResetFault,
                "SQLite \(name) can damage a database that two connections write at once, mended in 3.51.3. This store "
                    + "writes through one; let no other program open the file, not even to checkpoint or back it up."
            )
        ]
    }

    /// What is to be said about the library that is linked.
    static var ofLinkedLibrary: [Self] { about(version: Int(sqlite3_libversion_number())) }
}
