import BillingDomain
import BillingPersistence
import BillingPersistenceSQLite
import Foundation
import StoreSamples
import TestSupport
import Testing

/// Kills a process in the middle of its writes, again and again, and looks at what it left behind each time.
///
/// `KILL_POINTS` says how often, 20 times unless it is set.
@Suite("Killing the process that writes")
struct KillTests {
    /// Set in the child: the folder to write in.
    private static let variable = "ROUTEROS_BILLING_KILL_TEST_FOLDER"
    private static let writers = 1...4
    /// How often one file is taken up again before another begins.
    private static let rounds = 20

    private static var folder: String? { ProcessInfo.processInfo.environment[variable] }

    @Test(.disabled(if: folder != nil))
    func everyWriteThatReturnedIsThereAndNoneIsHalfDone() async throws {
        var left = Environment.count("KILL_POINTS", usually: 20)
        var dice = SplitMix64(seed: UInt64(left))
        while left > 0 {
            try await withTemporaryDirectory { directory in
                var kept: [Int: Int] = [:]
                for _ in 0..<min(left, Self.rounds) {
                    let answered = try await killed(in: directory, using: &dice)
                    let store = try await SQLiteStore(path: directory + "/billing.sqlite")
                    try await store.verify()
                    for writer in Self.writers {
                        let found = try await Self.count(of: writer, in: store)
                        // The one that was under way may have been kept without being answered for.
                        let least = max(kept[writer] ?? 0, answered[writer] ?? 0)
                        #expect(found == least || found == least + 1, "writer \(writer)")
                        kept[writer] = found
                    }
                    await store.close()
                    left -= 1
                }
            }
        }
    }

    /// Lets a child write, kills it at a random moment, and says how far it had answered for each writer.
    private func killed(in directory: String, using dice: inout SplitMix64) async throws -> [Int: Int] {
        let child = Process()
        child.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        child.arguments = ["--testing-library", "swift-testing", "--filter", "theChildWritesUntilItIsKilled"]
        child.environment = ProcessInfo.processInfo.environment.merging([Self.variable: directory]) { $1 }
        child.standardOutput = FileHandle.nullDevice
        let pipe = Pipe()
        child.standardError = pipe
        try child.run()
        let wanted = Int.random(in: 1...60, using: &dice)
        let moment = UInt32.random(in: 0...4_000, using: &dice)
        var text = ""
        var seen = 0
        while seen < wanted {
            let data = pipe.fileHandleForReading.availableData
            try #require(!data.isEmpty, "the child ended by itself: \(text)")
            let some = String(decoding: data, as: UTF8.self)
            text += some
            seen += some.count { $0 == "\n" }
        }
        // Not a wait for something: it only spreads the kills over the moments of a write.
        usleep(moment)
        kill(child.processIdentifier, SIGKILL)
        text += String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        child.waitUntilExit()
        var answered: [Int: Int] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 3, words[0] == "written", let writer = Int(words[1]), let number = Int(words[2]) else {
                continue
            }
            answered[writer] = max(answered[writer] ?? 0, number)
        }
        return answered
    }

    /// How many writes of a writer there are, all of them whole.
    private static func count(of writer: Int, in store: SQLiteStore) async throws -> Int {
        try await store.read(.tenant(Samples.id(writer))) { reader in
            let entries = try reader.count(Query<LedgerRow>())
            let lines = try reader.count(Query<AuditRow>())
            #expect(entries == lines)
            #expect(try reader.routers().count == entries)
            return entries
        }
    }

    @Test(.enabled(if: folder != nil))
    func theChildWritesUntilItIsKilled() async throws {
        let folder = try #require(Self.folder)
        let store = try await SQLiteStore(path: folder + "/billing.sqlite")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in Self.writers {
                group.addTask {
                    let scope = StoreScope.tenant(Samples.id(writer))
                    let isNew = try await store.read(scope) { try $0.tenants().isEmpty }
                    if isNew { try await store.found(writer...writer) }
                    let start = try await Self.count(of: writer, in: store)
                    for number in (start + 1)...100_000 {
                        try await store.write(scope) { tx in
                            let unique = writer * 1_000_000 + number
                            try tx.append(ledger: Samples.sale(unique, tenant: writer))
                            try tx.append(audit: Samples.audit(unique, tenant: writer))
                            try tx.insert(Samples.router(unique, tenant: writer))
                        }
                        FileHandle.standardError.write(Data("written \(writer) \(number)\n".utf8))
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
