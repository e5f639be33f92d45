package import BillingPersistence
import BillingPersistencePostgreSQL
package import BillingPersistenceSQLite

/// Where the records are kept: `sqlite:PATH`, or the URL of a PostgreSQL database.
package struct DatabaseURL: Sendable {
    private enum Place {
        case file(String)
        case server(String)
    }

    private let place: Place

    /// Reads the option `--database`, or the environment's `BILLING_DATABASE` where it is not given: a URL with a password does not
    /// belong on a command line, which everybody on the machine can read.
    /// - Throws: ``UsageError``.
    package init(_ options: Options) throws {
        let text = try options.required("--database", orEnvironment: "BILLING_DATABASE")
        if text.hasPrefix("sqlite:"), text.count > "sqlite:".count {
            place = .file(String(text.dropFirst("sqlite:".count)))
        } else if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") {
            place = .server(text)
        } else {
            // What was given may hold a password.
            throw UsageError(
                "The database is no one this program knows. Use sqlite:PATH, such as sqlite:billing.sqlite, or the URL of a "
                    + "PostgreSQL database, such as postgresql://billing@localhost/billing."
            )
        }
    }

    /// Opens the records and brings them up to date; whoever runs the program is told what there is to know about them.
    package func open(log: (LogLine) -> Void = { _ in }) async throws -> any BillingStore {
        switch place {
        case .file(let path):
            let store = try await SQLiteStore(path: path)
            for diagnostic in store.diagnostics { log(LogLine(diagnostic)) }
            return store
        case .server(let url):
            return try await PostgreSQLStore(url: url)
        }
    }
}

extension LogLine {
    /// A warning about a database that works.
    package init(_ diagnostic: SQLiteDiagnostic) {
        self.init(.warning, "database", [("code", diagnostic.code.rawValue), ("detail", diagnostic.message)])
    }
}
