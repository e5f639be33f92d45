import BillingDomain
import Testing

@Suite("Sign-in throttles")
struct ThrottleTests {
    private func second(_ seconds: Int64) -> Timestamp { Samples.start + .seconds(seconds) }

    @Test func theDelayDoublesWithEachAttemptAndStopsGrowing() {
        var account = AccountThrottle()
        var now = Samples.start
        var waits: [Int64] = []
        for _ in 0..<14 {
            while case .wait(let until) = account.admit(at: now) {
                waits.append((until - now).components.seconds)
                now = until
            }
        }
        #expect(waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
    }

    @Test func aThousandTriesASecondApartGiveTwentyLooksAtMost() {
        var account = AccountThrottle()
        let admitted = (0..<1000).filter { account.admit(at: second($0)) == .admitted }
        #expect((5...20).contains(admitted.count))
    }

    @Test func aThousandTriesAtOnceAreNoWayAround() {
        var account = AccountThrottle()
        #expect((0..<1000).filter { _ in account.admit(at: Samples.start) == .admitted }.count == 3)
    }

    @Test func nobodyIsLockedOutForEver() {
        var account = AccountThrottle(failures: .max, lastAttemptAt: second(0), notBefore: second(1_000_000_000))
        #expect(account.admit(at: second(1)) == .wait(until: second(301)))
        account = AccountThrottle(failures: .max, lastAttemptAt: second(0), notBefore: second(300))
        #expect(account.admit(at: second(300)) == .admitted)
    }

    @Test func aSuccessAndADayForgive() {
        var account = AccountThrottle()
        for _ in 0..<3 { #expect(account.admit(at: second(0)) == .admitted) }
        var other = account
        #expect(account.admit(at: second(0)) == .wait(until: second(1)))
        account.succeed()
        #expect(account.admit(at: second(0)) == .admitted)
        #expect(other.admit(at: second(86_400)) == .admitted)
        #expect(other.failures == 1)
    }

    @Test func anAddressHasABurstAndThenARate() {
        var address = AddressThrottle()
        let policy = AddressThrottle.Policy(interval: .seconds(6), burst: 20)
        #expect((0..<100).filter { _ in address.admit(at: second(0), policy) == .admitted }.count == 20)
        #expect(address.admit(at: second(0), policy) == .wait(until: second(6)))
        #expect(address.admit(at: second(6), policy) == .admitted)
        #expect(address.admit(at: second(6), policy) == .wait(until: second(12)))
    }

    @Test func aWrongClockKeepsAnAddressOutForNoLongerThanOneInterval() {
        var address = AddressThrottle(theoreticalArrival: second(1_000_000_000))
        #expect(address.admit(at: second(0)) == .wait(until: second(6)))
    }
}
