internal import CRouterOSOpenSSL

/// Texts on their way into the library and out of it.
enum MemoryBIO {
    /// Hands over a BIO from which `text` can be read.
    static func withText<Result>(
        _ text: String,
        _ body: (OpaquePointer) throws(TLSError) -> Result
    ) throws(TLSError) -> Result {
        let bytes = Array(text.utf8)
        guard let length = Int32(exactly: bytes.count), let bio = BIO_new(BIO_s_mem()) else {
            throw TLSError(.configuration, "the text is too long")
        }
        defer { BIO_free(bio) }
        guard length == 0 || BIO_write(bio, bytes, length) == length else { throw .configuration("reading a text") }
        return try body(bio)
    }

    /// What `write` puts into a BIO, as text; nil when it fails.
    static func text(_ write: (OpaquePointer) -> Bool) -> String? {
        guard let bio = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(bio) }
        guard write(bio) else {
            ERR_clear_error()
            return nil
        }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4 << 10)
        while case let count = BIO_read(bio, &piece, Int32(piece.count)), count > 0 { bytes += piece[..<Int(count)] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
