import BillingDomain
import BillingServices
import RouterOSProtocol
import TestSupport
import Testing

@testable import BillingProvisioning

@Suite("Plan of a whole router")
struct RouterPlanTests {
    /// What is recorded of a name, and what the router shows of it.
    private struct Case {
        var isRecorded = false
        var isWanted = false
        var isWaiting = false
        var isShown = false
        var isOurs = false
        var isDrifted = false
    }

    @Test("agrees with a short reference on random tables", arguments: 0..<50 as Range<UInt64>)
    func random(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let cases = (0..<40).map { _ in
            Case(
                isRecorded: .random(using: &random),
                isWanted: .random(using: &random),
                isWaiting: Int.random(in: 0..<5, using: &random) == 0,
                isShown: .random(using: &random),
                isOurs: Int.random(in: 0..<4, using: &random) > 0,
                isDrifted: .random(using: &random)
            )
        }
        var entries: [RouterEntry] = []
        var waiting: Set<SessionSubject> = []
        var rows: [HotspotUser] = []
        for (number, one) in cases.enumerated() {
            let entry = RouterEntry.voucher(try Self.voucher(number, isWanted: one.isWanted))
            if one.isRecorded { entries.append(entry) }
            if one.isRecorded, one.isWaiting { waiting.insert(entry.subject) }
            guard one.isShown else { continue }
            var row = HotspotUser(entry, .standard)
            row.id = ItemID("*\(number)")
            if one.isDrifted { row.profile = "theirs" }
            if !one.isOurs { row.comment = "a friend" }
            rows.append(row)
        }
        let plan = RouterPlan(Self.intent(entries, waiting), Self.tables(users: rows.shuffled(using: &random)))

        // The reference: what each name calls for, by itself.
        let settled = cases.filter { $0.isRecorded && !$0.isWaiting }
        func lines(_ test: (RouterPlan.Action) -> Bool) -> Int { plan.lines.count { test($0.action) } }
        #expect(lines { $0 == .add } == settled.count { $0.isWanted && !$0.isShown })
        #expect(lines { $0 == .remove } == settled.count { !$0.isWanted && $0.isShown && $0.isOurs })
        #expect(
            lines { if case .change(let changes) = $0 { changes.map(\.name) == ["profile"] } else { false } }
                == settled.count { $0.isWanted && $0.isShown && $0.isOurs && $0.isDrifted }
        )
        #expect(lines { if case .blocked = $0 { true } else { false } } == settled.count { $0.isShown && !$0.isOurs })
        #expect(plan.unknown.count == cases.count { !$0.isRecorded && $0.isShown && $0.isOurs })
        #expect(plan.foreign == cases.count { $0.isShown && !$0.isOurs })
        #expect(plan.standing == cases.count { $0.isShown && $0.isOurs })
        #expect(plan.waiting == cases.count { $0.isRecorded && $0.isWaiting })
    }

    @Test(
        "carried out and read again, nothing is left of it but what is left to people",
        arguments: 0..<20 as Range<UInt64>
    )
    func converges(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let entries = try (0..<30).map { number in
            RouterEntry.voucher(try Self.voucher(number, isWanted: .random(using: &random)))
        }
        var rows: [HotspotUser] = entries.enumerated().compactMap { number, entry in
            var row = HotspotUser(entry, .standard)
            row.id = ItemID("*\(number)")
            row.limitUptime = .seconds(Int64.random(in: 1...2, using: &random) * 5_400)
            return Bool.random(using: &random) ? row : nil
        }
        for (_, step) in ConvergencePlan(entries, observed: rows, .standard).steps {
            switch step {
            case .none, .inherited, .blocked: break
            case .add(var row):
                row.id = ItemID("*9\(rows.count)")
                rows.append(row)
            case .set(let ids, var row, _):
                for index in rows.indices where rows[index].id.map({ ids.contains($0) }) == true {
                    row.id = rows[index].id
                    rows[index] = row
                }
            case .remove(let ids): rows.removeAll { $0.id.map { ids.contains($0) } ?? false }
            }
        }
        #expect(RouterPlan(Self.intent(entries), Self.tables(users: rows)).isConverged)
    }

    @Test("prints like a difference, codes masked")
    func prints() throws {
        let vouchers = try (0..<3).map { RouterEntry.voucher(try Self.voucher($0, isWanted: $0 != 2)) }
        var drifted = HotspotUser(vouchers[1], .standard)
        drifted.id = ItemID("*1")
        drifted.profile = "theirs"
        var back = HotspotUser(vouchers[2], .standard)
        back.id = ItemID("*2")
        var stray = HotspotUser(RouterEntry.voucher(try Self.voucher(7, isWanted: true)), .standard)
        stray.id = ItemID("*3")
        let plan = RouterPlan(Self.intent(vouchers), Self.tables(users: [drifted, back, stray]))
        #expect(
            plan.description == """
                + /ip/hotspot/user …000 profile=default
                ~ /ip/hotspot/user …001 profile: theirs → default
                - /ip/hotspot/user …002
                ! …007: has our comment and is not known here
                3 to put right, 0 on their way, 1 unknown; 3 rows of ours there, 0 of others untouched
                """
        )
    }

    @Test(
        "more changes than the limit allows are asked about, unless they are few or the router shows nothing of ours",
        arguments: [
            (0, 0, false), (5_000, 0, false), (20, 1, false), (21, 1, true), (30, 100, false), (31, 100, true),
            (3_000, 10_000, false), (3_001, 10_000, true), (Int.max, 1, true),
        ]
    )
    func guarded(changes: Int, standing: Int, isAsked: Bool) {
        let question = MassChangeGuard(limit: 3_000).question(changes: changes, standing: standing)
        #expect((question != nil) == isAsked)
        if let question { #expect(question.contains("\(changes) changes") && question.contains("30 %")) }
    }

    @Test("a guard that is switched off lets through what the setting forbids", arguments: [9_999, 10_000] as [Int64])
    func everything(limit: Int64) {
        #expect((MassChangeGuard(limit: limit).question(changes: 100, standing: 100) == nil) == (limit == 10_000))
    }

    private static func intent(
        _ entries: [RouterEntry],
        _ waiting: Set<SessionSubject> = []
    ) -> RouterIntent {
        let router = Router(
            id: id(4),
            tenant: id(2),
            name: "R",
            host: "10.0.0.1",
            username: "api",
            sealedPassword: [1],
            createdAt: Timestamp(secondsSince1970: 0)
        )
        return RouterIntent(router: router, entries: entries, waiting: waiting)
    }

    private static func tables(users: [HotspotUser]) -> RouterTables {
        RouterTables(
            reading: RouterReading(status: .online),
            users: users,
            secrets: [],
            hotspotSessions: ([], []),
            pppSessions: [],
            linkTraffic: [:],
            profiles: [.hotspot: ["default"]],
            begunAt: Timestamp(secondsSince1970: 0),
            readAt: Timestamp(secondsSince1970: 0),
            isComplete: true
        )
    }

    private static func voucher(_ number: Int, isWanted: Bool) throws -> Voucher {
        let now = Timestamp(secondsSince1970: 1_700_000_000)
        let text = String(number)
        var voucher = Voucher(
            id: id(UInt8(100 + number)),
            tenant: id(2),
            batch: id(3),
            code: "CODE" + String(repeating: "0", count: 5 - text.count) + text,
            router: id(4),
            terms: try VoucherTerms(validity: .seconds(86_400), price: Money(decimal: "1", currency: .usd)),
            createdAt: now
        )
        if !isWanted { try voucher.revoke(at: now) }
        return voucher
    }

    private static func id<Entity>(_ number: UInt8) -> Identifier<Entity> {
        Identifier(timestamp: Timestamp(secondsSince1970: 1_600_000_000), random: [0, 0, 0, 0, 0, 0, 0, 0, 0, number])
    }
}
