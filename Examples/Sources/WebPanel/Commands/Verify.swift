import BillingPersistence
import BillingPersistenceSQLite
import ServiceProgram

/// `web-panel verify`: whether the records are what was written.
struct Verify {
    static let usage = """
        web-panel verify --database URL
            Reads the whole database: that every entry of the ledger comes to zero, that no line of the ledger or the
            audit trail was changed, taken out or put in, and of an SQLite file, which nobody may serve meanwhile, its
            pages and references too.
        """

    private let database: DatabaseURL

    init(_ arguments: ArraySlice<String>) throws {
        database = try DatabaseURL(Options(arguments, values: ["--database"], usage: Self.usage))
    }

    func run() async throws {
        let store = try await database.open()
        do {
            if let file = store as? SQLiteStore {
                try await file.verify()
            } else if let fault = try await store.verifyBooks() {
                throw PersistenceError(.corrupt, "\(fault)")
            }
        } catch {
            await store.close()
            throw error
        }
        await store.close()
        Console.print("Everything is as it was written.")
    }
}
