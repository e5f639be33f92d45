import Synchronization

/// Makes TLS connections to servers, and remembers sessions so that a reconnection costs less.
///
/// Safe to use from any thread.
package final class TLSClient: Sendable {
    private enum Kind: Hashable {
        case verified, judgedByUs, anonymous
    }

    /// The most sessions it remembers unless told otherwise, one for each peer; one is 1 to 3 KiB.
    package static let defaultSessionCapacity = 16_384

    /// The client of this process: trusts the system's authorities.
    package static let shared = TLSClient()

    let sessions: TLSSessionCache
    private let makeVerified: @Sendable () throws(TLSError) -> TLSContext
    private let contexts = Mutex<[Kind: TLSContext]>([:])

    /// Makes a client that remembers the sessions of up to `sessionCapacity` peers; 0 resumes none.
    package convenience init(roots: TLSRoots = .system, sessionCapacity: Int = TLSClient.defaultSessionCapacity) {
        self.init(sessionCapacity) { () throws(TLSError) in try TLSContext.client(verifyingWith: roots) }
    }

    /// `verifying` reads the authorities, and may block.
    init(_ sessionCapacity: Int, _ verifying: @escaping @Sendable () throws(TLSError) -> TLSContext) {
        makeVerified = verifying
        sessions = TLSSessionCache(capacity: sessionCapacity)
    }

    /// Does now what the first connection of this kind would have to wait for: the system's authorities are read from
    /// the disk, which takes some milliseconds.
    package func prepare(for identity: TLSIdentity) throws(TLSError) {
        _ = try context(for: identity)
    }

    /// Whether ``prepare(for:)`` has nothing left to do.
    package func isPrepared(for identity: TLSIdentity) -> Bool {
        contexts.withLock { $0[Self.kind(of: identity)] != nil }
    }

    /// A connection that is yet to be made.
    ///
    /// - Parameters:
    ///   - identity: who the peer must be.
    ///   - endpoint: the name under which its session is remembered, `host:port`.
    /// - Returns: the connection; ``TLSSession/start()`` begins it.
    /// - Throws: ``TLSError`` with code `configuration` when the library or the system's authorities cannot be used.
    package func session(expecting identity: TLSIdentity, at endpoint: String) throws(TLSError) -> TLSSession {
        try TLSSession.client(
            context(for: identity),
            expecting: identity,
            resuming: TLSSessionCache.Key(endpoint: endpoint, identity: identity),
            from: sessions
        )
    }

    private static func kind(of identity: TLSIdentity) -> Kind {
        switch identity {
        case .host: .verified
        case .pin, .unverified: .judgedByUs
        case .anonymous: .anonymous
        }
    }

    private func context(for identity: TLSIdentity) throws(TLSError) -> TLSContext {
        let kind = Self.kind(of: identity)
        if let context = contexts.withLock({ $0[kind] }) { return context }
        // Outside the lock, which loops take: the disk may be slow. Of two that are made at once the first is kept.
        let made =
            switch kind {
            case .verified: try makeVerified()
            case .judgedByUs: try TLSContext.client(verifyingWith: nil)
            case .anonymous: try TLSContext.anonymousClient()
            }
        return contexts.withLock { contexts in
            let context = contexts[kind] ?? made
            contexts[kind] = context
            return context
        }
    }
}
