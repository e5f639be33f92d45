import OpenSSLSupport

/// Binds each entry of an append-only table to all before it, so that a change to any of them shows.
enum HashChain {
    /// The SHA-256 digest of the digest before and of an entry; the first entry follows 32 zero bytes.
    static func digest(after previous: [UInt8]?, of entry: [UInt8]) throws -> [UInt8] {
        do {
            return try SHA256.digest(of: (previous ?? [UInt8](repeating: 0, count: 32)) + entry)
        } catch {
            throw PersistenceError(.io, "The machine's cryptography refused a digest.", cause: "\(error)")
        }
    }
}
