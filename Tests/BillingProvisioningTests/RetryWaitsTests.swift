import BillingDomain
import Testing

@testable import BillingProvisioning

@Suite("Waits before a router is tried again")
struct RetryWaitsTests {
    @Test("double up to the longest, keep half of it at least, and begin anew after success")
    func waits() {
        let router = Identifier<Router>(
            timestamp: Timestamp(secondsSince1970: 0),
            random: [UInt8](repeating: 1, count: 10)
        )
        let waits = RetryWaits(longest: .seconds(10))
        #expect(
            (0..<6).map { _ in waits.afterFailure(of: router, chance: .max) }
                == [1, 2, 4, 8, 10, 10].map { .seconds($0) }
        )
        #expect(waits.afterFailure(of: router, chance: 0) == .seconds(5))
        for _ in 0..<100 { _ = waits.afterFailure(of: router, chance: 1) }
        #expect(waits.afterFailure(of: router, chance: .max) == .seconds(10))
        waits.succeeded(router)
        #expect(waits.afterFailure(of: router, chance: .max) == .seconds(1))
    }
}
