import BillingDomain
import Testing

@testable import BillingServices

@Suite("One-time codes")
struct OneTimeCodeTests {
    private let secret = Array("12345678901234567890".utf8)

    @Test(
        "are those of RFC 6238, cut to six digits",
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ] as [(Int64, String)]
    )
    func giveThePublishedAnswers(second: Int64, code: String) throws {
        let instant = Timestamp(secondsSince1970: second)
        #expect(try OneTimeCode.code(secret: secret, at: instant) == code)
        let spaced = String(code.prefix(3)) + " " + code.suffix(3)
        let verdict = try OneTimeCode.judge(spaced, secret: secret, lastStep: nil, at: instant)
        #expect(verdict == .accepted(step: second / 30))
    }

    @Test("a secret is shown in base 32", arguments: [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foobar", "MZXW6YTBOI")])
    func base32(text: String, expected: String) {
        #expect(OneTimeCode.base32(Array(text.utf8)) == expected)
    }
}
