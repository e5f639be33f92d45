import BillingDomain
import Testing

@Suite("The health of a router")
struct RouterHealthTests {
    private static let now = Timestamp(secondsSince1970: 1_700_000_000)

    private func health() -> RouterHealth {
        RouterHealth(tenant: Identifier(high: 1, low: 1), router: Identifier(high: 2, low: 2), readAt: Self.now)
    }

    @Test(
        "what goes up and down all the time is no news, the rest is",
        arguments: [
            (RouterVitals(cpuLoad: 25, freeMemory: 500, totalMemory: 1_000, temperature: 45, voltage: 24), false),
            (RouterVitals(cpuLoad: 26, freeMemory: 500, totalMemory: 1_000, temperature: 40, voltage: 24), true),
            (RouterVitals(cpuLoad: 0, freeMemory: 400, totalMemory: 1_000, temperature: 40, voltage: 24), false),
            (RouterVitals(cpuLoad: 0, freeMemory: 399, totalMemory: 1_000, temperature: 40, voltage: 24), true),
            (RouterVitals(cpuLoad: 0, freeMemory: 500, totalMemory: 2_000, temperature: 40, voltage: 24), true),
            (RouterVitals(cpuLoad: 0, freeMemory: 500, totalMemory: 1_000, temperature: 46, voltage: 24), true),
            (RouterVitals(cpuLoad: 0, freeMemory: 500, totalMemory: 1_000, temperature: 40, voltage: 22), true),
            (RouterVitals(cpuLoad: 0, freeMemory: 500, totalMemory: 1_000, boardName: "x", voltage: 24), true),
        ]
    )
    func noticeable(vitals: RouterVitals, isNews: Bool) {
        let known = RouterVitals(cpuLoad: 0, freeMemory: 500, totalMemory: 1_000, temperature: 40, voltage: 24)
        #expect(vitals.differsNoticeably(from: known) == isNews)
    }

    @Test("a stamp is brought to our clock, and believed only of a clock that is right and was read lately")
    func stamps() {
        var health = health()
        let stamp = Self.now + .seconds(60)
        #expect(health.instant(ofStamp: stamp, now: Self.now) == nil)
        let isWrong = health.observe(clockDrift: .seconds(60), at: Self.now)
        #expect(!isWrong)
        #expect(health.instant(ofStamp: stamp, now: Self.now) == Self.now)
        #expect(health.instant(ofStamp: stamp, now: Self.now + .seconds(86_401)) == nil)
        #expect(health.instant(ofStamp: stamp, now: Self.now - .seconds(1)) == nil)
        let turnedWrong = health.observe(clockDrift: .seconds(-121), at: Self.now)
        #expect(turnedWrong)
        #expect(health.instant(ofStamp: stamp, now: Self.now) == nil)
    }

    @Test("vitals from before the clock was set back do not stay for ever")
    func clockSetBack() {
        var health = health()
        let hasChanged = health.observe(RouterVitals(), at: Self.now - .seconds(3_600))
        #expect(hasChanged && health.readAt == Self.now - .seconds(3_600))
    }
}

@Suite("The restarts of a router")
struct RouterRestartTests {
    private static let seen = Timestamp(secondsSince1970: 1_700_000_000)

    /// A router that was seen when it had run for ten minutes.
    private func router() -> Router {
        Router(
            id: Identifier(high: 1, low: 1),
            tenant: Identifier(high: 1, low: 1),
            name: "Lobby",
            host: "10.0.0.1",
            username: "api",
            sealedPassword: [],
            uptime: .seconds(600),
            lastSeen: Self.seen,
            createdAt: Self.seen
        )
    }

    @Test(
        "one that is younger than before, or began after it was last seen, has started anew",
        arguments: [
            // Seen with 600 s; asked again after 300 s.
            (900, 300, 0), (899, 300, 0), (100, 300, 1), (599, 3_600, 1), (700, 3_600, 1), (3_590, 3_600, 1),
            (3_596, 3_600, 0),
        ] as [(Int64, Int64, Int64)]
    )
    func restarts(uptime: Int64, later: Int64, expected: Int64) {
        var router = router()
        router.note(uptime: .seconds(uptime), bootedAt: Self.seen + .seconds(later - uptime))
        #expect(router.restarts == expected)
    }

    @Test("while our clock is in doubt only an uptime that fell counts")
    func doubt() {
        var router = router()
        router.note(uptime: .seconds(700))
        #expect(router.restarts == 0)
        router.note(uptime: .seconds(600))
        #expect(router.restarts == 1)
    }
}
