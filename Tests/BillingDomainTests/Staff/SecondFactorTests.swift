import BillingDomain
import Testing

@Suite("Second factor")
struct SecondFactorTests {
    /// HMAC-SHA-1 of the counters 0…9 under the key of RFC 4226, appendix D, and the codes that follow from them.
    static let rfc4226 = [
        ("cc93cf18508d94934c64b65d8ba7667fb7cde4b0", "755224"), ("75a48a19d4cbe100644e8ac1397eea747a2d33ab", "287082"),
        ("0bacb7fa082fef30782211938bc1c5e70416ff44", "359152"), ("66c28227d03a2d5529262ff016a1e6ef76557ece", "969429"),
        ("a904c900a64b35909874b33e61c5938a8e15ed1c", "338314"), ("a37e783d7b7233c083d4f62926c7a25f238d0316", "254676"),
        ("bc9cd28561042c83f219324d3c607256c03272ae", "287922"), ("a4fb960c0bc06e1eabb804e5b397cdc4b45596fa", "162583"),
        ("1b3c89f65e6c9e883012052823443f048b4332db", "399871"), ("1637409809a679dc698207310c8c7fc07290d9e5", "520489"),
    ]

    private static func mac(_ message: [UInt8]) throws -> [UInt8] {
        let step = message.reduce(0) { $0 << 8 | Int($1) }
        guard rfc4226.indices.contains(step) else { return [UInt8](repeating: UInt8(step & 0x7F), count: 20) }
        let digits = Array(rfc4226[step].0)
        return stride(from: 0, to: 40, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
    }

    private let totp = TOTP()

    @Test(arguments: 0..<10)
    func theCodesAreThoseOfTheStandard(step: Int) throws {
        #expect(try totp.code(step: Int64(step), mac: Self.mac) == Self.rfc4226[step].1)
    }

    @Test(arguments: [(4, true), (5, true), (6, true), (3, false), (7, false)])
    func onlyTheStepsAroundThePresentAreAccepted(step: Int, isAccepted: Bool) throws {
        let now = Timestamp(secondsSince1970: 5 * 30 + 7)
        let verdict = try totp.judge(Self.rfc4226[step].1, at: now, lastStep: nil, mac: Self.mac)
        #expect(verdict == (isAccepted ? .accepted(step: Int64(step)) : .wrong))
    }

    @Test func aCodeIsAcceptedOnceAndNoEarlierOneAfterIt() throws {
        let now = Timestamp(secondsSince1970: 5 * 30)
        var factor = SecondFactor(sealedSecret: [1])
        try factor.confirm(step: 4, recoveryDigests: [[1], [2]], at: now)
        #expect(try totp.judge("338314", at: now, lastStep: factor.lastStep, mac: Self.mac) == .replayed)
        #expect(try totp.judge("254676", at: now, lastStep: factor.lastStep, mac: Self.mac) == .accepted(step: 5))
        try factor.accept(step: 5)
        #expect(try totp.judge("254676", at: now, lastStep: factor.lastStep, mac: Self.mac) == .replayed)
        let before = factor
        #expect(throws: DomainError.self) { try factor.accept(step: 5) }
        #expect(throws: DomainError.self) { try factor.accept(step: 4) }
        #expect(factor == before)
    }

    @Test(arguments: ["", "25467", "2546760", "25467a", "000000"])
    func anythingElseIsWrong(typed: String) throws {
        let verdict = try totp.judge(typed, at: Timestamp(secondsSince1970: 150), lastStep: nil, mac: Self.mac)
        #expect(verdict == .wrong)
    }

    @Test func anHMACThatIsTooShortIsRefused() {
        #expect(throws: DomainError.self) { try totp.code(step: 0) { _ in [UInt8](repeating: 15, count: 19) } }
        #expect(throws: DomainError.self) { try totp.code(step: 0) { _ in [] } }
    }

    @Test func anEnrolmentDoesNothingUntilItIsConfirmed() throws {
        var factor = SecondFactor(sealedSecret: [1])
        let enrolled = factor
        #expect(throws: DomainError.self) { try factor.accept(step: 9) }
        #expect(throws: DomainError.self) { try factor.useRecoveryCode(digest: [1]) }
        #expect(throws: DomainError.self) { try factor.replaceRecoveryCodes(digests: [[1]]) }
        #expect(factor == enrolled)
        try factor.confirm(step: 1, recoveryDigests: [], at: Samples.start)
        #expect(factor.isConfirmed)
        #expect(throws: DomainError.self) { try factor.confirm(step: 2, recoveryDigests: [], at: Samples.start) }
    }

    @Test func aRecoveryCodeWorksOnce() throws {
        var factor = SecondFactor(sealedSecret: [1])
        try factor.confirm(step: 1, recoveryDigests: [[1], [2]], at: Samples.start)
        try factor.useRecoveryCode(digest: [1])
        #expect(factor.recoveryDigests == [[2]])
        #expect(throws: DomainError.self) { try factor.useRecoveryCode(digest: [1]) }
        try factor.replaceRecoveryCodes(digests: [[3]])
        #expect(throws: DomainError.self) { try factor.useRecoveryCode(digest: [2]) }
    }
}
