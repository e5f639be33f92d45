import Testing

@testable import BillingPersistencePostgreSQL

@Suite("PostgreSQL: prepared statements")
struct StatementCacheTests {
    @Test func aStatementIsPreparedOnceAndTheOneUnusedForLongestIsForgotten() {
        var cache = StatementCache(capacity: 2)
        let a = cache.plan(for: "a")
        let b = cache.plan(for: "b")
        #expect(a.isNew && b.isNew && a.name != b.name && b.forgotten == nil)
        #expect(cache.plan(for: "a") == .init(name: a.name))
        #expect(cache.plan(for: "c").forgotten == b.name)
        #expect(cache.plan(for: "a") == .init(name: a.name))
        #expect(cache.plan(for: "b").isNew)
        #expect(cache.count == 2)
    }

    @Test func whatCouldNotBePreparedIsPreparedAgain() {
        var cache = StatementCache(capacity: 2)
        let first = cache.plan(for: "a")
        cache.forget("a")
        let second = cache.plan(for: "a")
        #expect(second.isNew && second.name != first.name)
    }

    @Test func aLongTextAndACacheWithoutRoomKeepNothing() {
        var none = StatementCache(capacity: 0)
        #expect(none.plan(for: "a") == .init())
        var some = StatementCache(capacity: 2)
        #expect(some.plan(for: String(repeating: "x", count: StatementCache.longestText + 1)) == .init())
        #expect(some.count == 0)
    }
}
