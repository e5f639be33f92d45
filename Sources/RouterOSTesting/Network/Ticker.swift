import RouterOSClient
import Synchronization

/// Calls something again and again on an event loop, until it is stopped.
final class Ticker: Sendable {
    private let interval: Duration
    private let loop: EventLoop
    private let work: @Sendable () -> Void
    private let timer = Mutex<(isStopped: Bool, next: EventLoop.Timer?)>((false, nil))

    init(every interval: Duration, on loop: EventLoop, _ work: @escaping @Sendable () -> Void) {
        self.interval = interval
        self.loop = loop
        self.work = work
        schedule()
    }

    deinit { stop() }

    func stop() {
        timer.withLock { timer in
            timer.isStopped = true
            if let next = timer.next.take() { loop.cancel(next) }
        }
    }

    private func schedule() {
        timer.withLock { timer in
            guard !timer.isStopped else { return }
            timer.next = loop.schedule(at: .now + interval) { [weak self] in
                self?.work()
                self?.schedule()
            }
        }
    }
}
