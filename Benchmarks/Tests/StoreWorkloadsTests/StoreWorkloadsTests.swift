import StoreWorkloads
import Testing

@Suite("The store's workloads")
struct StoreWorkloadsTests {
    @Test(arguments: StoreBacking.allCases)
    func aBatchIsWrittenByTheServicesAndByTheBareLoopAlike(backing: StoreBacking) async throws {
        let result = try await StoreWorkloads(backing).batch(50)
        #expect(result.name == "store.batch.\(backing.rawValue)")
        // Each voucher and its job; the batch, the answer to its key and the lines of its trail.
        #expect(result.note.hasPrefix("50 vouchers, 1"), "\(result.note)")
        #expect((result.limit ?? 0) > 0 && (result.ratio ?? 0) > 0)
    }

    @Test(arguments: StoreBacking.allCases)
    func everyFigureOfALargeShopIsThere(backing: StoreBacking) async throws {
        var results: [StoreWorkloads.Result] = []
        try await StoreWorkloads(backing).large(vouchers: 1_000, postings: 200) { results.append($0) }
        let names = results.map { $0.name.split(separator: ".").dropFirst().dropLast().joined(separator: ".") }
        #expect(Set(names).count == names.count)
        let expected = [
            "fill", "code", "list", "list.counted", "filter.pending", "filter.batch.active", "filter.search.code",
            "filter.search.customer.counted", "book", "report.day", "report.dashboard", "export.vouchers",
            "export.ledger",
        ]
        for name in expected { #expect(names.contains(name), "\(name)") }
        for result in results { #expect(result.value >= 0 && result.value.isFinite, "\(result.name)") }
        let looks = results.filter {
            $0.name.contains(".code.") || $0.name.contains(".list.") || $0.name.contains(".filter.")
        }
        // A count takes what it takes.
        #expect(looks.allSatisfy { $0.bound == 10 && $0.unit == "ms" })
        #expect(looks.contains { $0.name.contains(".counted") })
        let exports = results.filter { $0.name.contains(".export.") }.map(\.note)
        #expect(exports.map { $0.prefix { $0 != " " } } == ["1000", "200"], "\(exports)")
    }
}
