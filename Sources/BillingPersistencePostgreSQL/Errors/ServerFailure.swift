import BillingPersistence
import CRouterOSPostgreSQL

/// Why a statement did not succeed, as the server or the network tells it.
struct ServerFailure: Error {
    /// The five characters that PostgreSQL names the kind of error with; empty where the network failed.
    var state = ""
    /// The text; holds names of the schema and no stored value.
    var message: String
    /// The name of the rule of the schema that was broken. (Which columns it speaks of is not told behind row security.)
    var constraint = ""
    /// Whether the connection is no good any more.
    var isLost = false

    /// A failure of the connection.
    static func lost(_ message: String) -> Self { Self(message: message, isLost: true) }
}

extension ServerFailure {
    /// What a failed result says.
    init(_ result: OpaquePointer) {
        func field(_ letter: Character) -> String {
            letter.asciiValue.flatMap { PQresultErrorField(result, Int32($0)) }.map { String(cString: $0) } ?? ""
        }
        state = field("C")
        // An error about a value quotes it, and a value may be a secret.
        message = state.hasPrefix("22") ? "" : field("M")
        constraint = field("n")
        isLost = ["57P01", "57P02", "57P03", "57P05", "25P03"].contains(state) || state.hasPrefix("08")
    }

    /// Whether connecting again is of no use until somebody changes something.
    var isRefusal: Bool { ["28P01", "3D000", "0A001"].contains(state) }

    /// Whether the same transaction may well succeed when it is run again.
    var isWorthAnotherAttempt: Bool {
        switch state {
        // The session was ended because its own transaction took too long: so would the next.
        case "25P03", "57P05": false
        // Two transactions in each other's way; a statement prepared for another schema or session; a server that has
        // become a replica.
        case "40001", "40P01", "26000", "0A000", "25006", "42P05": true
        default: isLost
        }
    }

    /// Whether another connection could fare better than this one.
    var spoilsConnection: Bool { isLost || ["26000", "0A000", "25006", "42P05"].contains(state) }

    /// The failure in the words of every store.
    func error(about table: RecordTable? = nil) -> PersistenceError {
        let noun = table?.noun ?? "record"
        let cause = state.isEmpty ? message : "SQLSTATE \(state)" + (message.isEmpty ? "" : ": \(message)")
        switch state {
        case "23505":
            let broken = table?.uniques.first { table?.constraintName(of: $0) == constraint }
            let named = broken?.filter { $0 != table?.tenantColumn } ?? ["identity"]
            return .taken("\(noun)'s \(named.joined(separator: " and "))", cause: cause)
        case "23503": return .dangling(noun, cause: cause)
        case "40001", "40P01":
            return PersistenceError(
                .busy,
                "Other transactions were in the way again and again; try later.",
                cause: cause
            )
        case "55P03":
            return PersistenceError(.busy, "Somebody else has kept the records for too long; try again.", cause: cause)
        case "57014":
            return PersistenceError(.busy, "The database took too long; try again, or ask for less.", cause: cause)
        case "25P03":
            return PersistenceError(
                .busy,
                "The transaction did nothing for too long and was ended; keep it short.",
                cause: cause
            )
        case "53300":
            return PersistenceError(
                .busy,
                "The database has no connection left; allow it more, or this store fewer.",
                cause: cause
            )
        case "42501":
            return PersistenceError(.wrongScope, "The database does not allow that in this scope.", cause: cause)
        case "28000", "28P01":
            return PersistenceError(.io, "The database refused the user or the password; check the URL.", cause: cause)
        case "3D000":
            return PersistenceError(.io, "There is no such database; create it, or check the URL.", cause: cause)
        case "0A001": return PersistenceError(.io, "The database is too old; use PostgreSQL 14 or newer.", cause: cause)
        case "22021":
            return PersistenceError(.constraint, "A \(noun) holds text that cannot be stored.", cause: cause)
        default: break
        }
        switch state.prefix(2) {
        case "22", "23": return .unlawful(noun, cause: cause)
        case "XX":
            return PersistenceError(
                .corrupt,
                "The database is damaged; verify it, and restore a backup if need be.",
                cause: cause
            )
        case "": return PersistenceError(.io, "The connection to the database failed; nothing was kept.", cause: cause)
        default: return PersistenceError(.io, "The database failed; nothing was kept.", cause: cause)
        }
    }
}

extension RecordTable {
    /// What PostgreSQL calls the rule that columns are unique, which it was given no name for: all of it in 63 bytes, the
    /// longer of both parts being cut.
    func constraintName(of columns: [String]) -> String {
        var (table, columns) = (name, columns.joined(separator: "_"))
        while table.utf8.count + columns.utf8.count > 58 {
            if table.utf8.count > columns.utf8.count { table.removeLast() } else { columns.removeLast() }
        }
        return "\(table)_\(columns)_key"
    }
}
