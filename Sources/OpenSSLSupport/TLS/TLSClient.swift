import Synchronization

/// Makes TLS connections to servers, and remembers sessions so that a reconnection costs less.
///
/// Safe to use from any thread.
package final class TLSClient: Sendable {
    private enum Kind: Hashable {
        case verified, judgedByUs, anonymous
    }

    /// The most sessions it remembers unless told otherwise; one is 1 to 3 KiB.
    package static let defaultSessionCapacity = 1_024

    /// The client of this process: trusts the system's authorities.
    package static let shared = TLSClient()

    let sessions: TLSSessionCache
    private let roots: TLSRoots
    private let contexts = Mutex<[Kind: TLSContext]>([:])

    /// Makes a client that remembers the sessions of up to `sessionCapacity` peers; 0 resumes none.
    package init(roots: TLSRoots = .system, sessionCapacity: Int = TLSClient.defaultSessionCapacity) {
        self.roots = roots
        sessions = TLSSessionCache(capacity: sessionCapacity)
    }

    /// Does now what the first connection of this kind would have to wait for: the system's authorities are read from
    /// the disk, which takes some milliseconds.
    package func prepare(for identity: TLSIdentity) throws(TLSError) {
        _ = try context(for: identity)
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

    private func context(for identity: TLSIdentity) throws(TLSError) -> TLSContext {
        let kind: Kind =
            switch identity {
            case .host: .verified
            case .pin, .unverified: .judgedByUs
            case .anonymous: .anonymous
            }
        let made = contexts.withLock { contexts -> Result<TLSContext, TLSError> in
            if let context = contexts[kind] { return .success(context) }
            return Result { () throws(TLSError) in
                let context =
                    switch kind {
                    case .verified: try TLSContext.client(verifyingWith: roots)
                    case .judgedByUs: try TLSContext.client(verifyingWith: nil)
                    case .anonymous: try TLSContext.anonymousClient()
                    }
                contexts[kind] = context
                return context
            }
        }
        return try made.get()
    }
}
