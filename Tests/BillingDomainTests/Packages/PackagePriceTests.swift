import BillingDomain
import TestSupport
import Testing

@Suite("Package prices")
struct PackagePriceTests {
    private func package(_ price: Int64 = 250, cost: Int64? = nil, _ rules: [PriceRule] = []) throws -> Package {
        Package(
            id: Samples.id(1),
            tenant: Samples.id(1),
            name: "3 hours",
            terms: try VoucherTerms(price: Money(minorUnits: price, currency: .usd)),
            cost: cost.map { Money(minorUnits: $0, currency: .usd) },
            priceRules: rules,
            createdAt: Samples.start
        )
    }

    @Test(arguments: [
        (1, Int64(250)), (9, 2250), (10, 2250), (49, 11_025), (50, 10_000), (100, 20_000), (200, 37_500),
    ])
    func theBestApplicableRuleSetsThePrice(quantity: Int, total: Int64) throws {
        let package = try package(
            250,
            [
                PriceRule(from: 10, .discount(basisPoints: 1000)), PriceRule(from: 50, .unitPrice(200)),
                PriceRule(from: 100, .discount(basisPoints: 500)), PriceRule(from: 200, .discount(basisPoints: 2500)),
                PriceRule(from: 5, .unitPrice(900)),
            ]
        )
        #expect(try package.price(of: quantity).minorUnits == total)
    }

    @Test(arguments: [(Int64(5), 1000, Int64(4)), (15, 1000, 14), (25, 5000, 12), (35, 5000, 18), (7, 10_000, 0)])
    func aDiscountIsRoundedHalfToEven(price: Int64, basisPoints: Int, total: Int64) throws {
        let package = try package(price, [PriceRule(from: 1, .discount(basisPoints: basisPoints))])
        #expect(try package.price(of: 1).minorUnits == total)
    }

    @Test func thePiecesSumToTheWholeAndNeverCostMoreThanTheList() throws {
        var random = SplitMix64(seed: 3)
        for _ in 0..<500 {
            let price = Int64.random(in: 0...VoucherTerms.maximumPrice, using: &random)
            let rules = try (0..<3).map { _ in
                try PriceRule(
                    from: .random(in: 1...60, using: &random),
                    Bool.random(using: &random)
                        ? .unitPrice(.random(in: 0...VoucherTerms.maximumPrice, using: &random))
                        : .discount(basisPoints: .random(in: 0...10_000, using: &random))
                )
            }
            let quantity = Int.random(in: 1...100, using: &random)
            let package = try package(price, rules)
            let total = try package.price(of: quantity).minorUnits
            let pieces = try package.unitPrices(of: quantity).map(\.minorUnits)
            #expect(pieces.count == quantity)
            #expect(pieces.reduce(0, +) == total)
            #expect((pieces.max() ?? 0) - (pieces.min() ?? 0) <= 1)
            #expect(total <= price * Int64(quantity))
            #expect(rules.allSatisfy { PriceRule($0.description) == $0 })
        }
    }

    @Test func theLargestPurchaseDoesNotOverflow() throws {
        let package = try package(
            VoucherTerms.maximumPrice,
            [PriceRule(from: 1, .discount(basisPoints: 1))]
        )
        let total = try package.price(of: Package.maximumQuantity).minorUnits
        #expect(total == 999_900_000_000_000_000)
        for quantity in [0, -1, Package.maximumQuantity + 1, .max, .min] {
            #expect(throws: DomainError.self) { try package.price(of: quantity) }
        }
    }

    @Test func rulesLieInTheirRange() {
        let wrong: [(Int, PriceRule.Offer)] = [
            (0, .unitPrice(1)), (-1, .unitPrice(1)), (1, .unitPrice(-1)), (1, .unitPrice(.max)),
            (1, .discount(basisPoints: -1)), (1, .discount(basisPoints: 10_001)),
        ]
        for (quantity, offer) in wrong {
            #expect(throws: DomainError.self) { try PriceRule(from: quantity, offer) }
        }
        for text in ["", "10", "10:", "x:1", "10:-1", "10:5bp", "10:-xbp", "10:-20000bp", "1:2:3"] {
            #expect(PriceRule(text) == nil)
        }
    }

    @Test func theMarginIsWhatTheSellingPriceLeaves() throws {
        let package = try package(250, cost: 100)
        #expect(package.margin == Money(minorUnits: 150, currency: .usd))
        #expect(package.marginBasisPoints == 6000)
        #expect(package.terms.cost == package.cost)
        #expect(try self.package(250, cost: 300).margin == Money(minorUnits: -50, currency: .usd))
        #expect(try self.package(250).margin == nil)
        #expect(try self.package(0, cost: 1).marginBasisPoints == nil)
    }

    @Test(arguments: [
        (StandardPackage.oneGigabyteDaily, "1GB-DAILY", Int64(1_073_741_824), 24),
        (.fiveGigabytesWeekly, "5GB-WEEKLY", 5_368_709_120, 168),
        (.twentyGigabytesMonthly, "20GB-MONTHLY", 21_474_836_480, 720),
        (.unlimitedDaily, "UNLIMITED-DAILY", 0, 24),
        (.unlimitedWeekly, "UNLIMITED-WEEKLY", 0, 168),
        (.unlimitedMonthly, "UNLIMITED-MONTHLY", 0, 720),
    ])
    func standardPackagesAreBinaryAndAskForThePrice(
        package: StandardPackage,
        name: String,
        bytes: Int64,
        hours: Int
    ) throws {
        let terms = try package.terms(price: Money(minorUnits: 5000, currency: .ugx))
        #expect(package.name == name)
        #expect((terms.dataQuota?.bytes ?? 0) == bytes)
        #expect(terms.validity == .seconds(hours * 3600))
        #expect(terms.price.minorUnits == 5000)
    }

    @Test func subscriptionsNeedACustomerAndVouchersDoNot() {
        #expect(PackageKind.allCases.map(\.needsCustomer) == [false, true, true])
    }
}
