import Synchronization

/// A small HTTP/1.1 server: one handler, one thread for the network, every limit in one place.
///
/// The handler runs as a child task of ``run(onReady:)`` while its connection is suspended, so a slow handler costs no
/// thread. TLS and HTTP/2 belong to a reverse proxy in front.
public final class HTTPServer: Sendable {
    /// Answers one request.
    ///
    /// Called concurrently; must not throw: a fault is an answer too.
    public typealias Handler = @Sendable (HTTPRequest) async -> HTTPResponse

    private let address: HTTPAddress
    private let switchboard: Switchboard
    private let handler: Handler

    /// Makes a server that does nothing until ``run(onReady:)``.
    public init(
        _ address: HTTPAddress,
        limits: Limits = Limits(),
        policy: Policy = Policy(),
        handler: @escaping Handler
    ) {
        self.address = address
        self.switchboard = Switchboard(limits: limits, policy: policy)
        self.handler = handler
    }

    /// Serves until ``stop()`` is called or the task is cancelled, then lets requests in progress finish.
    ///
    /// May be called once; the server is spent when it returns.
    /// - Parameter onReady: Called once with the address, and the port the system chose, when connections are accepted.
    /// - Throws: ``HTTPServerError`` where the address cannot be listened on.
    public func run(onReady: @Sendable (HTTPAddress) -> Void = { _ in }) async throws {
        let socket = try ListeningSocket(address)
        let library = try MicroHTTPD(listeningSocket: socket.descriptor, switchboard: switchboard)
        onReady(socket.address)
        let sweeper = Metronome(every: .milliseconds(250))
        await withTaskGroup { background in
            background.addTask { [switchboard] in
                await sweeper.run { switchboard.sweep(now: .now) }
            }
            await answerCalls()
            library.quiesce()
            await drain()
            sweeper.stop()
        }
        library.stop()
    }

    /// Ends ``run(onReady:)`` gracefully.
    ///
    /// May be called from any thread, any number of times.
    public func stop() {
        switchboard.stop()
    }

    private func answerCalls() async {
        await withTaskCancellationHandler {
            await withDiscardingTaskGroup { group in
                for await call in switchboard.calls {
                    group.addTask { [handler] in
                        call.connection.answer(await handler(call.request), to: call.number)
                    }
                }
            }
        } onCancel: {
            stop()
        }
    }

    /// Waits until the answers given are on the wire.
    private func drain() async {
        let deadline = ContinuousClock.now + switchboard.limits.drain
        while switchboard.isBusy, .now < deadline, (try? await Task.sleep(for: .milliseconds(20))) != nil {}
    }
}
