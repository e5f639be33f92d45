import BillingDomain
import Testing

@testable import BillingProvisioning

@Suite("How many rows a router is given at once")
struct ChunkSizesTests {
    private let router = Identifier<Router>(high: 1, low: 1)
    private let other = Identifier<Router>(high: 1, low: 2)
    private let sizes = ChunkSizes(100...250)

    @Test("more after a quick chunk, up to the most, and as few as at first after a slow one")
    func pace() {
        #expect(sizes.size(for: router) == 100)
        sizes.went(router, at: 100, in: .milliseconds(300))
        #expect(sizes.size(for: router) == 200 && sizes.size(for: other) == 100)
        sizes.went(router, at: 200, in: .seconds(1))
        sizes.went(router, at: 250, in: .zero)
        #expect(sizes.size(for: router) == 250)
        sizes.went(router, at: 250, in: .milliseconds(1_001))
        #expect(sizes.size(for: router) == 100)
        sizes.went(router, at: 100, in: .seconds(30))
        #expect(sizes.size(for: router) == 100, "a slow link is no reason for fewer")
    }

    @Test("few rows that go well prove nothing about more")
    func few() {
        sizes.went(router, at: 3, in: .zero)
        #expect(sizes.size(for: router) == 100)
    }

    @Test("halved by each chunk that breaks the connection, doubled by each that does not, however slow")
    func breaks() {
        sizes.went(router, at: 100, in: .zero)
        sizes.broke(router, at: 200)
        #expect(sizes.size(for: router) == 50)
        for size in [25, 12, 6, 3, 1, 1] {
            sizes.broke(router, at: sizes.size(for: router))
            #expect(sizes.size(for: router) == size)
        }
        for size in [2, 4, 8, 16, 32, 64, 100, 100] {
            sizes.went(router, at: sizes.size(for: router), in: .seconds(9))
            #expect(sizes.size(for: router) == size)
        }
        sizes.broke(router, at: 1)
        sizes.keep([other])
        #expect(sizes.size(for: router) == 100)
    }
}
