import OpenSSLSupport
import RouterOSProtocol
import Synchronization

/// One handshake to see a certificate, and nothing else.
final class CertificateProbe: SocketHandler {
    private struct State {
        var continuation: CheckedContinuation<PresentedCertificate, any Error>?
        var channel: TLSChannel?
        /// The addresses of the host that were not tried yet.
        var candidates: ArraySlice<SocketAddress> = []
        var isOver = false
    }

    private let host: String
    private let port: UInt16
    private let timeout: Duration
    private let loop = EventLoop.shared
    private let state = Mutex(State())

    init(_ host: String, _ port: UInt16, _ timeout: Duration) {
        self.host = host
        self.port = port
        self.timeout = timeout
    }

    private var endpoint: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    func run() async throws -> PresentedCertificate {
        // The closure keeps the probe alive, which its channel does not.
        let alarm = loop.schedule(at: .now + timeout) { self.timedOut() }
        defer { loop.cancel(alarm) }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = state.withLock { state in
                    state.continuation = continuation
                    return state.isOver
                }
                guard !isOver else { return finish(.failure(CancellationError())) }
                NameResolver.shared.resolve(host, port: port, until: .now + timeout, on: loop) { addresses in
                    guard !addresses.isEmpty else {
                        return self.finish(.failure(RouterOSError.nameResolution(self.host, self.endpoint)))
                    }
                    self.state.withLock { $0.candidates = addresses[...] }
                    self.dialNext(after: .endOfStream)
                }
            }
        } onCancel: {
            finish(.failure(CancellationError()))
        }
    }

    /// Tries the host's next address, or gives up with what was wrong with the last one.
    private func dialNext(after failure: SocketError) {
        var failure = failure
        while let address = state.withLock({ $0.isOver ? nil : $0.candidates.popFirst() }) {
            do {
                let channel = try TLSChannel.connect(
                    to: address,
                    on: loop,
                    unansweredFor: timeout,
                    session: TLSClient.shared.session(expecting: .unverified, at: endpoint),
                    handler: self
                )
                return state.withLock { state in
                    if state.isOver { channel.close() } else { state.channel = channel }
                }
            } catch let error as SocketError {
                failure = error
            } catch let error as TLSError {
                return fail(error)
            } catch {
                return finish(.failure(error))
            }
        }
        finish(.failure(RouterOSError.connect(failure, endpoint)))
    }

    private func timedOut() {
        let channel = state.withLock { $0.channel }
        let error =
            channel?.hasReachedPeer == true
            ? RouterOSError.tlsTimeout(endpoint, timeout)
            : RouterOSError.connectTimeout(endpoint, timeout, isConnected: false, false)
        finish(.failure(error))
    }

    private func fail(_ error: TLSError) {
        finish(.failure(RouterOSError.tls(error, .tls(.systemRoots), endpoint)))
    }

    private func finish(_ result: Result<PresentedCertificate, any Error>) {
        let (continuation, channel) = state.withLock { state in
            state.isOver = true
            return (state.continuation.take(), state.channel.take())
        }
        channel?.close()
        continuation?.resume(with: result)
    }

    // MARK: The channel's calls

    func socketConnected() {
        let channel = state.withLock { $0.channel }
        guard let certificate = channel?.certificate.flatMap(PresentedCertificate.init) else {
            return fail(TLSError(.noCommonCipher, "the peer shows no certificate"))
        }
        finish(.success(certificate))
    }

    func socketReceived(_ bytes: [UInt8]) {}

    func socketClosed(_ error: TransportError) {
        switch error {
        case .socket(let error): dialNext(after: error)
        case .tls(let error): fail(error)
        }
    }
}
