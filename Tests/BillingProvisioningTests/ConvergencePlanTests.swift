import BillingDomain
import BillingServices
import RouterOSProtocol
import Testing

@testable import BillingProvisioning

@Suite("Convergence plan")
struct ConvergencePlanTests {
    /// What a router may show under a voucher's code.
    enum Found: CaseIterable { case nothing, right, drifted, foreign }

    /// What a voucher may want.
    enum Wanted: CaseIterable { case enabled, disabled, absent }

    @Test("does the one right thing for every wish and every finding", arguments: Wanted.allCases, Found.allCases)
    func table(wanted: Wanted, found: Found) throws {
        let voucher = try voucher(wanted)
        let plan = plan(voucher, row(found, for: voucher).map { [$0] } ?? [])
        let step = try #require(plan.steps.first?.step)
        switch (wanted, found) {
        case (.absent, .nothing): #expect(step == .none)
        case (.absent, .right), (.absent, .drifted): #expect(step == .remove([ItemID("*1")]))
        case (_, .nothing): #expect(step == .add(HotspotUser(voucher)))
        case (_, .right): #expect(step == .none)
        case (_, .drifted): #expect(step == .set([ItemID("*1")], HotspotUser(voucher), ["profile", "limit-uptime"]))
        case (_, .foreign):
            guard case .blocked(let reason) = step else { throw Unexpected() }
            #expect(reason.contains(voucher.maskedCode) && !reason.contains(voucher.code))
        }
    }

    @Test("a row holds what the package says, its time the smaller of allowance and validity")
    func desiredRow() throws {
        let user = HotspotUser(try voucher(.enabled))
        #expect(user.name == "A7K2" && user.password == "A7K2" && user.profile == "default" && user.disabled == false)
        #expect(user.limitUptime == .seconds(10_800) && user.limitBytesTotal == ByteCount(1_610_612_736))
        #expect(user.comment == "VOUCHER_SYSTEM|2.50||")
    }

    @Test("a password that the router hides is no drift")
    func hiddenPassword() throws {
        let voucher = try voucher(.enabled)
        var seen = try #require(row(.right, for: voucher))
        seen.password = nil
        #expect(plan(voucher, [seen]).steps.first?.step == ConvergencePlan<HotspotUser>.Step.none)
    }

    @Test("a voucher that is locked to a device lets that one in, and any once the lock is lifted")
    func deviceLock() throws {
        let start = Timestamp(secondsSince1970: 1_700_000_000)
        let terms = try VoucherTerms(
            validity: .seconds(60),
            locksToDevice: true,
            price: Money(decimal: "2.50", currency: .usd)
        )
        var voucher = try voucher(.enabled, terms)
        var seen = HotspotUser(voucher)
        seen.id = ItemID("*1")
        // A router leaves out what lets any device in.
        seen.macAddress = nil
        #expect(plan(voucher, [seen]).steps.first?.step == ConvergencePlan<HotspotUser>.Step.none)
        try voucher.activate(at: start, evidence: .log)
        _ = try voucher.meet(#require(DeviceAddress("AA:BB:CC:00:11:22")))
        seen.comment = HotspotUser(voucher).comment
        let locked = HotspotUser(voucher)
        #expect(locked.macAddress == MACAddress(0xAABB_CC00_1122))
        let step = plan(voucher, [seen]).steps.first?.step
        #expect(step == .set([ItemID("*1")], locked, ["mac-address"]))
        try voucher.unlockDevice()
        seen.macAddress = locked.macAddress
        let unlocking = plan(voucher, [seen]).steps.first?.step
        #expect(unlocking == .set([ItemID("*1")], HotspotUser(voucher), ["mac-address"]))
        #expect(HotspotUser(voucher).macAddress == MACAddress(0))
    }

    private struct Unexpected: Error {}

    private func plan(_ voucher: Voucher, _ observed: [HotspotUser]) -> ConvergencePlan<HotspotUser> {
        ConvergencePlan([.voucher(voucher)], observed: observed, .standard)
    }

    private func row(_ found: Found, for voucher: Voucher) -> HotspotUser? {
        var user = HotspotUser(voucher)
        user.id = ItemID("*1")
        switch found {
        case .nothing: return nil
        case .right: break
        case .drifted:
            user.profile = "fast"
            user.limitUptime = .seconds(1)
        case .foreign: user.comment = "vc-123-11.20.26-shop"
        }
        return user
    }

    private func voucher(_ wanted: Wanted, _ terms: VoucherTerms? = nil) throws -> Voucher {
        let now = Timestamp(secondsSince1970: 1_700_000_000)
        var voucher = Voucher(
            id: Identifier(timestamp: now, random: [1, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
            tenant: Identifier(timestamp: now, random: [2, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
            batch: Identifier(timestamp: now, random: [3, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
            code: "A7K2",
            router: Identifier(timestamp: now, random: [4, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
            terms: try terms
                ?? VoucherTerms(
                    validity: .seconds(86_400),
                    uptimeAllowance: .seconds(10_800),
                    dataQuota: .mebibytes(1_536),
                    price: Money(decimal: "2.50", currency: .usd)
                ),
            createdAt: now
        )
        switch wanted {
        case .enabled: break
        case .disabled: try voucher.disable()
        case .absent: try voucher.revoke(at: now)
        }
        return voucher
    }
}
