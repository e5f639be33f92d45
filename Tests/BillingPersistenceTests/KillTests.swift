import BillingDomain
import BillingPersistence
import BillingPersistenceSQLite
import Foundation
import Testing

/// Kills a process in the middle of its writes and looks at what it left behind.
@Suite("Killing the process that writes")
struct KillTests {
    /// Set in the child: the folder to write in.
    private static let variable = "ROUTEROS_BILLING_KILL_TEST_FOLDER"

    private static var folder: String? { ProcessInfo.processInfo.environment[variable] }

    @Test(.disabled(if: folder != nil), arguments: [1, 7, 40])
    func everyWriteThatReturnedIsThereAndNoneIsHalfDone(acknowledgements: Int) async throws {
        try await withTemporaryDirectory { directory in
            let child = Process()
            child.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            child.arguments = ["--testing-library", "swift-testing", "--filter", "theChildWritesUntilItIsKilled"]
            child.environment = ProcessInfo.processInfo.environment.merging([Self.variable: directory]) { $1 }
            child.standardOutput = FileHandle.nullDevice
            let pipe = Pipe()
            child.standardError = pipe
            try child.run()
            var seen = 0
            var text = ""
            while seen < acknowledgements {
                let data = pipe.fileHandleForReading.availableData
                try #require(!data.isEmpty, "the child ended by itself: \(text)")
                text += String(decoding: data, as: UTF8.self)
                seen = text.split(separator: "\n").count { $0.hasPrefix("written ") }
            }
            kill(child.processIdentifier, SIGKILL)
            text += String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
            child.waitUntilExit()
            seen = text.split(separator: "\n").count { $0.hasPrefix("written ") }

            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.verify()
            let (tenants, routers) = try await store.read(.system) { (try $0.tenants().count, try $0.routers().count) }
            #expect(tenants == seen || tenants == seen + 1, "one may have been kept without being answered for")
            #expect(routers == 20 * tenants)
            await store.close()
        }
    }

    @Test(.enabled(if: folder != nil))
    func theChildWritesUntilItIsKilled() async throws {
        let folder = try #require(Self.folder)
        let store = try await SQLiteStore(path: folder + "/billing.sqlite")
        for number in 1...100_000 {
            try await store.write(.system) { tx in
                try tx.insert(Samples.tenant(number))
                for router in 1...20 { try tx.insert(Samples.router(number * 100 + router, tenant: number)) }
            }
            FileHandle.standardError.write(Data("written \(number)\n".utf8))
        }
    }
}
