import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("What becomes of vouchers")
struct LifecycleTests {
    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    @Test(arguments: Backing.allCases)
    func anExtensionBringsAnEndedVoucherBackAndIsOnRecord(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let voucher = try await shop.soldVoucher(VoucherTerms(validity: .seconds(3_600), price: ugx(1_000)))
        try await shop.see(voucher.code)
        shop.clock.advance(by: .seconds(4_000))
        #expect(try await shop.billing.upkeep.run().expired == 1)
        let grant = try VoucherGrant(time: .elapsed(.seconds(1_800)))
        let key = IdempotencyKey.new()
        let record = try await shop.owner.vouchers.extend(
            code: voucher.code,
            by: grant,
            price: ugx(400),
            cause: "asked",
            key: key
        )
        let again = try await shop.owner.vouchers.extend(
            code: voucher.code,
            by: grant,
            price: ugx(400),
            cause: "asked",
            key: key
        )
        #expect(again == record)
        #expect((record.previousAccess, record.newEnd) == (.expired, shop.clock.now + .seconds(1_800)))
        #expect(try await shop.owner.vouchers.entitlements(code: voucher.code) == [record])
        let extended = try await shop.owner.vouchers.voucher(code: voucher.code)
        #expect((extended.access, extended.extensionCount, extended.provisioning) == (.active, 1, .pending))
        // It is in use, so what is paid for more of it is earned at once.
        #expect(try await shop.balances()["voucher-revenue"] == -1_400)
        try await shop.expectSoundBooks()
    }

    @Test(arguments: Backing.allCases)
    func whatIsPaidForMoreOfAnUnusedVoucherIsEarnedWithItsFirstUse(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let voucher = try await shop.soldVoucher()
        let grant = try VoucherGrant(bytes: .mebibytes(100))
        _ = try await shop.owner.vouchers.extend(
            code: voucher.code,
            by: grant,
            price: ugx(300),
            cause: "more",
            key: .new()
        )
        #expect(try await shop.balances()["deferred-vouchers"] == -2_800)
        try await shop.see(voucher.code)
        #expect(try await shop.balances()["voucher-revenue"] == -2_800)
        #expect(try await shop.balances()["deferred-vouchers"] == nil)
    }

    @Test(arguments: Backing.allCases)
    func anUnusedVoucherPaidForTwiceIsPaidBackWhole(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let voucher = try await shop.soldVoucher()
        let grant = try VoucherGrant(bytes: .mebibytes(100))
        _ = try await shop.owner.vouchers.extend(
            code: voucher.code,
            by: grant,
            price: ugx(300),
            cause: "more",
            key: .new()
        )
        let customer = try await shop.customer()
        _ = try await shop.owner.vouchers.redeemToBalance(code: voucher.code, of: customer.id, key: .new())
        #expect(try await shop.balances()["customer-balance:\(customer.id)"] == -2_800)
        try await shop.expectSoundBooks()
    }

    @Test func badExtensionsAreRefused() async throws {
        let shop = try await Shop.open(.memory)
        let voucher = try await shop.soldVoucher()
        let grant = try VoucherGrant(bytes: .mebibytes(1))
        for price in [ugx(0), ugx(-1), Money(minorUnits: 1, currency: .usd)] {
            await expectRefusal(.invalidInput, field: "price") {
                try await shop.owner.vouchers.extend(
                    code: voucher.code,
                    by: grant,
                    price: price,
                    cause: "x",
                    key: .new()
                )
            }
        }
        await expectRefusal(.invalidInput, field: "cause") {
            try await shop.owner.vouchers.extend(code: voucher.code, by: grant, cause: "", key: .new())
        }
        await expectRefusal(.conflict) {
            let uptime = try VoucherGrant(uptime: .seconds(60))
            return try await shop.owner.vouchers.extend(code: voucher.code, by: uptime, cause: "x", key: .new())
        }
        let stock = try await shop.generate().vouchers[0].code
        await expectRefusal(.conflict, field: "price") {
            try await shop.owner.vouchers.extend(code: stock, by: grant, price: ugx(1), cause: "x", key: .new())
        }
        #expect(try await shop.owner.vouchers.entitlements(code: voucher.code).isEmpty)
    }

    @Test(arguments: Backing.allCases)
    func aSoldVoucherThatNobodyBeganIsEarnedWhenItsTimeIsOver(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let end = shop.clock.now + .seconds(86_400)
        let options = GenerationOptions(activateBy: end)
        let made = try await shop.owner.vouchers.generate(
            3,
            of: shop.package.id,
            on: shop.router.id,
            options: options,
            key: .new()
        )
        #expect(made.batch.activateBy == end)
        _ = try await shop.owner.vouchers.sell(codes: [made.vouchers[0].code], key: .new())
        shop.clock.advance(by: .seconds(86_399))
        #expect(try await shop.billing.upkeep.run() == UpkeepSummary())
        shop.clock.advance(by: .seconds(1))
        #expect(try await shop.billing.upkeep.run().lapsed == 3)
        let cash = Account.safe.rawValue
        #expect(try await shop.balances() == [cash: 2_500, "breakage-revenue": -2_500])
        #expect(try await shop.owner.vouchers.voucher(code: made.vouchers[0].code).access == .expired)
        await expectRefusal(.conflict) {
            try await shop.owner.vouchers.sell(codes: [made.vouchers[1].code], key: .new())
        }
        // Brought back and used after all, it is not earned a second time.
        let grant = try VoucherGrant(time: .elapsed(.seconds(3_600)))
        _ = try await shop.owner.vouchers.extend(code: made.vouchers[0].code, by: grant, cause: "goodwill", key: .new())
        try await shop.see(made.vouchers[0].code)
        #expect(try await shop.balances() == [cash: 2_500, "breakage-revenue": -2_500])
        try await shop.expectSoundBooks()
    }

    @Test(arguments: Backing.allCases)
    func aDisabledVoucherWhoseTimeIsOverIsEarnedWhenItIsEnabled(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let terms = try VoucherTerms(
            validity: .seconds(60),
            deadlines: VoucherDeadlines(activateAfterPurchase: .seconds(100)),
            price: ugx(700)
        )
        let code = try await shop.soldVoucher(terms).code
        _ = try await shop.owner.vouchers.disable(code: code)
        shop.clock.advance(by: .seconds(200))
        #expect(try await shop.billing.upkeep.run() == UpkeepSummary())
        #expect(try await shop.owner.vouchers.enable(code: code).access == .expired)
        #expect(try await shop.balances()["breakage-revenue"] == -700)
    }

    @Test(arguments: Backing.allCases)
    func rowsAreGivenUpAfterTheDelayOfTheirRuleUnlessTheTenantSaysNo(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let terms = try VoucherTerms(
            validity: .seconds(60),
            expiryRule: ExpiryRule(.remove, after: .seconds(1_000)),
            price: ugx(700)
        )
        let code = try await shop.soldVoucher(terms).code
        try await shop.see(code, uptime: .zero)
        shop.clock.advance(by: .seconds(60))
        #expect(try await shop.billing.upkeep.run().expired == 1)
        #expect(try await shop.owner.vouchers.voucher(code: code).desiredPresence == .disabled)
        try await shop.set(.cleansUp, to: false)
        shop.clock.advance(by: .seconds(1_000))
        #expect(try await shop.billing.upkeep.run() == UpkeepSummary())
        var settings = try #require(
            try await shop.store.read(.tenant(shop.tenant.id)) { try $0.first(Query<Settings>()) }
        )
        try settings.set(.cleansUp, to: true)
        try await shop.store.write(.tenant(shop.tenant.id)) { [settings] in _ = try $0.update(settings) }
        let zone = FixedOffsetCalendar(seconds: 3 * 3_600)
        let due = shop.clock.now
        let three = zone.instant(LocalDateTime(zone.date(due), LocalTime(secondOfDay: 10_800)))
        let next = three < due ? three + .seconds(86_400) : three
        shop.clock.advance(by: next - due - .seconds(1))
        #expect(try await shop.billing.upkeep.run() == UpkeepSummary(), "rows are removed at three in the morning")
        shop.clock.advance(by: .seconds(1))
        #expect(try await shop.billing.upkeep.run().cleanedUp == 1)
        let cleaned = try await shop.owner.vouchers.voucher(code: code)
        #expect((cleaned.desiredPresence, cleaned.provisioning) == (.absent, .removing))
        #expect(try await shop.billing.upkeep.run() == UpkeepSummary())
    }

    @Test(arguments: Backing.allCases)
    func aVoucherGoesToAnotherCustomerAndToAnotherRouter(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let customer = try await shop.customer("Amina")
        let code = try await shop.soldVoucher().code
        let given = try await shop.owner.vouchers.transfer(code: code, toCustomer: customer.id)
        #expect((given.customerID, given.customer) == (customer.id, "Amina"))
        let free = try await shop.owner.vouchers.transfer(code: code, toCustomer: nil)
        #expect((free.customerID, free.customer) == (nil, nil))
        await expectRefusal(.notFound, field: "customer") {
            try await shop.owner.vouchers.transfer(code: code, toCustomer: Identifier(high: 1, low: 1))
        }
        let other = try await shop.owner.routers.add(.fixture("Other"), key: .new())
        await expectRefusal(.conflict, field: "router") {
            try await shop.owner.vouchers.transfer(code: code, toRouter: other.id)
        }
        try await shop.provision(.failed(detail: "no such profile", retry: true))
        let moved = try await shop.owner.vouchers.transfer(code: code, toRouter: other.id)
        #expect((moved.router, moved.provisioning) == (other.id, .pending))
        await expectRefusal(.notFound, field: "router") {
            try await shop.owner.vouchers.transfer(code: code, toRouter: Identifier(high: 1, low: 1))
        }
    }

    @Test(arguments: Backing.allCases)
    func aLockedVoucherKnowsItsDeviceUntilItIsUnlocked(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let voucher = try await shop.lockedVoucher()
        #expect(voucher.lockedDevice == DeviceAddress("AA:BB:CC:00:11:22"))
        shop.clock.advance(by: .seconds(60))
        try await shop.see(voucher.code, device: "AA:BB:CC:00:11:33")
        try await shop.see(voucher.code, device: "AA:BB:CC:00:11:22")
        let devices = try await shop.owner.vouchers.devices(code: voucher.code)
        #expect(devices.map(\.address.description) == ["AA:BB:CC:00:11:22", "AA:BB:CC:00:11:33"])
        #expect(devices[0].lastSeenAt - devices[0].firstSeenAt == .seconds(60))
        #expect(try await shop.owner.vouchers.voucher(code: voucher.code).lockedDevice == voucher.lockedDevice)
        let trail = try await shop.owner.audit.entries().items.map(\.action)
        #expect(trail.contains("voucher.foreign-device"))
        #expect(try await shop.owner.vouchers.unlockDevice(code: voucher.code).lockedDevice == nil)
        await expectRefusal(.conflict) { try await shop.owner.vouchers.unlockDevice(code: voucher.code) }
    }

    @Test func theCountdownRunsFromTheFirstLogin() async throws {
        let shop = try await Shop.open(.memory)
        let code = try await shop.soldVoucher().code
        let before = try await shop.owner.vouchers.countdown(code: code)
        #expect((before.remaining.time, before.next) == (.seconds(10_800), nil))
        try await shop.see(code, uptime: .zero)
        shop.clock.advance(by: .seconds(800))
        let during = try await shop.owner.vouchers.countdown(code: code)
        #expect(during.remaining.time == .seconds(10_000))
        #expect(during.remaining.countdownText == "02:46:40")
        #expect(during.next == during.voucher.expiresAt)
    }

    @Test(arguments: Backing.allCases)
    func credentialsAreSentAgainOnceForEachKeyAndNeverStandInTheMessage(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let customer = try await shop.customer()
        let code = try await shop.soldVoucher().code
        await expectRefusal(.invalidInput, field: "recipient") {
            try await shop.owner.vouchers.resend(code: code, key: .new())
        }
        let key = IdempotencyKey.new()
        let first = try await shop.owner.vouchers.resend(code: code, to: "phone:+256700000001", key: key)
        #expect(try await shop.owner.vouchers.resend(code: code, to: "phone:+256700000001", key: key) == first)
        #expect((first.template, first.state) == ("voucher.credentials", .pending))
        #expect(!"\(first.variables)".contains(code))
        _ = try await shop.owner.vouchers.redeem(code: code, for: customer.id, key: .new())
        let second = try await shop.owner.vouchers.resend(code: code, key: .new())
        #expect(second.recipient == "customer:\(customer.id)")
        _ = try await shop.owner.vouchers.refund(code: code, reason: "x", key: .new())
        await expectRefusal(.conflict, field: "code") { try await shop.owner.vouchers.resend(code: code, key: .new()) }
    }
}
