/// Waits for a hint that there is something to do, and for no longer than an interval: the hint is a courtesy, the interval
/// the guarantee.
struct Hints: Sendable {
    private let hints: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (hints, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    /// Gives a hint at every interval, until the task is cancelled.
    func tick(every interval: Duration, _ sleep: @Sendable (Duration) async throws -> Void) async {
        while !Task.isCancelled {
            try? await sleep(interval)
            wake()
        }
    }

    /// Gives a hint.
    func wake() { continuation.yield() }

    /// Returns at the next hint, or when the task is cancelled.
    func next() async {
        for await _ in hints { return }
    }
}
