import BillingPersistence
import Testing

@Suite("Migrations")
struct MigrationTests {
    private let known = [Migration("1 one", "A"), Migration("2 two", "B"), Migration("3 three", "C")]

    @Test(arguments: 0...3)
    func onlyStepsNotYetAppliedArePending(count: Int) throws {
        let pending = try Migration.pending(known, applied: known.prefix(count).map(\.name))
        #expect(pending == Array(known.dropFirst(count)))
    }

    @Test func aLongerHistoryIsNewer() {
        expect(.newerSchema) { _ = try Migration.pending(known, applied: known.map(\.name) + ["4 four"]) }
    }

    @Test func anotherHistoryIsNotOurs() {
        expect(.corrupt) { _ = try Migration.pending(known, applied: ["1 one", "2 other"]) }
    }
}
