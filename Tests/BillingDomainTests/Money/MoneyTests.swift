import BillingDomain
import Testing

@Suite("Money")
struct MoneyTests {
    @Test(arguments: [
        ("2.50", "USD", Int64(250)),
        ("2.5", "USD", 250),
        ("2", "USD", 200),
        ("-0.05", "USD", -5),
        ("+7", "USD", 700),
        ("2.500", "USD", 250),
        ("0", "UGX", 0),
        ("2500", "UGX", 2500),
        ("2500.00", "UGX", 2500),
        ("1.234", "KWD", 1234),
        ("10000", "IDR", 1_000_000),
        ("92233720368547758.07", "USD", .max),
    ])
    func aDecimalIsReadExactly(text: String, code: String, units: Int64) throws {
        let currency = try #require(Currency(code))
        let money = try Money(decimal: text, currency: currency)
        #expect(money.minorUnits == units)
        #expect(try Money(decimal: money.decimalString, currency: currency) == money)
    }

    @Test(arguments: [
        "", "-", ".", "1.", ".5", "1..2", "1.2.3", "1,50", "1e3", " 1", "1 ", "0x10", "١", "--1", "NaN", "2.505", "1_0",
    ])
    func anythingElseIsRefused(text: String) {
        let error = #expect(throws: DomainError.self) { try Money(decimal: text, currency: .usd) }
        #expect(error?.code == .invalidValue)
    }

    @Test(arguments: ["92233720368547758.08", "99999999999999999999999"])
    func anAmountThatDoesNotFitIsRefused(text: String) {
        let error = #expect(throws: DomainError.self) { try Money(decimal: text, currency: .usd) }
        #expect(error?.code == .overflow)
    }

    @Test(arguments: [
        (Int64(250), Currency.usd, "2.50"),
        (5, .usd, "0.05"),
        (-5, .usd, "-0.05"),
        (0, .usd, "0.00"),
        (2500, .ugx, "2500"),
        (.min, .usd, "-92233720368547758.08"),
        (.min, .ugx, "-9223372036854775808"),
    ])
    func anAmountIsWrittenWithAllItsDecimals(units: Int64, currency: Currency, text: String) {
        #expect(Money(minorUnits: units, currency: currency).decimalString == text)
    }

    @Test func arithmeticThrowsInsteadOfOverflowing() {
        let most = Money(minorUnits: .max, currency: .usd)
        let least = Money(minorUnits: .min, currency: .usd)
        let one = Money(minorUnits: 1, currency: .usd)
        for body in [
            { try most + one }, { try least - one }, { try most * 2 }, { try least.negated() },
        ] as [() throws -> Money] {
            let error = #expect(throws: DomainError.self) { try body() }
            #expect(error?.code == .overflow)
        }
    }

    @Test func currenciesAreNeverMixed() throws {
        let error = #expect(throws: DomainError.self) { try Money.zero(.usd) + Money.zero(.kes) }
        #expect(error?.code == .currencyMismatch)
        #expect(try (Money(minorUnits: 3, currency: .usd) + Money(minorUnits: 4, currency: .usd)).minorUnits == 7)
        #expect(try (Money(minorUnits: 3, currency: .usd) - Money(minorUnits: 4, currency: .usd)).isNegative)
        #expect(try (Money(minorUnits: 3, currency: .usd) * 4).minorUnits == 12)
    }

    @Test(arguments: [
        (Int64(2524), Currency.ugx, Int64(2500)),
        (2525, .ugx, 2500),
        (2575, .ugx, 2600),
        (2526, .ugx, 2550),
        (-2526, .ugx, -2550),
        (1_004_999, .idr, 1_000_000),
        (1_005_001, .idr, 1_010_000),
        (123, .usd, 123),
    ])
    func cashIsRoundedToTheNearestCoinAndTiesToTheEvenOne(units: Int64, currency: Currency, rounded: Int64) throws {
        #expect(try Money(minorUnits: units, currency: currency).roundedToCash().minorUnits == rounded)
    }

    @Test func cashIsRoundedAwayFromZeroTowardsItOrNotAtAll() throws {
        for (units, up, down) in [(Int64(2_501), Int64(2_550), Int64(2_500)), (-2_501, -2_550, -2_500), (50, 50, 50)] {
            let amount = Money(minorUnits: units, currency: .ugx)
            #expect(try amount.roundedToCash(.up).minorUnits == up)
            #expect(try amount.roundedToCash(.down).minorUnits == down)
            #expect(try amount.roundedToCash(.none) == amount)
        }
        #expect(throws: DomainError.self) { try Money(minorUnits: .max, currency: .ugx).roundedToCash(.up) }
    }

    @Test(arguments: [("UGX", 0), ("KES", 2), ("USD", 2), ("IDR", 2), ("RWF", 0), ("XOF", 0), ("BHD", 3), ("TZS", 2)])
    func currenciesHaveTheirISODecimals(code: String, exponent: Int) {
        #expect(Currency(code)?.exponent == exponent)
        #expect(Currency(code.lowercased())?.code == code)
    }

    @Test(arguments: ["", "US", "USDX", "ZZZ", "U$D", "ＵＳＤ"])
    func aCurrencyThatDoesNotExistIsNil(code: String) {
        #expect(Currency(code) == nil)
    }

    @Test func theNamedCurrenciesAreThoseOfTheTable() {
        for named in [Currency.ugx, .kes, .usd, .eur, .idr] {
            let listed = Currency(named.code)
            #expect(listed?.exponent == named.exponent)
            #expect(listed?.cashStep == named.cashStep)
        }
        #expect(Currency.knownCodes.count > 150)
        #expect(Currency.knownCodes.allSatisfy { $0.utf8.count == 3 })
    }
}
