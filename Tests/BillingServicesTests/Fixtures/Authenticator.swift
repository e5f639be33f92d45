import BillingDomain

@testable import BillingServices

/// What a person has on the telephone: it reads the secret as it is shown.
struct Authenticator {
    private let secret: [UInt8]

    init(_ enrolment: SecondFactorEnrolment) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var bytes: [UInt8] = []
        var buffer = 0
        var bits = 0
        for symbol in enrolment.secret {
            buffer = (buffer << 5 | (alphabet.firstIndex(of: symbol) ?? 0)) & 0xFFFF
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
        }
        secret = bytes
    }

    func code(at instant: Timestamp) throws -> String { try OneTimeCode.code(secret: secret, at: instant) }
}
