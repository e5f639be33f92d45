import BillingDomain
import BillingServices
import RouterOSProtocol
import Testing

@testable import BillingProvisioning

@Suite("How many new rows are brought to a router")
struct BulkPathTests {
    @Test(
        "by a script where the budget would have them wait, and not for few rows, without a budget or a permission",
        arguments: [
            (200, 16, 100, true, BulkPath.script), (20, 0, 100, true, .script), (20, 11, 100, true, .script),
            (19, 0, 1, true, .pipelined), (0, 0, 100, true, .pipelined), (200, 200, 100, true, .pipelined),
            // Eight commands more are worth 4.8 s, nine 5.4 s.
            (24, 16, 100, true, .pipelined), (25, 16, 100, true, .script), (200, 16, nil, true, .pipelined),
            (200, 16, 100, false, .pipelined), (200, 0, 6_000, true, .pipelined), (1_000, 0, 6_000, true, .script),
            (.max, .min, 1, true, .script), (.max, .max, .max, true, .pipelined), (20, 0, 0, true, .script),
        ] as [(Int, Int, Int?, Bool, BulkPath)]
    )
    func choice(rows: Int, left: Int, rate: Int?, isPermitted: Bool, path: BulkPath) {
        #expect(BulkPath(rows: rows, left: left, perMinute: rate, isPermitted: isPermitted) == path)
    }

    @Test("a script is never chosen where it takes as many commands as the rows, at any budget")
    func neverDearer() {
        for rows in 0...40 {
            for left in 0...40 {
                for rate in [1, 60, 100, 600, 6_000] {
                    let path = BulkPath(rows: rows, left: left, perMinute: rate, isPermitted: true)
                    if rows <= max(left, BulkPath.commands) || rows < BulkPath.leastRows { #expect(path == .pipelined) }
                }
            }
        }
    }

    // MARK: The source

    private func user(_ name: String, _ comment: String? = nil) -> HotspotUser {
        HotspotUser(name: name, password: name, comment: comment)
    }

    @Test("a line holds what a command would, data as literals, and what is empty not at all")
    func line() {
        var script = BulkScript()
        #expect(script.append(user("a\"}; /quit #$x\\", "")) == .taken)
        #expect(
            String(decoding: script.source, as: UTF8.self) == """
                :do {/ip hotspot user add name="a\\22\\7D\\3B /quit \\23\\24x\\5C" \
                password="a\\22\\7D\\3B /quit \\23\\24x\\5C"} on-error={}\n
                """
        )
        var secrets = BulkScript()
        #expect(secrets.append(PPPSecret(name: "ann", password: "é")) == .taken)
        #expect(
            String(decoding: secrets.source, as: UTF8.self)
                == ":do {/ppp secret add name=\"ann\" password=\"\\C3\\A9\"} on-error={}\n"
        )
    }

    @Test("no source is longer than routers are known to keep, and a row that no script can hold goes by itself")
    func bounds() {
        var script = BulkScript()
        #expect(script.append(user("a\0b")) == .unfit)
        #expect(script.append(user("a", String(repeating: "x", count: BulkScript.mostBytes))) == .unfit)
        #expect(script.source.isEmpty)
        var taken = 0
        while script.append(user("user-\(taken)", "VOUCHER_SYSTEM|2.50||")) == .taken { taken += 1 }
        #expect(taken > 200 && script.source.count <= BulkScript.mostBytes)
        #expect(script.append(user("one-more", String(repeating: "x", count: 1_000))) == .full)
    }

    // MARK: The division

    private static let now = Timestamp(secondsSince1970: 1_700_000_000)

    private func voucher(_ number: Int) throws -> Voucher {
        Voucher(
            id: Identifier(timestamp: Self.now, random: [1, UInt8(number), 0, 0, 0, 0, 0, 0, 0, 0]),
            tenant: Identifier(timestamp: Self.now, random: [2, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
            batch: Identifier(timestamp: Self.now, random: [3, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
            code: "CODE\(number)",
            router: Identifier(timestamp: Self.now, random: [4, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
            terms: try VoucherTerms(validity: .seconds(60), price: Money(decimal: "1", currency: .usd)),
            createdAt: Self.now
        )
    }

    /// New rows, and behind them some that have drifted.
    private func plan(new: Int, drifted: Int = 0) throws -> ConvergencePlan<HotspotUser> {
        let vouchers = try (0..<new + drifted).map(voucher)
        let observed = vouchers.suffix(drifted).map { voucher in
            var user = HotspotUser(voucher)
            user.id = ItemID("*" + voucher.code.suffix(3))
            user.profile = "other"
            return user
        }
        return ConvergencePlan(vouchers.map { .voucher($0) }, observed: observed, .standard)
    }

    @Test(
        "new rows go by a script where they are enough for one, and of the rest as many as may be sent, one at the least",
        arguments: [
            // New, drifted, commands; by script, left for later.
            (20, 0, 4, 20, 0), (20, 3, 6, 20, 1), (20, 3, 0, 20, 2), (19, 0, 12, 0, 7), (0, 30, 12, 0, 18),
            (0, 3, -5, 0, 2), (100, 0, 8, 100, 0), (5, 0, 8, 0, 0),
        ]
    )
    func division(new: Int, drifted: Int, commands: Int, byScript: Int, postponed: Int) throws {
        let whole = try plan(new: new, drifted: drifted)
        let division = BulkDivision(whole, commands: commands, alone: [])
        #expect(division.byScript.count == byScript && division.postponed.count == postponed)
        #expect(division.source.isEmpty == (byScript == 0))
        #expect(division.plan.steps.count == new + drifted - postponed)
        // Whoever comes first goes first.
        #expect(division.plan.steps.map(\.entry) == whole.steps.prefix(new + drifted - postponed).map(\.entry))
    }

    @Test("those that a script did not bring go by themselves, and what no longer fits into one waits for the next")
    func aloneAndFull() throws {
        let whole = try plan(new: 200)
        let division = BulkDivision(whole, commands: 12, alone: [])
        #expect(division.byScript.count + division.postponed.count == 200 && division.byScript.count > 100)
        let alone = Set(whole.steps.prefix(2).map(\.entry.subject))
        let next = BulkDivision(whole, commands: 12, alone: alone)
        #expect(next.byScript.isDisjoint(with: alone) && next.postponed.isDisjoint(with: alone))
        let all = BulkDivision(whole, commands: 12, alone: Set(whole.steps.map(\.entry.subject)))
        #expect(all.byScript.isEmpty && all.plan.steps.count == 12)
    }
}
