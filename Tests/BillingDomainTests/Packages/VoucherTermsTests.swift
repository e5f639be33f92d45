import BillingDomain
import Testing

@Suite("Voucher terms")
struct VoucherTermsTests {
    private let price = Money(minorUnits: 250, currency: .usd)

    @Test(arguments: [
        (Duration?.none, Duration?.none, Duration?.none),
        (.seconds(10), nil, .seconds(10)),
        (nil, .seconds(20), .seconds(20)),
        (.seconds(10), .seconds(20), .seconds(10)),
        (.seconds(30), .seconds(20), .seconds(20)),
    ])
    func theRouterEnforcesTheSmallerLimitOfTime(validity: Duration?, uptime: Duration?, limit: Duration?) throws {
        let terms = try VoucherTerms(validity: validity, uptimeAllowance: uptime, price: price)
        #expect(terms.routerUptimeLimit == limit)
        #expect(terms.routerProfile == "default")
    }

    private func terms(_ deadlines: VoucherDeadlines) throws -> VoucherTerms {
        try VoucherTerms(deadlines: deadlines, price: price)
    }

    @Test(arguments: [
        ExpiryRule.Action.keep, .notice, .remove, .moveTo(profile: "pay:pool"),
    ])
    func whatBecomesOfTheRowIsReadAsItIsWritten(action: ExpiryRule.Action) {
        #expect(ExpiryRule.Action(action.description) == action)
        #expect(ExpiryRule.Action(action.description + ":") == nil || action == .moveTo(profile: "pay:pool"))
        #expect(ExpiryRule.Action("move:") == nil)
    }

    @Test func theSameTermsAtAnotherPrice() throws {
        let terms = try VoucherTerms(validity: .seconds(9), sharedUsers: 3, price: price)
        let other = try terms.priced(.zero(.ugx), cost: .zero(.ugx))
        #expect(other.price == .zero(.ugx))
        #expect(other.sharedUsers == 3)
        #expect(other.validity == .seconds(9))
        #expect(try other.priced(price, cost: nil) == terms)
        #expect(throws: DomainError.self) { try terms.priced(price, cost: .zero(.ugx)) }
    }

    @Test func limitsLieAboveZeroAndThePriceInItsRange() throws {
        let cases: [(String, () throws -> VoucherTerms)] = [
            ("validity", { try VoucherTerms(validity: .zero, price: price) }),
            ("validity", { try VoucherTerms(validity: .seconds(-1), price: price) }),
            ("validity", { try VoucherTerms(validity: .seconds(4_000_000_000), price: price) }),
            ("uptimeAllowance", { try VoucherTerms(uptimeAllowance: .zero, price: price) }),
            ("dataQuota", { try VoucherTerms(dataQuota: ByteQuota(bytes: 0), price: price) }),
            ("price", { try VoucherTerms(price: Money(minorUnits: -1, currency: .usd)) }),
            ("price", { try VoucherTerms(price: Money(minorUnits: 1_000_000_000_001, currency: .usd)) }),
            ("price", { try VoucherTerms(price: Money(minorUnits: .max, currency: .usd)) }),
            ("routerProfile", { try VoucherTerms(price: price, routerProfile: "") }),
            ("sharedUsers", { try VoucherTerms(sharedUsers: 0, price: price) }),
            ("sharedUsers", { try VoucherTerms(sharedUsers: 1001, price: price) }),
            ("locksToDevice", { try VoucherTerms(sharedUsers: 2, locksToDevice: true, price: price) }),
            ("cost", { try VoucherTerms(price: price, cost: Money(minorUnits: -1, currency: .usd)) }),
            ("cost", { try VoucherTerms(price: price, cost: .zero(.ugx)) }),
            ("quotaEnd", { try VoucherTerms(quotaEnd: .throttle(profile: ""), price: price) }),
            ("expiryRule", { try VoucherTerms(expiryRule: ExpiryRule(.moveTo(profile: "\n")), price: price) }),
            ("expiryRule", { try VoucherTerms(expiryRule: ExpiryRule(.keep, after: .seconds(-1)), price: price) }),
            ("activateAfterCreation", { try terms(VoucherDeadlines(activateAfterCreation: .zero)) }),
            ("activateAfterPurchase", { try terms(VoucherDeadlines(activateAfterPurchase: .seconds(-5))) }),
            ("useAfterActivation", { try terms(VoucherDeadlines(useAfterActivation: .seconds(4_000_000_000))) }),
            ("routerProfile", { try VoucherTerms(price: price, routerProfile: "a\u{0}b") }),
            ("routerProfile", { try VoucherTerms(price: price, routerProfile: String(repeating: "p", count: 101)) }),
        ]
        for (field, make) in cases {
            let error = #expect(throws: DomainError.self) { try make() }
            #expect(error?.field == field)
            #expect(error?.code == .invalidValue)
        }
        _ = try VoucherTerms(price: .zero(.usd))
        _ = try VoucherTerms(price: Money(minorUnits: 1_000_000_000_000, currency: .usd))
    }
}
