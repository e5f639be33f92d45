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
        var sessions: [Key: (age: UInt64, bytes: [UInt8])] = [:]
        var clock: UInt64 = 0
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) { self.capacity = capacity }

    var count: Int { state.withLock { $0.sessions.count } }

    func store(_ bytes: [UInt8], for key: Key) {
        guard capacity > 0 else { return }
        state.withLock { state in
            state.clock += 1
            state.sessions[key] = (state.clock, bytes)
            guard state.sessions.count > capacity else { return }
            if let oldest = state.sessions.min(by: { $0.value.age < $1.value.age }) {
                state.sessions[oldest.key] = nil
            }
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
