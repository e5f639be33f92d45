import BillingDomain

/// Waits for a hint that there is work, and for no longer than the poll interval: the hint is a courtesy, the poll the
/// guarantee.
struct Hints: Sendable {
    private let hints: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (hints, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    /// Gives a hint whenever a router has new work, and at every interval, until the task is cancelled.
    func listen(
        to routers: AsyncStream<Identifier<Router>>,
        every interval: Duration,
        _ sleep: @escaping @Sendable (Duration) async throws -> Void
    ) async {
        await withDiscardingTaskGroup { group in
            group.addTask { for await _ in routers { wake() } }
            group.addTask {
                while !Task.isCancelled {
                    try? await sleep(interval)
                    wake()
                }
            }
        }
    }

    /// Gives a hint.
    func wake() { continuation.yield() }

    /// Returns at the next hint, or when the task is cancelled.
    func next() async {
        for await _ in hints { return }
    }
}
