/// Why a store did not do what it was asked.
///
/// The message says what to do and holds no stored value that could be a secret.
public struct PersistenceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure; open, so that new kinds are not a breaking change.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The stable, machine-readable word.
        public let rawValue: String

        /// Creates a code from its stable word.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// What was to be changed or referred to is not in this scope.
        public static let notFound = Self(rawValue: "not-found")
        /// Something that must be unique is there already.
        public static let duplicate = Self(rawValue: "duplicate")
        /// The record changed since it was read: read it again and decide anew.
        public static let conflict = Self(rawValue: "conflict")
        /// The lease has passed to another claim: stop working under it.
        public static let leaseLost = Self(rawValue: "lease-lost")
        /// A rule of the schema would be broken.
        public static let constraint = Self(rawValue: "constraint")
        /// The call needs another scope: names and sums belong to one tenant, tenants to the system.
        public static let wrongScope = Self(rawValue: "wrong-scope")
        /// Somebody else has the database open or locked.
        public static let busy = Self(rawValue: "busy")
        /// What was read back breaks the schema or the file is damaged.
        public static let corrupt = Self(rawValue: "corrupt")
        /// The database was written by a newer version of this library.
        public static let newerSchema = Self(rawValue: "newer-schema")
        /// The disk or the connection failed; nothing of the transaction was kept.
        public static let io = Self(rawValue: "io")
        /// The connection was lost while the transaction was committed, and nobody can tell whether it was: look before
        /// trying again.
        public static let outcomeUnknown = Self(rawValue: "outcome-unknown")
        /// The store has been closed.
        public static let closed = Self(rawValue: "closed")
    }

    /// The kind of failure.
    public let code: Code

    /// What went wrong and what to do about it.
    public let message: String

    /// What the database itself said, for logs; `nil` where nothing lies underneath.
    public let cause: String?

    /// Creates an error.
    public init(_ code: Code, _ message: String, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The code, the message, and the cause if there is one.
    public var description: String {
        "\(code.rawValue): \(message)" + (cause.map { " (\($0))" } ?? "")
    }
}
