/// A router that slows down after many commands and recovers when it is left alone.
///
/// Source: the measurements of the project tik4net, "Docs/findings-router-throughput-ceiling.md".
struct RequestKnee: Sendable, Hashable {
    private static let fast = Duration.milliseconds(1)
    private static let quiet = Duration.seconds(1)

    let after: Int
    let delay: Duration
    private var count = 0
    /// When the router can turn to another command.
    private var freeAt: Duration = .zero
    /// When everything will have been answered.
    private var doneAt: Duration = .zero

    init(after: Int, delay: Duration) {
        self.after = after
        self.delay = delay
    }

    /// A knee like those that were measured, at a random place.
    init(_ random: inout SeededRandom) {
        self.init(after: .random(in: 120...220, using: &random), delay: .milliseconds(20))
    }

    /// How long the answer to a command takes that comes now.
    mutating func wait(at now: Duration) -> Duration {
        if now - doneAt >= Self.quiet { count = 0 }
        count = min(count + 1, .max - 1)
        guard count > after else {
            doneAt = max(doneAt, now + Self.fast)
            return Self.fast
        }
        let begin = max(now, freeAt)
        freeAt = begin + delay / 8 * 3
        doneAt = max(doneAt, begin + delay)
        return begin + delay - now
    }
}
