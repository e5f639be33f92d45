import BillingDomain
import TestSupport
import Testing

@Suite("Terms of payment")
struct PaymentTermsTests {
    private func kes(_ units: Int64) -> Money { Money(minorUnits: units, currency: .kes) }

    @Test(
        arguments: [
            (Int64(1000), Int64(25), Int64(0), nil, nil, Int64(3)),
            (1000, 150, 100, nil, nil, 115),
            (1000, 150, 0, 50, nil, 50),
            (100_000, 150, 0, nil, 1000, 1000),
            (0, 150, 7, nil, nil, 7),
        ] as [(Int64, Int64, Int64, Int64?, Int64?, Int64)]
    )
    func aFeeIsRoundedAgainstThePayerAndStaysWithinItsLimits(
        price: Int64,
        points: Int64,
        fixed: Int64,
        least: Int64?,
        most: Int64?,
        fee: Int64
    ) throws {
        for bearer in FeeBearer.allCases {
            let rule = try FeeRule(
                percentage: Percentage(basisPoints: points),
                fixed: kes(fixed),
                minimum: least.map(kes),
                maximum: most.map(kes),
                bearer: bearer
            )
            let settled = try rule.settle(kes(price))
            #expect(settled.fee == kes(fee))
            #expect(settled.paid == kes(bearer == .payer ? price + fee : price))
            #expect(try settled.paid - settled.fee == settled.received)
        }
    }

    @Test func feesWithoutMeaningAreRefused() {
        for body in [
            { try FeeRule(percentage: Percentage(basisPoints: -1), fixed: kes(0)) },
            { try FeeRule(percentage: Percentage(basisPoints: 10_001), fixed: kes(0)) },
            { try FeeRule(fixed: kes(-1)) }, { try FeeRule(fixed: kes(1), minimum: kes(5), maximum: kes(4)) },
            { try FeeRule(fixed: kes(1), minimum: .zero(.usd)) },
        ] as [() throws -> FeeRule] {
            #expect(throws: DomainError.self) { try body() }
        }
    }

    @Test func aMethodTakesOnlyWhatItsTermsAllow() throws {
        let fee = try FeeRule(percentage: Percentage(basisPoints: 100), fixed: kes(0), bearer: .payer)
        var terms = try PaymentTerms(
            method: .gateway("mpesa"),
            currency: .kes,
            fee: fee,
            minimum: kes(1000),
            maximum: kes(1_000_000),
            step: 100
        )
        let quote = try terms.quote(kes(100_000))
        #expect(quote.paid == kes(101_000))
        #expect(quote.received == kes(100_000))
        for price in [
            kes(0), kes(-5), kes(100), kes(2_000_000), kes(5555), .zero(.usd), Money(minorUnits: 5, currency: .usd),
        ] {
            #expect(throws: DomainError.self) { try terms.quote(price) }
        }
        terms.isEnabled = false
        #expect(throws: DomainError.self) { try terms.quote(kes(100_000)) }
        #expect(throws: DomainError.self) { try PaymentTerms(method: .cash, currency: .usd, fee: fee) }
        #expect(throws: DomainError.self) { try PaymentTerms(method: .cash, currency: .kes, step: 0) }
    }

    @Test(arguments: [
        "cash", "bank-transfer", "balance", "gateway:mpesa", "gateway:a:b",
        "agent:00000000-0000-0001-0000-000000000001",
    ])
    func aMethodReadsWhatItWrites(text: String) {
        #expect(PaymentMethod(text)?.description == text)
    }

    @Test func otherWordsAreNoMethodReferenceOrPurpose() {
        for text in ["", "gateway:", "card", "Cash", "agent:", "agent:1"] { #expect(PaymentMethod(text) == nil) }
        for text in ["", "mpesa", "mpesa/", "/x"] { #expect(GatewayReference(text) == nil) }
        #expect(GatewayReference("mpesa/ws_CO/1")?.description == "mpesa/ws_CO/1")
        for text in ["", "invoice:x", "gift:1"] { #expect(PaymentPurpose(text) == nil) }
        for text in [
            "top-up", "voucher:00000000-0000-7000-8000-000000000001", "invoice:00000000-0000-0001-0000-000000000001",
        ] {
            #expect(PaymentPurpose(text)?.description == text)
        }
        #expect(throws: DomainError.self) {
            try PaymentIntent(payment: Samples.id(1), amount: .zero(.kes), publicReference: "P", text: "x")
        }
    }

    @Test func aGiftIsSpentFirstAndNeverPaidOut() throws {
        var wallet = try WalletBalance(paid: kes(500), granted: kes(200))
        let parts = try wallet.spend(kes(150))
        #expect(parts == (try WalletBalance.Parts(paid: kes(0), granted: kes(150))))
        let error = #expect(throws: DomainError.self) { try wallet.refund(kes(501)) }
        #expect(error?.code == .illegalMove)
        #expect(try wallet.spend(kes(150)) == WalletBalance.Parts(paid: kes(100), granted: kes(50)))
        try wallet.refund(kes(400))
        #expect(try wallet.total.isZero)
    }

    @Test func aWalletIsNeverNegativeAndNeverLosesAUnit() throws {
        var random = SplitMix64(seed: 5)
        let (paidIn, given) = (Int64(1_000_000), Int64(500_000))
        var wallet = try WalletBalance(paid: kes(paidIn), granted: kes(given))
        var (paidOut, spent) = (Int64(0), Int64(0))
        for _ in 0..<20_000 {
            let amount = Int64.random(in: -5...1000, using: &random)
            let before = wallet
            do {
                if Bool.random(using: &random) {
                    try wallet.refund(kes(amount))
                    paidOut += amount
                } else {
                    _ = try wallet.spend(kes(amount))
                    spent += amount
                }
            } catch {
                #expect(wallet == before)
            }
            #expect(!wallet.paid.isNegative && !wallet.granted.isNegative)
            #expect(try wallet.total.minorUnits == paidIn + given - paidOut - spent)
            #expect(paidOut <= paidIn)
        }
        #expect(throws: DomainError.self) { try WalletBalance(paid: kes(-1), granted: kes(5)) }
        #expect(throws: DomainError.self) { try WalletBalance(paid: kes(1), granted: .zero(.usd)) }
    }
}
