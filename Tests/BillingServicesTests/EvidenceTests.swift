import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("What sightings show about first use and devices")
struct EvidenceTests {
    @Test("better evidence moves the first use back, within the gap between two readings", arguments: Backing.allCases)
    func betterEvidenceImprovesTheFirstUse(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate(1, sold: true).vouchers[0].code
        let provisioning = shop.billing.provisioning
        shop.clock.advance(by: .seconds(300))
        try await provisioning.recordObservations(shop.router.id, [], at: shop.clock.now)
        let lastUnused = shop.clock.now
        shop.clock.advance(by: .seconds(300))
        let counted = VoucherObservation(
            code: code,
            evidence: .userCounters,
            at: shop.clock.now - .seconds(10),
            row: .init(uptime: .seconds(10))
        )
        try await provisioning.recordObservations(shop.router.id, [counted], at: shop.clock.now)
        let first = try await shop.owner.vouchers.voucher(code: code)
        #expect(first.activatedAt == shop.clock.now - .seconds(10))
        try await shop.provision(.present)
        func hear(_ evidence: ActivationEvidence, _ instant: Timestamp) async throws -> Voucher {
            let observation = VoucherObservation(
                code: code,
                evidence: evidence,
                at: instant,
                row: .init(uptime: .seconds(10))
            )
            try await provisioning.recordObservations(shop.router.id, [observation], at: shop.clock.now)
            return try await shop.owner.vouchers.voucher(code: code)
        }
        // Weaker evidence, and an instant when it was known to be unused, change nothing.
        #expect(try await hear(.log, lastUnused + .seconds(60)).activatedAt == first.activatedAt)
        #expect(try await hear(.loginCallback, lastUnused - .seconds(1)).activatedAt == first.activatedAt)
        let better = try await hear(.loginCallback, lastUnused + .seconds(60))
        #expect((better.activatedAt, better.activationEvidence) == (lastUnused + .seconds(60), .loginCallback))
        #expect(better.expiresAt == lastUnused + .seconds(60) + .seconds(3 * 3_600))
        // The row on the router says the first use and the end: it follows.
        let claim = try #require(try await provisioning.claim(owner: "w"))
        #expect(try await provisioning.work(claim, limit: 10).map(\.entry.voucher?.activatedAt) == [better.activatedAt])
        #expect(try await shop.balances()["voucher-revenue"] == -2_500)
    }

    @Test func theDeviceThatWasOnLineLongestIsTheOneThatAVoucherIsLockedTo() async throws {
        let shop = try await Shop.open(.memory)
        let voucher = try await shop.soldVoucher(
            VoucherTerms(validity: .seconds(60), locksToDevice: true, price: Money(minorUnits: 500, currency: .ugx))
        )
        let devices = ["FF:00:00:00:00:02", "AA:00:00:00:00:01"].compactMap { DeviceAddress($0) }
        let observation = VoucherObservation(
            code: voucher.code,
            evidence: .activeSession,
            at: shop.clock.now,
            session: .init(),
            devices: devices
        )
        try await shop.billing.provisioning.recordObservations(shop.router.id, [observation], at: shop.clock.now)
        #expect(try await shop.owner.vouchers.voucher(code: voucher.code).lockedDevice == devices[0])
        #expect(try await shop.owner.vouchers.devices(code: voucher.code).count == 2)
    }
}
