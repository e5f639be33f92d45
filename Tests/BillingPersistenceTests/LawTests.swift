import BillingPersistence
import BillingTesting
import Testing

@Suite("Every store keeps every law")
struct LawTests {
    @Test(arguments: StoreKind.allCases, StoreLaw.all)
    func keeps(kind: StoreKind, law: StoreLaw) async throws {
        try await kind.withOpenStore { try await law.check($0) }
    }
}
