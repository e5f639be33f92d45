import OpenSSLSupport
import RouterOSProtocol
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One handshake to see a certificate, and nothing else.
final class CertificateProbe: SocketHandler {
    private struct State {
        var continuation: CheckedContinuation<PresentedCertificate, any Error>?
        var channel: TLSChannel?
        var plan: AddressPlan
        /// When the present address has had its share of the time.
        var share: EventLoop.Timer?
        var isOver = false
    }

    private let host: String
    private let port: UInt16
    private let timeout: Duration
    private let loop = EventLoop.shared
    private let resolver: NameResolver
    private let deadline: ContinuousClock.Instant
    private let state: Mutex<State>

    init(_ host: String, _ port: UInt16, _ timeout: Duration, resolvingWith resolver: NameResolver = .shared) {
        self.host = host
        self.port = port
        self.timeout = timeout
        self.resolver = resolver
        deadline = .now.later(by: timeout)
        state = Mutex(State(plan: AddressPlan(until: deadline)))
    }

    private var endpoint: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    func run() async throws -> PresentedCertificate {
        // The closure keeps the probe alive, which its channel does not.
        let alarm = loop.schedule(at: deadline) { self.timedOut() }
        defer { loop.cancel(alarm) }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = state.withLock { state in
                    state.continuation = continuation
                    return state.isOver
                }
                guard !isOver else { return finish(.failure(CancellationError())) }
                resolver.resolve(host, port: port, until: deadline, on: loop) { addresses in
                    guard !addresses.isEmpty else {
                        return self.finish(.failure(RouterOSError.nameResolution(self.host, self.endpoint)))
                    }
                    self.state.withLock { $0.plan.take(addresses) }
                    self.dialNext()
                }
            }
        } onCancel: {
            finish(.failure(CancellationError()))
        }
    }

    /// Tries the host's next address, or gives up with what was wrong with the last one; on the loop.
    private func dialNext(after failure: SocketError? = nil) {
        let outcome = state.withLock { state -> TransportError? in
            if let share = state.share.take() { loop.cancel(share) }
            guard !state.isOver else { return nil }
            do throws(TransportError) {
                let begun = try state.plan.begin(after: failure, now: loop.now) { address throws(TransportError) in
                    try TLSChannel.begin(
                        to: address,
                        on: loop,
                        unansweredFor: timeout,
                        expecting: .unverified,
                        at: endpoint,
                        handler: self
                    )
                }
                state.channel = begun.channel
                state.share = begun.giveUp.map { giveUp in
                    loop.schedule(at: giveUp) { [weak self] in self?.giveUpAddress() }
                }
                return nil
            } catch {
                return error
            }
        }
        switch outcome {
        case .socket(let error): finish(.failure(RouterOSError.connect(error, endpoint)))
        case .tls(let error): fail(error)
        case nil: break
        }
    }

    private func giveUpAddress() {
        guard let channel = state.withLock({ $0.channel }) else { return }
        // What waits for a thread of ours waits for nothing that another address has.
        if channel.isComputing {
            return state.withLock { state in
                guard !state.isOver else { return }
                state.share = loop.schedule(at: loop.now.later(by: .milliseconds(100))) { [weak self] in
                    self?.giveUpAddress()
                }
            }
        }
        channel.close()
        dialNext(after: SocketError(ETIMEDOUT))
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
        let (continuation, channel, share) = state.withLock { state in
            state.isOver = true
            return (state.continuation.take(), state.channel.take(), state.share.take())
        }
        if let share { loop.cancel(share) }
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
