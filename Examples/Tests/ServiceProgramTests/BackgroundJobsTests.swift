import BillingDomain
import BillingPersistence
import BillingServices
import ServiceProgram
import Synchronization
import Testing

struct BackgroundJobsTests {
    /// A business whose first jobs were made an hour ago, so that some are due.
    private func opened() async throws -> Billing {
        let past = BillingEnvironment(
            now: { BillingEnvironment.live.now() - .seconds(3_600) },
            randomBytes: BillingEnvironment.live.randomBytes
        )
        let store = InMemoryStore()
        let secrets = try SecretKeys.ephemeral()
        let before = Billing(store: store, secrets: secrets, environment: past)
        _ = try await before.createTenant("Lake", currency: .ugx, timeZone: "Africa/Kampala", key: .new())
        _ = try #require(try await BackgroundJobs(before, until: past.now, log: { _ in }).runOnce())
        return Billing(store: store, secrets: secrets)
    }

    @Test("While the clock is in doubt nothing is run, and afterwards all of it")
    func doubt() async throws {
        let billing = try await opened()
        let lines = Mutex<[String]>([])
        func jobs(_ isTrusted: Bool) -> BackgroundJobs {
            BackgroundJobs(billing, until: { isTrusted ? BillingEnvironment.live.now() : nil }) { line in
                lines.withLock { $0.append(line.description) }
            }
        }
        #expect(try await jobs(false).runOnce() == nil)
        #expect(lines.withLock { $0.isEmpty })
        let round = try #require(try await jobs(true).runOnce())
        #expect(!round.runs.isEmpty && round.runs.allSatisfy { $0.state == .succeeded })
        #expect(lines.withLock { $0.count } == round.runs.count)
    }

    @Test("What another process leads is left to it")
    func another() async throws {
        let billing = try await opened()
        _ = try #require(try await billing.scheduler.elect("another"))
        #expect(try await BackgroundJobs(billing, until: BillingEnvironment.live.now, log: { _ in }).runOnce() == nil)
    }
}
