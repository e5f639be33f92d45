import BillingDomain
import BillingPersistence
import BillingPersistenceSQLite
import StoreSamples
import TestSupport
import Testing

/// Does the same random things to both stores; the one in memory is the reference.
@Suite("SQLite does what memory does")
struct ModelTests {
    private struct Undo: Error {}

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func everyAnswerAndEveryErrorIsTheSame(seed: UInt64) async throws {
        try await withTemporaryDirectory { directory in
            let memory = InMemoryStore()
            let sqlite = try await SQLiteStore(path: directory + "/billing.sqlite")
            for store in [memory, sqlite] as [any BillingStore] { try await RandomOperation.prepare(store) }
            var generator = SplitMix64(seed: seed)
            var history: [String] = []
            for _ in 0..<150 {
                let scope = [StoreScope.system, .one, .one, .two, .two].randomElement(using: &generator) ?? .system
                // Few, because the first that fails ends the transaction.
                let operations = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
                    RandomOperation(using: &generator)
                }
                let isUndone = Int.random(in: 0..<6, using: &generator) == 0
                let expected = await outcome(of: operations, isUndone, on: memory, scope)
                let answered = await outcome(of: operations, isUndone, on: sqlite, scope)
                history.append("\(scope) \(operations)")
                try #require(answered == expected, "after \(history.suffix(3))")
            }
            for scope in [StoreScope.system, .one, .two] {
                let expected = try await memory.read(scope) { try Self.everything($0) }
                let found = try await sqlite.read(scope) { try Self.everything($0) }
                #expect(found == expected)
                #expect(found.count > 20)
            }
            try await sqlite.verify()
            await sqlite.close()
        }
    }

    private func outcome(
        of operations: [RandomOperation],
        _ isUndone: Bool,
        on store: any BillingStore,
        _ scope: StoreScope
    ) async -> [String] {
        do {
            return try await store.write(scope) { tx in
                let answers = operations.map { $0.answer(tx) }
                if isUndone { throw Undo() }
                return answers
            }
        } catch {
            // Of several unique columns that are taken at once each store may name another.
            return ["\(type(of: error))", (error as? PersistenceError)?.code.rawValue ?? ""]
        }
    }

    /// All that can be read in a scope, as text.
    private static func everything(_ reader: any StoreReader) throws -> [String] {
        let page = PageRequest(size: 1000)
        var lines: [String] = []
        lines += try reader.tenants().map { "\($0)" }
        lines += try reader.routers().map { "\($0)" }
        lines += try reader.packages().map { "\($0)" }
        lines += try reader.batches(BatchFilter(), page).items.map { "\($0)" }
        lines += try reader.vouchers(VoucherFilter(), page).items.map { "\($0)" }
        lines += try reader.records(
            Query(Voucher.Columns.nextDeadline <= Samples.time(100_000)).sorted(by: Voucher.Columns.nextDeadline)
        ).map { "\($0)" }
        lines += try reader.allStaff().map { "\($0)" }
        lines += try reader.apiTokens().map { "\($0)" }
        lines += try reader.ledgerEntries(page).items.map { "\($0)" }
        lines += try reader.audit(page).items.map { "\($0)" }
        lines += try reader.parkedJobs(router: nil).map { "\($0)" }
        for number in RandomOperation.numbers {
            let router = Samples.id(number, Router.self)
            lines += try reader.outboxJobs(router: router, dueBy: Samples.time(1000), limit: 99).map { "\($0)" }
            lines.append("\(try reader.outboxDepth(routers: [router]))")
            lines.append("\(try reader.voucherCounts(router: router).byKind.map { "\($0)" }.sorted())")
            lines.append("\(try reader.voucherCounts(batch: Samples.id(number)).byKind.map { "\($0)" }.sorted())")
            lines.append(
                "\(try reader.signInSession(digest: Samples.session(number).digest).map { "\($0)" } ?? "none")"
            )
        }
        if case .tenant = reader.scope {
            lines += try reader.balances().map { "\($0)" }
            lines += try reader.revenue(from: Samples.start, until: Samples.time(20)).map { "\($0)" }
        }
        return lines
    }
}
