import BillingDomain
import OpenSSLSupport

/// What a router shows when it tells of a login: its identity, a nonce, and a signature of both that only we can make.
///
/// It stands in the router's configuration, so whoever reads that can tell of logins on this router; on no other, for a
/// signature is of one router. Another nonce makes it worthless.
struct LoginCallbackToken: Hashable {
    static let nonceByteCount = 8
    private static let codeByteCount = 20
    private static let purpose = "login-callback"

    let router: Identifier<Router>
    let nonce: [UInt8]
    private let key: UInt32
    private let code: [UInt8]

    /// Signs.
    init(of router: Identifier<Router>, nonce: [UInt8], with keys: SecretKeys) throws {
        self.router = router
        self.nonce = nonce
        let signature = try keys.sign(Self.message(router, nonce), for: Self.purpose)
        key = signature.key
        code = Array(signature.code.prefix(Self.codeByteCount))
    }

    /// Reads one; nil for what none of the keys has signed.
    init?(_ text: String, keys: SecretKeys) throws {
        let length = 16 + Self.nonceByteCount + 4 + Self.codeByteCount
        guard text.utf8.count == 2 * length, let bytes = Hexadecimal.bytes(text), bytes.count == length else {
            return nil
        }
        func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
        router = Identifier(high: number(bytes[0..<8]), low: number(bytes[8..<16]))
        nonce = Array(bytes[16..<24])
        key = UInt32(truncatingIfNeeded: number(bytes[24..<28]))
        code = Array(bytes[28...])
        guard let right = try keys.signature(of: Self.message(router, nonce), for: Self.purpose, key: key),
            ConstantTime.areEqual(code, Array(right.prefix(Self.codeByteCount)))
        else { return nil }
    }

    /// Hexadecimal digits alone, so that it needs quoting nowhere.
    var text: String {
        Hexadecimal.text(
            Self.bytes(router) + nonce + withUnsafeBytes(of: key.bigEndian, Array.init) + code
        )
    }

    private static func bytes(_ router: Identifier<Router>) -> [UInt8] {
        withUnsafeBytes(of: router.high.bigEndian, Array.init) + withUnsafeBytes(of: router.low.bigEndian, Array.init)
    }

    private static func message(_ router: Identifier<Router>, _ nonce: [UInt8]) -> [UInt8] { bytes(router) + nonce }
}
