import BillingDomain

/// Waits for a hint that there is work, and for no longer than the poll interval: the hint is a courtesy, the poll the
/// guarantee.
final class Hints: Sendable {
    private let signals: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init(
        _ routers: AsyncStream<Identifier<Router>>,
        every interval: Duration,
        _ sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        let (signals, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        self.signals = signals
        self.continuation = continuation
        let feeders = [
            Task { for await _ in routers { continuation.yield() } },
            Task {
                while !Task.isCancelled {
                    try? await sleep(interval)
                    continuation.yield()
                }
            },
        ]
        continuation.onTermination = { _ in for feeder in feeders { feeder.cancel() } }
    }

    deinit { continuation.finish() }

    /// Gives a hint.
    func wake() { continuation.yield() }

    /// Returns at the next hint or poll, or when the task is cancelled.
    func next() async {
        for await _ in signals { return }
    }
}
