import OpenSSLSupport

/// A password as it is stored: parameters, salt and what scrypt made of them, in one line of text.
///
/// `$scrypt$n=16384,r=8,p=5$<salt>$<hash>`, both in hexadecimal. The parameters travel with the hash, so they can be
/// raised later without locking anybody out.
struct PasswordHash: Sendable {
    static let recommended = Scrypt(cost: 1 << 14, blockSize: 8, parallelism: 5)
    private static let saltByteCount = 16
    private static let hashByteCount = 32
    /// Above the 16 MiB the recommended parameters take; a stored record can not make us use more.
    private static let maximumMemory: UInt64 = 64 << 20

    let parameters: Scrypt
    let salt: [UInt8]
    let hash: [UInt8]

    /// Hashes `password`.
    ///
    /// Blocks for about a tenth of a second.
    static func make(_ password: String, salt: [UInt8], parameters: Scrypt) throws -> PasswordHash {
        let hash = try BillingError.translatingCryptography {
            try parameters.derive(
                hashByteCount,
                from: Array(password.utf8),
                salt: salt,
                maximumMemory: maximumMemory
            )
        }
        return PasswordHash(parameters: parameters, salt: salt, hash: hash)
    }

    /// Whether `password` is the one that was hashed.
    ///
    /// Blocks for about a tenth of a second.
    func matches(_ password: String) throws -> Bool {
        let derived = try Self.make(password, salt: salt, parameters: parameters)
        return ConstantTime.areEqual(derived.hash, hash)
    }

    static func newSalt(_ environment: BillingEnvironment) throws -> [UInt8] {
        try environment.randomBytes(saltByteCount)
    }

    /// What an unknown user's password is compared with: nothing matches it, and it costs the same.
    static let unknownUser = PasswordHash(
        parameters: recommended,
        salt: [UInt8](repeating: 0, count: saltByteCount),
        hash: []
    )
}

extension PasswordHash {
    var encoded: String {
        let work = "n=\(parameters.cost),r=\(parameters.blockSize),p=\(parameters.parallelism)"
        return "$scrypt$\(work)$\(Hexadecimal.text(salt))$\(Hexadecimal.text(hash))"
    }

    /// The hash written as `encoded`; nil when it is not one.
    init?(_ encoded: String) {
        let parts = encoded.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt",
            let salt = Hexadecimal.bytes(parts[3]), let hash = Hexadecimal.bytes(parts[4]), !hash.isEmpty
        else { return nil }
        let numbers = parts[2].split(separator: ",").map { $0.split(separator: "=") }
        guard numbers.map(\.first) == ["n", "r", "p"], numbers.allSatisfy({ $0.count == 2 }) else { return nil }
        let values = numbers.compactMap { UInt64($0[1]) }
        guard values.count == 3 else { return nil }
        self.init(
            parameters: Scrypt(cost: values[0], blockSize: values[1], parallelism: values[2]),
            salt: salt,
            hash: hash
        )
    }
}
