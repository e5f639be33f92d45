import BillingDomain
import Testing

@testable import BillingServices

struct SignInThrottleTests {
    let start = Timestamp(secondsSince1970: 1_000_000)

    private func name(_ username: String) -> SignInThrottle.Name {
        SignInThrottle.Name(tenant: Identifier(high: 1, low: 1), username: username)
    }

    /// `#expect` can not take a call that changes its subject.
    private func expect(_ expected: Bool, _ admitted: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(admitted == expected, sourceLocation: sourceLocation)
    }

    @Test func attemptsCountFromTheMomentTheyAreAdmitted() {
        var throttle = SignInThrottle(maximumFailures: 3)
        let admitted = (0..<1_000).map { _ in throttle.admit(name("A"), at: start) }
        #expect(admitted.count { $0 } == 3)
    }

    @Test func aSuccessForgives() {
        var throttle = SignInThrottle(maximumFailures: 2)
        for _ in 0..<10 {
            expect(true, throttle.admit(name("A"), at: start))
            throttle.succeed(name("A"))
        }
    }

    @Test func aRefusalDoesNotProlongTheWait() {
        var throttle = SignInThrottle(maximumFailures: 1, window: .seconds(60))
        expect(true, throttle.admit(name("A"), at: start))
        expect(false, throttle.admit(name("A"), at: start + .seconds(59)))
        expect(true, throttle.admit(name("A"), at: start + .seconds(60)))
    }

    @Test func namesAreCountedApart() {
        var throttle = SignInThrottle(maximumFailures: 1)
        expect(true, throttle.admit(name("A"), at: start))
        expect(true, throttle.admit(name("B"), at: start))
        expect(false, throttle.admit(name("A"), at: start))
    }

    @Test func inventedNamesDoNotGrowMemoryAndTheIdlestGivesWay() {
        var throttle = SignInThrottle(maximumFailures: 1, maximumNames: 3)
        for (index, username) in ["A", "B", "C", "D"].enumerated() {
            expect(true, throttle.admit(name(username), at: start + .seconds(index)))
        }
        expect(false, throttle.admit(name("B"), at: start + .seconds(5)))
        expect(true, throttle.admit(name("A"), at: start + .seconds(5)))
    }
}
