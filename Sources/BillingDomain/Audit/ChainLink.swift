/// The place of a record in a chain in which every link commits to all before it.
///
/// Whoever changes, removes or puts in a record after the fact would have to make all later links anew, and the last
/// digest, noted elsewhere, gives them away. The digest of a link is SHA-256 of the canonical encoding of kind
/// `chain-link` with position, previous digest and the record's canonical bytes.
public struct ChainLink: Hashable, Sendable {
    /// The length of a digest in bytes.
    public static let digestLength = 32

    /// What the first link has for a previous digest: zeros.
    public static let genesis = [UInt8](repeating: 0, count: digestLength)

    /// The place in the chain, 1 for the first.
    public let position: Int64

    /// The digest of the link before.
    public let previous: [UInt8]

    /// The digest of this link.
    public let digest: [UInt8]

    /// Recreates a stored link.
    public init(position: Int64, previous: [UInt8], digest: [UInt8]) {
        self.position = position
        self.previous = previous
        self.digest = digest
    }

    /// Makes the link of a record.
    ///
    /// - Parameters:
    ///   - last: The last link of the chain; `nil` for a new chain.
    ///   - content: The record's canonical bytes.
    ///   - sha256: The digest, which comes from outside.
    /// - Throws: What `sha256` throws.
    public init(
        after last: ChainLink?,
        content: [UInt8],
        sha256: ([UInt8]) throws -> [UInt8]
    ) rethrows {
        position = (last?.position ?? 0).saturatingAdding(1)
        previous = last?.digest ?? Self.genesis
        digest = try sha256(Self.bytes(position: position, previous: previous, content: content))
    }

    /// Checks that this is the link of a record after another link.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/brokenChain``, which names the position; what `sha256` throws.
    public func verify(
        after last: ChainLink?,
        content: [UInt8],
        sha256: ([UInt8]) throws -> [UInt8]
    ) throws {
        let expected = try ChainLink(after: last, content: content, sha256: sha256)
        guard position == expected.position else {
            throw DomainError(
                .brokenChain,
                "The chain goes from position \(expected.position - 1) to \(position): a record was removed or put in."
            )
        }
        guard self == expected else {
            throw DomainError(
                .brokenChain,
                "The record at position \(position) is not the one that was written, or what is before it was changed."
            )
        }
    }

    private static func bytes(position: Int64, previous: [UInt8], content: [UInt8]) -> [UInt8] {
        var encoder = CanonicalEncoder(kind: "chain-link")
        encoder.append(position)
        encoder.append(previous)
        encoder.append(content)
        return encoder.bytes
    }
}
