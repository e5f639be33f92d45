import BillingDomain
import OpenSSLSupport

/// Binds each entry of an append-only table to its place and to all before it, so that a change to any of them shows.
enum HashChain {
    /// The link of an entry after another; `position` and `digest` are those of the last entry, if there is one.
    static func link(after last: (position: Int64, digest: [UInt8])?, of entry: [UInt8]) throws -> ChainLink {
        let before = last.map { ChainLink(position: $0.position, previous: [], digest: $0.digest) }
        return try ChainLink(after: before, content: entry, sha256: sha256)
    }

    /// The link of a stored entry, if it is the one that was written after another.
    static func verified(
        _ position: Int64,
        _ digest: [UInt8],
        after last: ChainLink?,
        of entry: [UInt8]
    ) throws -> ChainLink {
        let link = ChainLink(position: position, previous: last?.digest ?? ChainLink.genesis, digest: digest)
        try link.verify(after: last, content: entry, sha256: sha256)
        return link
    }

    private static func sha256(_ bytes: [UInt8]) throws -> [UInt8] {
        do {
            return try SHA256.digest(of: bytes)
        } catch {
            throw PersistenceError(.io, "The machine's cryptography refused a digest.", cause: "\(error)")
        }
    }
}
