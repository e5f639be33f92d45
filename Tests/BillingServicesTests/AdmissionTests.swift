import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Who may be on line now")
struct AdmissionTests {
    @Test("hours, the end, being switched off and being unknown keep an account off line", arguments: Backing.allCases)
    func refusalsAreTold(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let shop = till.shop
        // The clock says 12:00 in Kampala.
        let nights = try #require(AccessSchedule("mon,tue,wed,thu,fri,sat,sun 22:00-06:00"))
        let price = Money(minorUnits: 500, currency: .ugx)
        let free = try await shop.generate(1).vouchers[0]
        let nightly = try await shop.soldVoucher(
            VoucherTerms(validity: .seconds(86_400), schedule: nights, price: price)
        )
        let off = try await shop.generate(1).vouchers[0]
        _ = try await shop.owner.vouchers.disable(code: off.code)
        let brief = try await shop.soldVoucher(VoucherTerms(validity: .seconds(3_600), price: price))
        try await shop.see(brief.code)
        let account = try await till.order().serviceAccount
        let elsewhere = try await shop.owner.routers.add(.fixture("Elsewhere"), key: .new())
        let stranger = SessionSubject.voucher(Identifier(high: 9, low: 9))
        let subjects: Set<SessionSubject> = [
            .voucher(free.id), .voucher(nightly.id), .voucher(off.id), .voucher(brief.id), .service(account.id),
            stranger,
        ]
        let provisioning = shop.billing.provisioning
        #expect(
            try await provisioning.refusals(of: subjects, on: shop.router.id) == [
                .voucher(nightly.id): .outOfHours, .voucher(off.id): .disabled, stranger: .unknown,
            ]
        )
        // 23:00: the night has begun, and the hour of the one in use is long over though nobody saw to it yet.
        shop.clock.advance(by: .seconds(11 * 3_600))
        #expect(
            try await provisioning.refusals(of: subjects, on: shop.router.id) == [
                .voucher(off.id): .disabled, .voucher(brief.id): .ended, stranger: .unknown,
            ]
        )
        till.days(30)
        _ = try await shop.billing.collection.sweepSubscriptions(tenant: shop.tenant.id)
        #expect(
            try await provisioning.refusals(of: [.service(account.id)], on: shop.router.id).values.first == .disabled
        )
        #expect(
            try await provisioning.refusals(of: [.voucher(free.id)], on: elsewhere.id) == [.voucher(free.id): .unknown]
        )
    }

    @Test("a service keeps the hours of its package", arguments: Backing.allCases)
    func servicesKeepHours(backing: Backing) async throws {
        let till = try await Till.open(backing)
        var draft = try PackageDraft.fixture("Nights")
        draft.terms = try VoucherTerms(
            validity: .seconds(86_400),
            schedule: AccessSchedule("mon,tue,wed,thu,fri,sat,sun 22:00-06:00"),
            price: till.ugx(500)
        )
        let package = try await till.owner.packages.create(draft, key: .new())
        let account = try await till.owner.serviceAccounts.create(
            ServiceAccountDraft(
                kind: .hotspot,
                router: till.shop.router.id,
                username: try #require(NumberPattern("net{0000}")),
                package: package.id
            ),
            for: till.customer.id,
            key: .new()
        )
        let subject = SessionSubject.service(account.id)
        let provisioning = till.shop.billing.provisioning
        #expect(try await provisioning.refusals(of: [subject], on: till.shop.router.id) == [subject: .outOfHours])
        till.shop.clock.advance(by: .seconds(11 * 3_600))
        #expect(try await provisioning.refusals(of: [subject], on: till.shop.router.id).isEmpty)
    }
}
