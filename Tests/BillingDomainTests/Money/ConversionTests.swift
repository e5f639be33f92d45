import BillingDomain
import Testing

@Suite("A conversion")
struct ConversionTests {
    @Test(arguments: [
        ("10.00", Currency.usd, Currency.ugx, "3712.55", "37126"),
        ("10.00", .usd, .kes, "129.5", "1295.00"),
        ("37126", .ugx, .usd, "0.000269357", "10.00"),
        ("0.01", .usd, .idr, "16250", "162.50"),
        ("-10.00", .usd, .ugx, "3712.55", "-37126"),
        ("0.00", .usd, .ugx, "3712.55", "0"),
    ])
    func decimalsOfBothCurrenciesCount(
        given: String,
        from: Currency,
        to: Currency,
        rate: String,
        received: String
    ) throws {
        let quoted = try ExchangeRate(from: from, to: to, rate: rate, source: "bank", at: Samples.start)
        #expect(quoted.decimalString == rate)
        let conversion = try Conversion(Money(decimal: given, currency: from), at: quoted)
        #expect(conversion.received == (try Money(decimal: received, currency: to)))
        #expect(try Conversion(given: conversion.given, received: conversion.received, rate: quoted) == conversion)
    }

    @Test(arguments: ["", "0", "0.0", "-1", "1.", ".5", "1e3", "1,5", "1.2.3", "1234567890123456", "0.1234567890123"])
    func aRateWithoutMeaningIsRefused(rate: String) {
        let error = #expect(throws: DomainError.self) {
            try ExchangeRate(from: .usd, to: .ugx, rate: rate, source: "bank", at: Samples.start)
        }
        #expect(error?.field == "rate")
    }

    @Test func currenciesMustBeThoseOfTheRate() throws {
        let rate = try ExchangeRate(from: .usd, to: .ugx, rate: "3700", source: "bank", at: Samples.start)
        let shillings = Money(minorUnits: 1, currency: .ugx)
        let error = #expect(throws: DomainError.self) { try Conversion(shillings, at: rate) }
        #expect(error?.code == .currencyMismatch)
        #expect(throws: DomainError.self) { try Conversion(given: shillings, received: shillings, rate: rate) }
        #expect(throws: DomainError.self) {
            try ExchangeRate(from: .usd, to: .usd, rate: "1", source: "bank", at: Samples.start)
        }
    }

    @Test func theLargestAmountsDoNotTrap() throws {
        let rate = try ExchangeRate(from: .ugx, to: .kwd, rate: "999999999999999", source: "bank", at: Samples.start)
        let error = #expect(throws: DomainError.self) {
            try Conversion(Money(minorUnits: .min, currency: .ugx), at: rate)
        }
        #expect(error?.code == .overflow)
    }
}

extension Currency {
    fileprivate static let kwd = Currency("KWD") ?? .usd
}
