internal import CRouterOSOpenSSL
import Synchronization

/// Sessions that may be resumed, a bounded number of them, each under the name of its peer.
///
/// Safe to use from any thread. They are kept as bytes, so that no object of the library is shared between threads.
final class TLSSessionCache: Sendable {
    /// A session belongs to a place and to what was expected of the peer there: it must not serve another expectation.
    struct Key: Hashable, Sendable {
        let endpoint: String
        let identity: TLSIdentity
    }

    private struct State {
        var sessions: [Key: (number: UInt64, bytes: [UInt8])] = [:]
        var stored: UInt64 = 0
        /// What was stored, the oldest first; what was taken or replaced since is still named.
        var order: [(key: Key, number: UInt64)] = []
        var next = 0

        mutating func removeOldest() {
            while next < order.count {
                let (key, number) = order[next]
                next += 1
                guard sessions[key]?.number == number else { continue }
                sessions[key] = nil
                return
            }
        }

        /// Forgets names without a session, seldom enough to cost nothing and often enough to keep few.
        mutating func tidy() {
            guard order.count > 2 * sessions.count + 64 else { return }
            order = order[next...].filter { sessions[$0.key]?.number == $0.number }
            next = 0
        }
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { state.withLock { $0.sessions.count } }

    /// How many names it keeps to know which session is the oldest.
    var names: Int { state.withLock { $0.order.count } }

    func store(_ bytes: [UInt8], for key: Key) {
        guard capacity > 0 else { return }
        state.withLock { state in
            state.stored += 1
            state.sessions[key] = (state.stored, bytes)
            state.order.append((key, state.stored))
            if state.sessions.count > capacity { state.removeOldest() }
            state.tidy()
        }
    }

    /// Takes a session out: a ticket is used once, so that nobody on the way can tell that two connections are one
    /// client's.
    func take(_ key: Key) -> [UInt8]? {
        state.withLock { $0.sessions.removeValue(forKey: key)?.bytes }
    }

    /// A session as bytes; nil when it cannot be resumed.
    static func encode(_ session: OpaquePointer?) -> [UInt8]? {
        guard let session, SSL_SESSION_is_resumable(session) == 1 else { return nil }
        let size = i2d_SSL_SESSION(session, nil)
        guard size > 0 else { return nil }
        return [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
            var next = buffer.baseAddress
            count = max(0, Int(i2d_SSL_SESSION(session, &next)))
        }
    }

    /// The session that `bytes` were made of, for the caller to free.
    static func decode(_ bytes: [UInt8]) -> OpaquePointer? {
        bytes.withUnsafeBufferPointer { buffer in
            var next = buffer.baseAddress
            return d2i_SSL_SESSION(nil, &next, buffer.count)
        }
    }
}
