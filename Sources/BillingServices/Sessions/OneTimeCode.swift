import BillingDomain
import OpenSSLSupport

/// One-time codes and recovery codes: the cryptography around ``BillingDomain/SecondFactor``.
struct OneTimeCode {
    private static let totp = TOTP()
    static let secretByteCount = 20
    static let recoveryCodeCount = 10

    /// What a typed code comes to under a secret.
    static func judge(
        _ typed: String,
        secret: [UInt8],
        lastStep: Int64?,
        at instant: Timestamp
    ) throws -> TOTP.Verdict {
        try totp.judge(digits(typed), at: instant, lastStep: lastStep) { message in
            try HMAC.code(.sha1, of: message, key: secret)
        }
    }

    /// The code of an instant, as an authenticator shows it.
    static func code(secret: [UInt8], at instant: Timestamp) throws -> String {
        try totp.code(step: totp.step(at: instant)) { try HMAC.code(.sha1, of: $0, key: secret) }
    }

    /// New recovery codes: ten of ten symbols, 49 bits each.
    static func recoveryCodes(_ environment: BillingEnvironment) throws -> [String] {
        try (0..<recoveryCodeCount).map { _ in
            let symbols = String(decoding: try environment.symbols(10), as: UTF8.self)
            return symbols.prefix(5) + "-" + symbols.suffix(5)
        }
    }

    /// What is kept of a recovery code, however it is typed.
    static func digest(ofRecoveryCode code: String) throws -> [UInt8] {
        try Secret.digest("recovery:" + code.asciiUppercased.filter { $0 != "-" && $0 != " " })
    }

    private static func digits(_ typed: String) -> String { typed.filter { $0 != " " && $0 != "-" } }

    /// Bytes in the alphabet of RFC 4648 base 32, without padding: what authenticators take.
    static func base32(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var text: [UInt8] = []
        var buffer: UInt32 = 0
        var bits: UInt32 = 0
        for byte in bytes {
            buffer = (buffer << 8 | UInt32(byte)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(buffer >> bits & 31)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(buffer << (5 - bits) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
