import BillingPersistence
import BillingPersistenceSQLite
import Foundation
import ServiceProgram
import Testing

struct DatabaseURLTests {
    private func url(_ text: String) throws -> DatabaseURL {
        try DatabaseURL(Options(["--database", text], values: ["--database"], usage: ""))
    }

    @Test(arguments: [
        "sqlite:billing.sqlite", "postgresql://billing@localhost/billing", "postgres://localhost/billing",
    ])
    func aFileAndAServerAreKnown(text: String) throws {
        _ = try url(text)
    }

    @Test("What there is to know about the library of a file is said once, when it is opened")
    func saysWhatItKnows() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "url-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var lines: [String] = []
        let store = try await url("sqlite:\(folder.path)/billing.sqlite").open { lines.append("\($0)") }
        #expect(lines == (try #require(store as? SQLiteStore).diagnostics.map { "\(LogLine($0))" }))
        await store.close()
        let fault = SQLiteDiagnostic(.walResetFault, "SQLite 3.40.1 can damage a database.")
        #expect(
            "\(LogLine(fault))"
                == #"level=warning msg=database code=wal-reset-fault detail="SQLite 3.40.1 can damage a database.""#
        )
    }

    @Test("What is no database is refused, and not repeated: it may hold a password")
    func refuses() {
        for text in ["sqlite:", "mysql://root:hunter2@x", "billing.sqlite"] {
            #expect {
                _ = try url(text)
            } throws: { error in
                let message = (error as? UsageError)?.message ?? ""
                return message.contains("sqlite:PATH") && !message.contains("hunter2")
            }
        }
    }
}
