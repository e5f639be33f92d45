import BillingDomain
import BillingPersistence
import Foundation
import StoreSamples
import TestSupport
import Testing

@testable import BillingPersistenceSQLite

/// Fails one call of the disk after the other, and takes its power away.
///
/// `FAULT_STRIDE` says which calls fail: every n-th of a workload, 1 for all; 23 unless it is set. `POWER_CUTS` says how
/// often the power goes, 40 times unless it is set.
@Suite("A disk that fails")
struct DiskFaultTests {
    private static let operations = 50

    @Test("every call that may fail", arguments: FaultyDisk.Fault.allCases, [false, true])
    func aFailedCallCostsAtMostTheTransactionItStruck(fault: FaultyDisk.Fault, isLasting: Bool) async throws {
        try await withTemplate { template in
            let stride = Environment.count("FAULT_STRIDE", usually: 23)
            // Not always the same calls.
            var call = 1 + (isLasting ? stride / 2 : 0)
            while try await strike(fault, at: call, isLasting, template) { call += stride }
            #expect(call > stride)
        }
    }

    @Test("every call of opening that may fail", arguments: FaultyDisk.Fault.allCases)
    func aFailedCallWhileOpeningIsAnErrorAndTheNextOpeningWorks(fault: FaultyDisk.Fault) async throws {
        try await withTemplate { template in
            let stride = max(1, Environment.count("FAULT_STRIDE", usually: 23) / 8)
            var call = 1
            while try await strikeOpening(fault, at: call, template) { call += stride }
        }
    }

    @Test func whatWasAnsweredForIsThereAfterThePowerWasCut() async throws {
        try await withTemplate { template in
            for seed in 1...UInt64(Environment.count("POWER_CUTS", usually: 40)) {
                try await cutPower(seed: seed, template)
            }
        }
    }

    /// Does the workload with one fault in it; `false` if it ended before the fault came.
    private func strike(
        _ fault: FaultyDisk.Fault,
        at call: Int,
        _ isLasting: Bool,
        _ template: String
    ) async throws -> Bool {
        try await withCopy(of: template) { path in
            let disk = FaultyDisk()
            var store = try await SQLiteStore(path: path, readers: 1, vfs: disk.name)
            disk.fail(fault, at: call, lasting: isLasting)
            for number in 1...Self.operations {
                do {
                    try await Self.write(number, to: store)
                    try await Self.read(number, from: store)
                } catch {
                    Self.expectTyped(error, "\(fault) at \(call)")
                    disk.heal()
                    do {
                        try await Self.writeAgain(number, to: store)
                    } catch {
                        Self.expectTyped(error, "\(fault) at \(call), again")
                        await store.close()
                        store = try await SQLiteStore(path: path, readers: 1, vfs: disk.name)
                        try await Self.writeAgain(number, to: store)
                    }
                }
            }
            disk.heal()
            let all = Self.operations...Self.operations
            try await Self.expectWhole(store, count: all, "\(fault) at \(call)")
            await store.close()
            let reopened = try await SQLiteStore(path: path)
            try await Self.expectWhole(reopened, count: all, "\(fault) at \(call), reopened")
            await reopened.close()
            return disk.failures > 0
        }
    }

    private func strikeOpening(_ fault: FaultyDisk.Fault, at call: Int, _ template: String) async throws -> Bool {
        try await withCopy(of: template) { path in
            let disk = FaultyDisk()
            disk.fail(fault, at: call, lasting: false)
            do {
                let store = try await SQLiteStore(path: path, readers: 1, vfs: disk.name)
                disk.heal()
                try await Self.write(1, to: store)
                await store.close()
            } catch {
                Self.expectTyped(error, "\(fault) at \(call)")
                disk.heal()
            }
            let store = try await SQLiteStore(path: path, readers: 1, vfs: disk.name)
            try await Self.writeAgain(1, to: store)
            try await Self.expectWhole(store, count: 1...1, "\(fault) at \(call)")
            await store.close()
            return disk.failures > 0
        }
    }

    private func cutPower(seed: UInt64, _ template: String) async throws {
        var dice = SplitMix64(seed: seed)
        try await withCopy(of: template) { path in
            // Every fourth time the database is new as well, so that its making is cut.
            if seed.isMultiple(of: 4) { try FileManager.default.removeItem(atPath: path) }
            let disk = FaultyDisk(keepsTrack: true)
            disk.cutPower(atChange: Int.random(in: 1...(seed.isMultiple(of: 8) ? 60 : 700), using: &dice))
            var answered = 0
            do {
                let store = try await SQLiteStore(path: path, readers: 1, vfs: disk.name)
                defer { withExtendedLifetime(store) {} }
                do {
                    // Small, so that the file itself is written again and again.
                    try await store.writer.run { try $0.execute("PRAGMA wal_autocheckpoint = 12") }
                    if seed.isMultiple(of: 4) { try await store.found(1...1) }
                    for number in 1...200 {
                        try await Self.write(number, to: store)
                        answered = number
                    }
                } catch {
                    Self.expectTyped(error, "seed \(seed)")
                }
                await store.close()
            } catch {
                Self.expectTyped(error, "seed \(seed), opening")
            }
            let folder = path + "-remains"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try #require(disk.leaveRemains(in: folder, seed: seed))
            let store = try await SQLiteStore(path: folder + "/billing.sqlite")
            try await Self.expectWhole(store, count: answered...(answered + 1), "seed \(seed)")
            // It goes on from there.
            if try await store.read(.one, { try $0.tenants() }).isEmpty { try await store.found(1...1) }
            try await Self.write(1_000, to: store)
            try await store.verify()
            await store.close()
        }
    }

    private static func write(_ number: Int, to store: SQLiteStore) async throws {
        try await store.write(.one) { tx in
            try tx.append(ledger: Samples.sale(number))
            try tx.append(audit: Samples.audit(number))
            try tx.insert(Samples.router(number))
        }
        guard number.isMultiple(of: 10) else { return }
        try await store.writer.run { try $0.execute("PRAGMA wal_checkpoint(PASSIVE)") }
    }

    private static func read(_ number: Int, from store: SQLiteStore) async throws {
        let last = try await store.read(.one) { try $0.ledgerEntries(PageRequest(size: 1)).items.first }
        #expect(last?.cause == "sale:\(number)")
    }

    /// Writes what may have been kept although its commit was not answered for.
    private static func writeAgain(_ number: Int, to store: SQLiteStore) async throws {
        do {
            try await write(number, to: store)
        } catch let error as PersistenceError where error.code == .duplicate {}
        try await read(number, from: store)
    }

    private static func expectTyped(_ error: any Error, _ place: String) {
        guard let error = error as? PersistenceError else {
            Issue.record(error, "\(place)")
            return
        }
        #expect([.io, .busy].contains(error.code), "\(place): \(error)")
    }

    private static func expectWhole(_ store: SQLiteStore, count: ClosedRange<Int>, _ place: String) async throws {
        do {
            try await store.verify()
        } catch {
            Issue.record(error, "\(place)")
        }
        let (entries, lines, routers) = try await store.read(.one) { reader in
            (
                try reader.count(Query<LedgerRow>()),
                try reader.count(Query<AuditRow>()), try reader.routers().count
            )
        }
        let isWhole = count.contains(entries) && entries == lines && entries == routers
        #expect(isWhole, "\(place): \(entries) entries, \(lines) lines, \(routers) routers of \(count)")
    }

    /// Lends a database with one tenant, closed.
    private func withTemplate(_ body: (String) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.found(1...1)
            await store.close()
            try await body(directory + "/billing.sqlite")
        }
    }

    private func withCopy<Result>(of template: String, _ body: (String) async throws -> Result) async throws -> Result {
        let folder = (template as NSString).deletingLastPathComponent + "/copy"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.copyItem(atPath: template, toPath: folder + "/billing.sqlite")
        return try await body(folder + "/billing.sqlite")
    }
}
