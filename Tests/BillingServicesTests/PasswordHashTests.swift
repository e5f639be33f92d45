import OpenSSLSupport
import Synchronization
import Testing

@testable import BillingServices

struct PasswordHashTests {
    let quick = Scrypt(cost: 16, blockSize: 1, parallelism: 1)

    @Test func carriesItsParametersAndComesBackFromText() throws {
        let hash = try PasswordHash.make("secret", salt: [1, 2, 3], parameters: quick)
        #expect(hash.encoded.hasPrefix("$scrypt$n=16,r=1,p=1$010203$"))
        let read = try #require(PasswordHash(hash.encoded))
        #expect(read.encoded == hash.encoded)
        #expect(try read.matches("secret"))
        #expect(try !read.matches("Secret"))
        #expect(try !read.matches(""))
    }

    @Test func isMadeWithTheRecommendedCost() {
        #expect(PasswordHash.recommended == Scrypt(cost: 16_384, blockSize: 8, parallelism: 5))
        #expect(PasswordHash.unknownUser.parameters == PasswordHash.recommended)
    }

    @Test func nothingMatchesTheUnknownUser() throws {
        #expect(try !PasswordHash.unknownUser.matches(""))
    }

    @Test(
        "refuses text that is no hash",
        arguments: [
            "", "secret", "$scrypt$n=16,r=1,p=1$01$", "$scrypt$n=16,r=1$01$02", "$scrypt$r=1,n=16,p=1$01$02",
            "$scrypt$n=16,r=1,p=1$0$02", "$scrypt$n=-1,r=1,p=1$01$02", "$argon2$n=16,r=1,p=1$01$02",
            "$scrypt$n=16,r=1,p=1$01$02$03", "$scrypt$n,r,p$01$02", "$scrypt$n=1=2,r=1,p=1$01$02",
        ]
    )
    func otherTextIsRefused(text: String) {
        #expect(PasswordHash(text) == nil)
    }

    @Test func aStoredRecordCanNotMakeUsUseMoreMemory() throws {
        let greedy = try #require(PasswordHash("$scrypt$n=1048576,r=8,p=1$01$02"))
        #expect(throws: BillingError.self) { try greedy.matches("secret") }
    }
}

struct PasswordThreadsTests {
    @Test func runsNoMoreAtATimeThanAllowed() async throws {
        let threads = PasswordThreads(maximumRunning: 2)
        let gauge = Gauge()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await threads.run {
                        gauge.enter()
                        _ = try Scrypt(cost: 1_024, blockSize: 8, parallelism: 1).derive(32, from: [1], salt: [2])
                        gauge.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(gauge.finished == 20)
        #expect((1...2).contains(gauge.maximum))
    }

    @Test func refusesAtOnceWhenTooManyWait() async throws {
        let threads = PasswordThreads(maximumRunning: 0, maximumWaiting: 0)
        await expectRefusal(.throttled) { try await threads.run { 1 } }
    }

    @Test func handsOnWhatTheWorkThrows() async {
        struct Failure: Error {}
        let threads = PasswordThreads()
        await #expect(throws: Failure.self) { try await threads.run { throw Failure() } }
    }
}

/// Counts how many are inside at once.
private final class Gauge: Sendable {
    private let state = Mutex((inside: 0, maximum: 0, finished: 0))

    var maximum: Int { state.withLock { $0.maximum } }
    var finished: Int { state.withLock { $0.finished } }

    func enter() {
        state.withLock { state in
            state.inside += 1
            state.maximum = max(state.maximum, state.inside)
        }
    }

    func leave() {
        state.withLock { state in
            state.inside -= 1
            state.finished += 1
        }
    }
}
