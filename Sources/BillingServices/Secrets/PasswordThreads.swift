import Glibc
import Synchronization

/// Runs slow, blocking password work on threads of its own, a few at a time.
///
/// One evaluation takes a tenth of a second and 16 MiB: on the cooperative pool it would stall every other task, and
/// without a cap a burst of sign-ins would exhaust the memory. A thread lives for one evaluation only: making it costs
/// nothing beside the work, and there is nothing to shut down.
final class PasswordThreads: Sendable {
    private struct State {
        var running = 0
        var waiting: [@Sendable () -> Void] = []
    }

    private let state = Mutex(State())
    private let maximumRunning: Int
    private let maximumWaiting: Int

    init(maximumRunning: Int = 2, maximumWaiting: Int = 32) {
        self.maximumRunning = maximumRunning
        self.maximumWaiting = maximumWaiting
    }

    /// What `work` answers.
    ///
    /// Throws `.throttled` at once when too many wait already.
    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            submit {
                continuation.resume(with: Swift.Result { try work() })
            } refused: {
                continuation.resume(
                    throwing: BillingError(.throttled, "Too many sign-ins at once. Try again in a moment.")
                )
            }
        }
    }

    private enum Admission {
        case start
        case wait
        case refuse
    }

    private func submit(_ job: @escaping @Sendable () -> Void, refused: () -> Void) {
        let admission = state.withLock { state -> Admission in
            if state.running < maximumRunning {
                state.running += 1
                return .start
            }
            guard state.waiting.count < maximumWaiting else { return .refuse }
            state.waiting.append(job)
            return .wait
        }
        switch admission {
        case .start:
            start(job)
        case .refuse:
            refused()
        case .wait:
            break
        }
    }

    private func start(_ job: @escaping @Sendable () -> Void) {
        let body: @Sendable () -> Void = { [self] in
            var next: (@Sendable () -> Void)? = job
            while let job = next {
                job()
                next = finishOne()
            }
        }
        if !Self.detachThread(body) {
            // No thread to be had: slower for the others, but the sign-in is answered.
            body()
        }
    }

    /// The next job for this thread; nil when none waits and the thread may end.
    private func finishOne() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    private static func detachThread(_ run: @escaping @Sendable () -> Void) -> Bool {
        let body = Unmanaged.passRetained(Body(run))
        var thread = pthread_t()
        let failure = pthread_create(
            &thread,
            nil,
            { pointer in
                if let pointer {
                    Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
                }
                return nil
            },
            body.toOpaque()
        )
        guard failure == 0 else {
            body.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}
