internal import Dispatch

/// Runs a connection's jobs one after another on threads outside the cooperative pool, where waiting is allowed.
final class SerialQueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "routeros-billing.postgresql")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
