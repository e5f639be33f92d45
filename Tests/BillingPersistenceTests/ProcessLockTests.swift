internal import Glibc
import Testing

@testable import BillingPersistenceSQLite

@Suite("The lock of a database")
struct ProcessLockTests {
    /// A descriptor that is closed twice is somebody else's the second time: that one then reads and writes nothing.
    @Test func aRefusedLockClosesNothingOfOthers() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/billing.sqlite"
            let held = try ProcessLock(databasePath: path)
            async let refused = Self.refusals(path, times: 3_000)
            async let broken = Self.brokenDescriptors(times: 30_000)
            #expect(await refused == 3_000)
            #expect(await broken == 0)
            withExtendedLifetime(held) {}
        }
    }

    @concurrent private static func refusals(_ path: String, times: Int) async -> Int {
        (0..<times).count { _ in
            do { _ = try ProcessLock(databasePath: path) } catch { return true }
            return false
        }
    }

    /// Opens a file and closes it, again and again; says how often somebody else had closed it in between.
    @concurrent private static func brokenDescriptors(times: Int) async -> Int {
        (0..<times).count { _ in
            let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
            var status = stat()
            let isBroken = fstat(descriptor, &status) != 0
            return close(descriptor) != 0 || isBroken
        }
    }
}
