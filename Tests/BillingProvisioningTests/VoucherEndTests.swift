import BillingDomain
import BillingProvisioning
import BillingServices
import RouterOSProtocol
import RouterOSTesting
import Testing

@Suite("Vouchers whose limits are reached")
struct VoucherEndTests {
    private func voucher(in shop: Shop, _ terms: VoucherTerms) async throws -> String {
        let package = try await shop.session.packages.create(PackageDraft(name: "Other", terms: terms), key: .new())
        let batch = try await shop.session.vouchers.generate(
            1,
            of: package.id,
            on: shop.router.id,
            sold: true,
            key: .new()
        )
        await shop.provisioner.provisionOnce()
        return try #require(batch.vouchers.first?.code)
    }

    private func settle(_ shop: Shop) async {
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
    }

    @Test("one whose data is used up goes on in the slow profile, from a new session on")
    func throttled() async throws {
        let shop = try await Shop()
        try shop.simulator.run("/ip/hotspot/user/profile/add", ["name": "slow", "rate-limit": "64k/64k"])
        let code = try await voucher(
            in: shop,
            VoucherTerms(
                validity: .seconds(86_400),
                dataQuota: .mebibytes(1),
                quotaEnd: .throttle(profile: "slow"),
                price: Money(decimal: "1", currency: .usd)
            )
        )
        try shop.logIn(code)
        shop.advance(by: .seconds(10))
        await settle(shop)
        #expect(shop.hotspotOnline == [code])
        try shop.simulator.addTraffic(user: code, in: 1 << 20, out: 1)
        shop.advance(by: .seconds(10))
        await settle(shop)
        #expect(shop.simulator.rows(HotspotUser.self).map(\.profile) == ["slow"])
        #expect(shop.hotspotOnline.isEmpty)
        #expect(try await shop.voucher(code).access == .active)
        #expect(throws: Never.self) { try shop.logIn(code) }
        // Once it is there nobody is thrown off again.
        await settle(shop)
        #expect(shop.hotspotOnline == [code])
    }

    @Test(
        "one whose row is moved at its end has no limits there that would keep it out of the page that asks for money"
    )
    func moved() async throws {
        let shop = try await Shop()
        try shop.simulator.run("/ip/hotspot/user/profile/add", ["name": "ended"])
        let code = try await voucher(
            in: shop,
            VoucherTerms(
                validity: .seconds(3_600),
                uptimeAllowance: .seconds(1_800),
                dataQuota: .mebibytes(1),
                expiryRule: ExpiryRule(.moveTo(profile: "ended")),
                price: Money(decimal: "1", currency: .usd)
            )
        )
        try shop.logIn(code)
        shop.advance(by: .seconds(1_799))
        await settle(shop)
        shop.advance(by: .seconds(3_600))
        await shop.provisioner.expireOnce()
        await settle(shop)
        let row = try #require(shop.simulator.rows(HotspotUser.self).first)
        #expect(row.profile == "ended" && row.disabled == false && shop.hotspotOnline.isEmpty)
        #expect((row.limitUptime ?? .zero) == .zero && (row.limitBytesTotal ?? ByteCount(0)) == ByteCount(0))
        #expect(throws: Never.self) { try shop.logIn(code) }
    }

    @Test("none is ended by a clock that is set while the end waits for its turn")
    func clockSetMeanwhile() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        shop.advance(by: .seconds(10))
        await shop.provisioner.syncOnce()
        try #require(try await shop.voucher(code).access == .active)
        let provisioner = Provisioner(
            billing: shop.billing,
            // Set as soon as it was looked at: when the transaction has its turn, it is two days ahead.
            environment: BillingEnvironment(
                now: {
                    defer { shop.setClock(by: .seconds(2 * 86_400)) }
                    return shop.now
                },
                randomBytes: BillingEnvironment.live.randomBytes
            )
        )
        await provisioner.expireOnce()
        #expect(try await shop.voucher(code).access == .active)
    }
}
