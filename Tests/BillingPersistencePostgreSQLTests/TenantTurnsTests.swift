import BillingPersistence
import ConnectionPool
import StoreSamples
import Testing

@testable import BillingPersistencePostgreSQL

@Suite("PostgreSQL: the turns of a tenant's writers")
struct TenantTurnsTests {
    @Test func oneAtATimeAndTheFirstComesFirst() async throws {
        let turns = TenantTurns(on: DispatchScheduler())
        let deadline = DispatchScheduler().now + .seconds(60)
        try await turns.take(Samples.id(1), until: deadline)
        try await turns.take(Samples.id(2), until: deadline)
        let (order, note) = AsyncStream.makeStream(of: Int.self)
        for number in 1...3 {
            Task {
                try await turns.take(Samples.id(1), until: deadline)
                note.yield(number)
                turns.give(Samples.id(1))
            }
            while turns.waiting < number { await Task.yield() }
        }
        turns.give(Samples.id(1))
        var seen: [Int] = []
        for await number in order {
            seen.append(number)
            if seen.count == 3 { break }
        }
        #expect(seen == [1, 2, 3])
        try await turns.take(Samples.id(1), until: deadline)
    }

    @Test func whoWaitsForTooLongIsToldSoAndIsPassedOver() async throws {
        let scheduler = DispatchScheduler()
        let turns = TenantTurns(on: scheduler)
        try await turns.take(Samples.id(1), until: scheduler.now)
        await expect(.busy) { try await turns.take(Samples.id(1), until: scheduler.now + .milliseconds(1)) }
        turns.give(Samples.id(1))
        try await turns.take(Samples.id(1), until: scheduler.now)
    }
}
