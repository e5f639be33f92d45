import BillingDomain
import BillingProvisioning
import Testing

@Suite("Voucher comment")
struct VoucherCommentTests {
    @Test("has price and the two instants, empty before the first login")
    func text() async throws {
        let shop = try await Shop()
        let code = try #require(try await shop.generate(1).first)
        var voucher = try await shop.voucher(code)
        #expect(VoucherComment(voucher).description == "VOUCHER_SYSTEM|2.50||")
        try voucher.activate(at: Timestamp(secondsSince1970: 1_700_000_000), evidence: .activeSession)
        #expect(VoucherComment(voucher).description == "VOUCHER_SYSTEM|2.50|1700000000|1700086400")
        #expect(VoucherComment("VOUCHER_SYSTEM|2.50|1700000000|1700086400") == VoucherComment(voucher))
    }

    @Test(
        "is recognised only when it was written by us",
        arguments: [
            ("VOUCHER_SYSTEM|2.50||", true), ("VOUCHER_SYSTEM|0|1|2", true), ("VOUCHER_SYSTEM", false), ("", false),
            ("VOUCHER_SYSTEM|2.50|", false), ("VOUCHER_SYSTEM|2.50|||", false), ("voucher_system|2.50||", false),
            ("VOUCHER_SYSTEM|2.50|x|", false), ("VOUCHER_SYSTEM|2.50|-1|", false),
            ("VOUCHER_SYSTEM|2.50|+1|", false), ("VOUCHER_SYSTEM|2.50|99999999999999999999|", false),
            ("VOUCHER_SYSTEM|2.50|1|2|v2|more|of it", true), ("VOUCHER_SYSTEM|2.50|||v12", true),
            ("VOUCHER_SYSTEM|2.50|||v1", false), ("VOUCHER_SYSTEM|2.50|||v", false),
            ("VOUCHER_SYSTEM|2.50|||v2x", false),
            ("VOUCHER_SYSTEM|2.50|||note", false),
            ("VOUCHER_SYSTEM|2.50|||v2" + String(repeating: "|", count: 40), false),
            ("vc-123-11.20.26-shop", false),
        ]
    )
    func recognition(text: String, isOurs: Bool) {
        #expect((VoucherComment(text) != nil) == isOurs)
    }
}
