import ConnectionPool
import OpenSSLSupport

extension SocketChannel {
    /// Begins to connect, as ``connect(to:on:unansweredFor:handler:)`` does, with errors like those of other transports.
    static func begin(
        to address: SocketAddress,
        on loop: EventLoop,
        unansweredFor limit: Duration,
        handler: any SocketHandler
    ) throws(TransportError) -> SocketChannel {
        do throws(SocketError) {
            return try connect(to: address, on: loop, unansweredFor: limit, handler: handler)
        } catch {
            throw .socket(error)
        }
    }
}

extension TLSChannel {
    /// Begins to connect to a peer who must be `identity`, and whose session is remembered under `endpoint`.
    static func begin(
        to address: SocketAddress,
        on loop: EventLoop,
        unansweredFor limit: Duration,
        expecting identity: TLSIdentity,
        at endpoint: String,
        threads: HandshakeThreads = .shared,
        standing: HandshakeLimiter.Standing = .good,
        handler: any SocketHandler,
        whenReached: WhenReached? = nil
    ) throws(TransportError) -> TLSChannel {
        let session: TLSSession
        do throws(TLSError) {
            session = try TLSClient.shared.session(expecting: identity, at: endpoint)
        } catch {
            throw .tls(error)
        }
        do throws(SocketError) {
            return try connect(
                to: address,
                on: loop,
                unansweredFor: limit,
                session: session,
                threads: threads,
                standing: standing,
                handler: handler,
                whenReached: whenReached
            )
        } catch {
            throw .socket(error)
        }
    }
}
