import BillingDomain
import BillingPersistence
import BillingPersistenceSQLite
import Foundation
import StoreSamples
import Testing

/// The stores that must keep the same laws.
enum StoreKind: String, CaseIterable, CustomTestStringConvertible {
    case memory
    case sqlite

    var testDescription: String { rawValue }

    /// Lends an empty store, which the body may close.
    func withOpenStore(_ body: (any BillingStore) async throws -> Void) async throws {
        switch self {
        case .memory:
            try await body(InMemoryStore())
        case .sqlite:
            try await withTemporaryDirectory { directory in
                let store = try await SQLiteStore(path: directory + "/billing.sqlite")
                do {
                    try await body(store)
                } catch {
                    await store.close()
                    throw error
                }
                await store.close()
            }
        }
    }

    /// Lends an empty store and checks afterwards that it is sound.
    func withStore(_ body: (any BillingStore) async throws -> Void) async throws {
        try await withOpenStore { store in
            try await body(store)
            try await (store as? SQLiteStore)?.verify()
        }
    }

    /// Lends a store with two tenants, each with a router, a batch and vouchers: 1 and 2 are of tenant 1, 3 of tenant 2.
    func withWorld(_ body: (any BillingStore) async throws -> Void) async throws {
        try await withStore { store in
            for number in 1...2 {
                try await store.write(.tenant(Samples.id(number))) { tx in
                    try tx.insert(Samples.tenant(number))
                    try tx.insert(Samples.router(number, tenant: number))
                    try tx.insert(Samples.staff(number, tenant: number))
                    try tx.insert(Samples.batch(number, tenant: number, router: number))
                }
            }
            try await store.write(.one) { try $0.insert(vouchers: [Samples.voucher(1), Samples.voucher(2)]) }
            try await store.write(.two) { try $0.insert(Samples.voucher(3, tenant: 2, batch: 2, router: 2)) }
            try await body(store)
        }
    }
}

extension BillingStore {
    /// Founds tenants, each in its own scope.
    func found(_ numbers: ClosedRange<Int>) async throws {
        for number in numbers {
            try await write(.tenant(Samples.id(number))) { try $0.insert(Samples.tenant(number)) }
        }
    }

    /// Founds tenant 1 with a router, a batch and a voucher.
    func foundWorld() async throws {
        try await write(.one) { tx in
            try tx.insert(Samples.tenant())
            try tx.insert(Samples.router())
            try tx.insert(Samples.batch())
            try tx.insert(Samples.voucher())
        }
    }
}

func withTemporaryDirectory(_ body: (String) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("routeros-billing-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try await body(directory.path)
}

extension StoreScope {
    static let one = StoreScope.tenant(Samples.id(1))
    static let two = StoreScope.tenant(Samples.id(2))
}

/// Expects `body` to throw a ``PersistenceError`` with `code`.
func expect(
    _ code: PersistenceError.Code,
    at location: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    do {
        try await body()
        Issue.record("expected \(code.rawValue)", sourceLocation: location)
    } catch let error as PersistenceError {
        #expect(error.code == code, sourceLocation: location)
    } catch {
        Issue.record(error, sourceLocation: location)
    }
}

/// Expects `body` to throw a ``PersistenceError`` with `code`, inside a transaction.
func expect(
    _ code: PersistenceError.Code,
    at location: SourceLocation = #_sourceLocation,
    _ body: () throws -> Void
) {
    do {
        try body()
        Issue.record("expected \(code.rawValue)", sourceLocation: location)
    } catch let error as PersistenceError {
        #expect(error.code == code, sourceLocation: location)
    } catch {
        Issue.record(error, sourceLocation: location)
    }
}
