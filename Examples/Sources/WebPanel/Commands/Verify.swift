import BillingPersistenceSQLite

/// `web-panel verify`: whether the records are what was written.
struct Verify {
    static let usage = """
        web-panel verify --database sqlite:PATH
            Reads the whole database while nobody serves it: its pages and references, that every entry of the ledger
            comes to zero, and that no line of the ledger or the audit trail was changed, taken out or put in.
        """

    private let database: DatabaseURL

    init(_ arguments: ArraySlice<String>) throws {
        database = try DatabaseURL(Options(arguments, values: ["--database"], usage: Self.usage))
    }

    func run() async throws {
        let store = try await database.open()
        do {
            try await store.verify()
        } catch {
            await store.close()
            throw error
        }
        await store.close()
        Console.print("Everything is as it was written.")
    }
}
