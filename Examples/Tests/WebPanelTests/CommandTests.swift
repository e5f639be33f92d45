import BillingDomain
import BillingPersistence
import BillingPersistenceSQLite
import BillingServices
import Foundation
import ServiceProgram
import Testing

@testable import WebPanel

struct CommandTests {
    @Test(
        "A command line that cannot be followed says what to write",
        arguments: [
            (["--database"], "needs a value"), (["--databas", "x"], "no option “--databas”"),
            ([], "--database is required"),
            (["--database", "mysql://x", "--username", "a"], "Use sqlite:PATH"),
            (["--database", "sqlite:", "--username", "a"], "Use sqlite:PATH"),
            (["--database", "sqlite:x", "--database", "sqlite:y"], "given twice"),
            (["--database", "sqlite:x"], "--username is required"),
            (["--database", "sqlite:x", "--username", "a", "--currency", "XXQ"], "no currency known"),
        ]
    )
    func aWrongCommandLineIsExplained(_ arguments: [String], _ advice: String) {
        #expect {
            _ = try CreateAdministrator(arguments[...])
        } throws: { error in
            (error as? UsageError)?.message.contains(advice) == true
        }
    }

    @Test(arguments: [
        ["--listen", "8080"], ["--sync-interval", "0"], ["--sync-interval", "soon"],
        ["--connections-per-address", "-1"],
    ])
    func aWrongServerOptionIsRefused(_ arguments: [String]) {
        let complete = ["--database", "sqlite:x", "--key-file", "k"]
        #expect(throws: UsageError.self) { try Serve((complete + arguments)[...]) }
        #expect(throws: Never.self) { try Serve((complete + ["--listen=[::1]:0", "--sync"])[...]) }
    }

    @Test func routersAreReadAsOftenAsTheirTenantSaysUnlessTheCommandLineDoes() throws {
        let arguments = ["--database", "sqlite:x", "--key-file", "k", "--sync"]
        #expect(try Serve(arguments[...]).syncInterval == nil)
        #expect(try Serve((arguments + ["--sync-interval", "7"])[...]).syncInterval == .seconds(7))
    }

    @Test func verifyPassesWhatWasWrittenAndRefusesAFileThatWasDamaged() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "verify-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "billing.sqlite").path
        let billing = Billing(store: try await SQLiteStore(path: path), secrets: try .ephemeral())
        _ = try await billing.createTenant("Lake View", currency: .usd, timeZone: "UTC", key: .new())
        await billing.close()
        let verify = try Verify(["--database", "sqlite:\(path)"][...])
        try await verify.run()
        let file = try FileHandle(forUpdating: URL(filePath: path))
        try file.seek(toOffset: 40_960)
        try file.write(contentsOf: Data(repeating: 0x5A, count: 40_960))
        try file.close()
        await #expect(throws: PersistenceError.self) { try await verify.run() }
    }
}
