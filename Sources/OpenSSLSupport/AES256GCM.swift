internal import CRouterOSOpenSSL

/// Authenticated encryption: AES-256 in Galois/counter mode, NIST SP 800-38D.
///
/// A sealed box is the ciphertext, as long as the plaintext, followed by the 16-byte tag. A nonce must never be used
/// twice under one key; random 96-bit nonces are safe for about 2³² boxes.
package struct AES256GCM: Sendable {
    /// The length of a key in bytes.
    package static let keyByteCount = 32
    /// The length of a nonce in bytes.
    package static let nonceByteCount = 12
    /// The length of the tag that ends a sealed box, in bytes.
    package static let tagByteCount = 16

    private let key: [UInt8]

    /// A cipher under a key of exactly 32 bytes.
    package init(key: [UInt8]) throws(OpenSSLError) {
        guard key.count == Self.keyByteCount else {
            throw OpenSSLError("AES-256-GCM", "a key has \(Self.keyByteCount) bytes, not \(key.count)")
        }
        self.key = key
    }

    /// Encrypts `plaintext` and binds it to `associatedData`, which must be given again to open it.
    package func seal(
        _ plaintext: [UInt8],
        nonce: [UInt8],
        associatedData: [UInt8]
    ) throws(OpenSSLError) -> [UInt8] {
        let operation = "AES-256-GCM seal"
        let context = try start(.encrypt, nonce: nonce, associatedData: associatedData, operation: operation)
        defer { EVP_CIPHER_CTX_free(context) }

        var box = try update(context, plaintext, operation: operation)
        var tag = [UInt8](repeating: 0, count: Self.tagByteCount)
        guard finish(context),
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(Self.tagByteCount), &tag) == 1
        else { throw .last(operation) }
        box += tag
        return box
    }

    /// The plaintext of a box made by ``seal(_:nonce:associatedData:)`` under the same key, nonce and associated data.
    ///
    /// Throws, and gives no byte of plaintext, when any bit of the four differs.
    package func open(
        _ box: [UInt8],
        nonce: [UInt8],
        associatedData: [UInt8]
    ) throws(OpenSSLError) -> [UInt8] {
        let operation = "AES-256-GCM open"
        guard box.count >= Self.tagByteCount else { throw OpenSSLError(operation, "the box is shorter than its tag") }
        let context = try start(.decrypt, nonce: nonce, associatedData: associatedData, operation: operation)
        defer { EVP_CIPHER_CTX_free(context) }

        let plaintext = try update(context, Array(box.dropLast(Self.tagByteCount)), operation: operation)
        var tag = Array(box.suffix(Self.tagByteCount))
        guard EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(Self.tagByteCount), &tag) == 1 else {
            throw .last(operation)
        }
        guard finish(context) else {
            ERR_clear_error()
            throw OpenSSLError(operation, "the key is another one, or the box or its record was changed")
        }
        return plaintext
    }
}

extension AES256GCM: CustomStringConvertible, CustomReflectable {
    package var description: String { "AES256GCM(key: redacted)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension AES256GCM {
    private enum Direction: Int32 {
        case decrypt = 0
        case encrypt = 1
    }

    /// A context keyed and fed with the associated data, for the caller to free.
    private func start(
        _ direction: Direction,
        nonce: [UInt8],
        associatedData: [UInt8],
        operation: String
    ) throws(OpenSSLError) -> OpaquePointer {
        guard nonce.count == Self.nonceByteCount else {
            throw OpenSSLError(operation, "a nonce has \(Self.nonceByteCount) bytes, not \(nonce.count)")
        }
        guard let associatedLength = Int32(exactly: associatedData.count) else {
            throw OpenSSLError(operation, "the associated data is too long")
        }
        guard let context = EVP_CIPHER_CTX_new() else { throw .last(operation) }
        var ignored: Int32 = 0
        guard EVP_CipherInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce, direction.rawValue) == 1,
            associatedLength == 0
                || EVP_CipherUpdate(context, nil, &ignored, associatedData, associatedLength) == 1
        else {
            EVP_CIPHER_CTX_free(context)
            throw .last(operation)
        }
        return context
    }

    private func update(
        _ context: OpaquePointer,
        _ input: [UInt8],
        operation: String
    ) throws(OpenSSLError) -> [UInt8] {
        guard let length = Int32(exactly: input.count) else { throw OpenSSLError(operation, "the input is too long") }
        var output = [UInt8](repeating: 0, count: input.count)
        var written: Int32 = 0
        guard length == 0 || EVP_CipherUpdate(context, &output, &written, input, length) == 1, written == length else {
            throw .last(operation)
        }
        return output
    }

    /// Ends the stream; when opening, this is where the tag is checked.
    ///
    /// GCM has no padding, so no byte comes out.
    private func finish(_ context: OpaquePointer) -> Bool {
        var none = [UInt8](repeating: 0, count: Self.tagByteCount)
        var written: Int32 = 0
        return EVP_CipherFinal_ex(context, &none, &written) == 1
    }
}
