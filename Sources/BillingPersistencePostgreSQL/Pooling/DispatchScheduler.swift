import ConnectionPool
internal import Dispatch
import Synchronization

/// The machine's clock, and calls at a later time on a thread of Dispatch.
struct DispatchScheduler: Scheduler {
    /// A call that has not been made; whoever takes it back frees what it holds at once.
    private final class Call: Sendable {
        private let work: Mutex<(@Sendable () -> Void)?>

        init(_ work: @escaping @Sendable () -> Void) { self.work = Mutex(work) }

        func take() -> (@Sendable () -> Void)? {
            work.withLock { work in
                defer { work = nil }
                return work
            }
        }
    }

    private static let queue = DispatchQueue(label: "routeros-billing.postgresql.timer")

    var now: Moment { Moment(nanoseconds: Int64(clamping: DispatchTime.now().uptimeNanoseconds)) }

    func schedule(at moment: Moment, _ work: @escaping @Sendable () -> Void) -> @Sendable () -> Void {
        let call = Call(work)
        let due = DispatchTime(uptimeNanoseconds: UInt64(clamping: moment.nanoseconds))
        Self.queue.asyncAfter(deadline: due) { call.take()?() }
        return { _ = call.take() }
    }
}
