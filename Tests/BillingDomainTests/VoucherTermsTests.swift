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
