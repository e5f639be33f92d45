import BillingPersistence
import BillingPersistenceSQLite

/// Where the records are kept: `sqlite:PATH`.
struct DatabaseURL {
    private let path: String

    /// Reads the option `--database`.
    /// - Throws: ``UsageError``.
    init(_ options: Options) throws {
        let text = try options.required("--database")
        guard text.hasPrefix("sqlite:"), text.count > "sqlite:".count else {
            throw UsageError(
                "“\(text)” is no database this program knows. Use sqlite:PATH, such as sqlite:billing.sqlite."
            )
        }
        path = String(text.dropFirst("sqlite:".count))
    }

    /// Opens the records and brings them up to date.
    func open() async throws -> SQLiteStore {
        try await .sqlite(path)
    }
}
