import OpenSSLSupport

/// The keys that seal secrets at rest, such as router passwords.
///
/// One key seals; every key opens, so that records sealed before a rotation stay readable. A sealed record is
/// `version (1 byte) · key id (4 bytes) · nonce (12 bytes) · ciphertext and tag`, bound to the record it belongs to:
/// moved to another record it does not open. Keys never appear in descriptions, dumps or errors.
public struct SecretKeys: Sendable {
    private let ciphers: [UInt32: AES256GCM]
    /// What signs: derived from the keys, so that a signature tells nothing about what seals.
    private let signers: [UInt32: [UInt8]]
    private let sealing: UInt32

    /// Keys by their id, `sealing` being the id of the one new records are sealed with.
    ///
    /// Each key has 32 bytes.
    public init(keys: [UInt32: [UInt8]], sealing: UInt32) throws {
        guard keys[sealing] != nil else {
            throw BillingError(.invalidInput, field: "keys", "There is no key \(sealing) to seal with.")
        }
        do {
            ciphers = try keys.mapValues { try AES256GCM(key: $0) }
            signers = try keys.mapValues {
                try HMAC.code(.sha256, of: Array("swift-routeros-billing signatures 1".utf8), key: $0)
            }
        } catch {
            throw BillingError(.invalidInput, field: "keys", "Every key must have exactly 32 bytes.")
        }
        self.sealing = sealing
    }

    /// One fresh key that nobody keeps: for tests and trials.
    ///
    /// What it seals is lost when the process ends.
    public static func ephemeral() throws -> SecretKeys {
        try SecretKeys(keys: [1: SecureRandom.bytes(AES256GCM.keyByteCount)], sealing: 1)
    }
}

extension SecretKeys: CustomStringConvertible, CustomReflectable {
    /// How many keys there are, never what they are.
    public var description: String { "SecretKeys(\(ciphers.count), redacted)" }
    /// Empty: a dump must not show keys.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension SecretKeys {
    private static let version: UInt8 = 1
    private static let headerByteCount = 5

    /// Seals `plaintext` for the record named by `owner`.
    func seal(_ plaintext: [UInt8], owner: String, environment: BillingEnvironment) throws -> [UInt8] {
        guard let cipher = ciphers[sealing] else { throw Self.unreadable }
        let header = [Self.version] + withUnsafeBytes(of: sealing.bigEndian, Array.init)
        let nonce = try environment.randomBytes(AES256GCM.nonceByteCount)
        return try header + nonce + cipher.seal(plaintext, nonce: nonce, associatedData: header + Array(owner.utf8))
    }

    /// Whether a record was sealed with the key that seals now.
    func isCurrent(_ sealed: [UInt8]) -> Bool {
        sealed.starts(with: [Self.version] + withUnsafeBytes(of: sealing.bigEndian, Array.init))
    }

    /// A signature of `message` for one purpose under the key that seals now, and the id of that key.
    func sign(_ message: [UInt8], for purpose: String) throws -> (key: UInt32, code: [UInt8]) {
        guard let code = try signature(of: message, for: purpose, key: sealing) else { throw Self.unreadable }
        return (sealing, code)
    }

    /// The signature of `message` under one of the keys; nil when there is no such key any more.
    func signature(of message: [UInt8], for purpose: String, key: UInt32) throws -> [UInt8]? {
        guard let signer = signers[key] else { return nil }
        return try BillingError.translatingCryptography {
            // The length keeps purpose and message apart.
            let framed = withUnsafeBytes(of: UInt32(clamping: purpose.utf8.count).bigEndian, Array.init)
            return try HMAC.code(.sha256, of: framed + Array(purpose.utf8) + message, key: signer)
        }
    }

    /// The plaintext of a record sealed for `owner`.
    func open(_ sealed: [UInt8], owner: String) throws -> [UInt8] {
        let header = sealed.prefix(Self.headerByteCount)
        let nonce = sealed.dropFirst(header.count).prefix(AES256GCM.nonceByteCount)
        guard header.first == Self.version, header.count == Self.headerByteCount,
            let cipher = ciphers[header.dropFirst().reduce(0) { $0 << 8 | UInt32($1) }]
        else { throw Self.unreadable }
        do {
            return try cipher.open(
                Array(sealed.dropFirst(header.count + nonce.count)),
                nonce: Array(nonce),
                associatedData: header + Array(owner.utf8)
            )
        } catch {
            throw Self.unreadable
        }
    }

    private static let unreadable = BillingError(
        .unavailable,
        """
        A stored secret can not be opened with the present key file. \
        Put back the key file it was sealed with, or enter the password again.
        """
    )
}
