import OpenSSLSupport

/// The secrets that are handed out once and of which only a digest is kept.
enum Secret {
    /// 256 random bits in hexadecimal: a session or a token.
    static func token(_ environment: BillingEnvironment) throws -> String {
        Hexadecimal.text(try environment.randomBytes(32))
    }

    /// What is stored of a session or a token.
    ///
    /// Nothing slower is needed: 256 bits can not be guessed.
    static func digest(_ token: String) throws -> [UInt8] {
        try BillingError.translatingCryptography { try SHA256.digest(of: token) }
    }

    /// A password to type: four groups of five symbols without look-alikes, 99 bits.
    static func password(_ environment: BillingEnvironment) throws -> String {
        let symbols = try environment.symbols(20)
        return stride(from: 0, to: symbols.count, by: 5)
            .map { String(decoding: symbols[$0..<($0 + 5)], as: UTF8.self) }
            .joined(separator: "-")
    }
}
