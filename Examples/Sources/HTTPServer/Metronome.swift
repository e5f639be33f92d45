import Dispatch
import Foundation

/// Does something again and again on a thread of its own, so that no amount of work elsewhere can delay it.
///
/// Deadlines must not wait in the line of the very requests they are there to end.
struct Metronome: Sendable {
    private let stopped = DispatchSemaphore(value: 0)
    private let period: DispatchTimeInterval

    init(every period: Duration) {
        self.period = .milliseconds(Int(period / .milliseconds(1)))
    }

    /// Returns when ``stop()`` has been called and the work under way has ended.
    ///
    /// May be called once.
    func run(_ work: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                while stopped.wait(timeout: .now() + period) == .timedOut { work() }
                continuation.resume()
            }
        }
    }

    /// Ends ``run(_:)``.
    func stop() {
        stopped.signal()
    }
}
