import BillingDomain
import TestSupport
import Testing

@Suite("Parts of an amount")
struct MoneyPartsTests {
    @Test(arguments: [
        (Int64(1000), Int64(1800), RoundingMode.halfEven, Int64(180)),
        (25, 1000, .halfEven, 2),
        (35, 1000, .halfEven, 4),
        (25, 1000, .halfUp, 3),
        (-25, 1000, .halfEven, -2),
        (-25, 1000, .halfUp, -3),
        (24, 1000, .halfUp, 2),
        (26, 1000, .halfEven, 3),
        (.max, 10_000, .halfEven, .max),
        (.min, 10_000, .halfEven, .min),
        (100, -550, .halfEven, -6),
        (1, 0, .halfUp, 0),
    ])
    func aPercentageIsRoundedOnce(units: Int64, points: Int64, mode: RoundingMode, expected: Int64) throws {
        let part = try Money(minorUnits: units, currency: .ugx)
            .portion(Percentage(basisPoints: points), rounding: mode)
        #expect(part.minorUnits == expected)
    }

    @Test func aPartThatDoesNotFitIsRefused() {
        let most = Money(minorUnits: .max, currency: .usd)
        for body in [
            { try most.portion(Percentage(basisPoints: 10_001)) },
            { try most.rounded(toCashStep: 5, rounding: .halfUp) * 2 },
            { try Money(minorUnits: .min, currency: .usd).fraction(.min, of: 1) },
        ] as [() throws -> Money] {
            let error = #expect(throws: DomainError.self) { try body() }
            #expect(error?.code == .overflow)
        }
        #expect(throws: DomainError.self) { try most.fraction(1, of: 0) }
        #expect(throws: DomainError.self) { try most.rounded(toCashStep: 0) }
    }

    @Test(
        arguments: [
            (100, [1, 1, 1], [34, 33, 33]),
            (101, [1, 1, 1], [34, 34, 33]),
            (-100, [1, 1, 1], [-34, -33, -33]),
            (10, [0, 3, 0, 7], [0, 3, 0, 7]),
            (5, [1, 2, 3], [1, 2, 2]),
            (1, [1, 9], [0, 1]),
            (0, [1, 9], [0, 0]),
            (.min, [1], [.min]),
        ] as [(Int64, [Int64], [Int64])]
    )
    func whatIsLeftOverGoesToTheLargestRemainders(units: Int64, weights: [Int64], parts: [Int64]) throws {
        let money = Money(minorUnits: units, currency: .ugx)
        #expect(try money.allocate(by: weights).map(\.minorUnits) == parts)
    }

    @Test(arguments: [[], [0], [0, 0], [1, -1, 5], [.max, 1]] as [[Int64]])
    func weightsWithoutMeaningAreRefused(weights: [Int64]) {
        let error = #expect(throws: DomainError.self) {
            try Money(minorUnits: 5, currency: .ugx).allocate(by: weights)
        }
        #expect(error?.field == "weights")
    }

    @Test func partsSumToTheWholeAndStayWithinOneUnitOfTheirShare() throws {
        var random = SplitMix64(seed: 12)
        for _ in 0..<20_000 {
            let magnitude = Int64.random(in: 0...62, using: &random)
            let units = Int64.random(in: -(1 << magnitude)...(1 << magnitude), using: &random)
            let weights = (0..<Int.random(in: 1...9, using: &random)).map { _ in
                Int64.random(in: 0...(1 << Int64.random(in: 0...58, using: &random)), using: &random)
            }
            guard weights.contains(where: { $0 > 0 }) else { continue }
            let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
            let parts = try Money(minorUnits: units, currency: .kes).allocate(by: weights)
            #expect(parts.reduce(Int128(0)) { $0 + Int128($1.minorUnits) } == Int128(units))
            for (part, weight) in zip(parts, weights) {
                let error = Int128(part.minorUnits) * total - Int128(units) * Int128(weight)
                #expect(error.magnitude < total.magnitude)
                if weight == 0 { #expect(part.isZero) }
            }
        }
    }

    @Test func anAmountIsSplitEvenly() throws {
        let parts = try Money(minorUnits: 1000, currency: .kes).split(into: 7).map(\.minorUnits)
        #expect(parts == [143, 143, 143, 143, 143, 143, 142])
        for count in [0, -1, 1_000_001] {
            #expect(throws: DomainError.self) { try Money.zero(.kes).split(into: count) }
        }
    }

    @Test(arguments: [
        ("18", Int64(1800), "18%"), ("12.5%", 1250, "12.5%"), ("-0.25", -25, "-0.25%"), ("0.05", 5, "0.05%"),
    ])
    func aPercentageIsReadAndWritten(text: String, points: Int64, written: String) throws {
        let percentage = try #require(Percentage(text))
        #expect(percentage.basisPoints == points)
        #expect(percentage.description == written)
        #expect(Percentage(written) == percentage)
    }

    @Test(arguments: ["", "%", ".5", "5.", "1.234", "1e2", "--1", "12345678901", "1.2.3"])
    func aPercentageWrittenOtherwiseIsRefused(text: String) {
        #expect(Percentage(text) == nil)
    }

    @Test func sumsAndExtremesStayInOneCurrency() throws {
        let amounts = [3, 5, -2].map { Money(minorUnits: $0, currency: .kes) }
        #expect(try Money.sum(amounts, in: .kes).minorUnits == 6)
        #expect(try Money.smaller(amounts[0], amounts[1]) == amounts[0])
        #expect(try Money.larger(amounts[0], amounts[1]) == amounts[1])
        #expect(throws: DomainError.self) { try Money.sum(amounts, in: .usd) }
        #expect(Money(minorUnits: 300, currency: .kes).isMultiple(ofStep: 100))
        #expect(!Money(minorUnits: 350, currency: .kes).isMultiple(ofStep: 100))
    }
}
