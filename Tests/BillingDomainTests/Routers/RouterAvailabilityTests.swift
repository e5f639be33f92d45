import BillingDomain
import Testing

@Suite("The availability of a router")
struct RouterAvailabilityTests {
    private static let start = Timestamp(secondsSince1970: 1_700_000_000)

    private static let router = Router(
        id: Identifier(high: 1, low: 1),
        tenant: Identifier(high: 1, low: 1),
        name: "Lobby",
        host: "10.0.0.1",
        username: "api",
        sealedPassword: [],
        createdAt: start
    )

    private func downtime(_ from: Int64, _ until: Int64?) -> RouterDowntime {
        RouterDowntime(
            id: Identifier(high: UInt64(from + 1_000), low: 1),
            tenant: Self.router.tenant,
            router: Self.router.id,
            beganAt: Self.start + .seconds(from),
            endedAt: until.map { Self.start + .seconds($0) },
            status: .offline
        )
    }

    private func availability(
        _ downtimes: [(Int64, Int64?)],
        from: Int64 = 0,
        until: Int64 = 1_000,
        now: Int64 = 2_000
    ) -> RouterAvailability {
        RouterAvailability(
            of: Self.router,
            downtimes.map(downtime),
            from: Self.start + .seconds(from),
            until: Self.start + .seconds(until),
            now: Self.start + .seconds(now)
        )
    }

    @Test("what overlaps counts once, what is outside of the span not at all")
    func sums() {
        let mixed = availability([(900, nil), (100, 300), (200, 250), (250, 350), (2_000, nil), (-50, -10)])
        #expect(mixed.away == .seconds(350) && mixed.downtimes == 4 && mixed.basisPoints == 6_500)
        #expect(availability([]).basisPoints == 10_000)
        #expect(availability([(-5, nil)]).basisPoints == 0)
    }

    @Test("a span begins no earlier than the router, and ends no later than now")
    func clipped() {
        let early = availability([(100, nil)], from: -86_400, until: 86_400, now: 400)
        #expect(early.length == .seconds(400) && early.away == .seconds(300) && early.basisPoints == 2_500)
        #expect(availability([], from: 500, until: 100).basisPoints == nil)
    }

    @Test("the longest spans overflow nothing")
    func longest() {
        let all = RouterAvailability(
            of: Self.router,
            [],
            from: Timestamp(microsecondsSince1970: .min),
            until: Timestamp(microsecondsSince1970: .max),
            now: Timestamp(microsecondsSince1970: .max)
        )
        #expect(all.basisPoints == 10_000)
    }
}
