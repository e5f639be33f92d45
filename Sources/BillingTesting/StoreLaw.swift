public import BillingPersistence

/// One law that every store keeps, and the check that shows it.
public struct StoreLaw: Sendable, CustomStringConvertible {
    /// The law, as a sentence.
    public let description: String

    private let examine: @Sendable (any BillingStore) async throws -> Void

    init(_ description: String, _ examine: @escaping @Sendable (any BillingStore) async throws -> Void) {
        self.description = description
        self.examine = examine
    }

    /// Examines a store that is empty, and leaves it filled.
    ///
    /// - Throws: ``LawBreach`` with what was expected and found; or whatever the store throws against all expectation.
    public func check(_ store: any BillingStore) async throws { try await examine(store) }
}

extension StoreLaw {
    /// Every law, in the order in which a new store is best brought to keep them.
    ///
    /// Give each an empty store of its own, whose clock is that of the caller:
    /// ```swift
    /// @Test(arguments: StoreLaw.all)
    /// func myStoreKeeps(law: StoreLaw) async throws {
    ///     try await law.check(MyStore())
    /// }
    /// ```
    public static let all: [StoreLaw] =
        rows + limits + queries + transactions + tenants + books + queues + keys + messages + jobs

    /// Examines a kind of store under every law, each time a new one; the store is closed afterwards.
    ///
    /// ```swift
    /// @Test func myStoreKeepsEveryLaw() async throws { try await StoreLaw.checkAll { try await MyStore() } }
    /// ```
    /// - Throws: As ``check(_:)``, for the first law that is broken.
    public static func checkAll(_ makeStore: @Sendable () async throws -> any BillingStore) async throws {
        for law in all {
            let store = try await makeStore()
            do {
                try await law.check(store)
            } catch {
                await store.close()
                throw LawBreach("\(law): \(error)")
            }
            await store.close()
        }
    }
}
