/// Runs tasks on the thread of an event loop: `Task(executorPreference: connection.taskExecutor) { … }`.
///
/// A task that talks to a router from there has its answers without a change of threads. What it does besides must not take
/// long, as the loop's sockets wait for it.
final class LoopTaskExecutor: TaskExecutor {
    /// Which lives as long as its thread, for ever.
    private let loop: EventLoop

    init(_ loop: EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) { loop.enqueue(UnownedJob(job), on: asUnownedTaskExecutor()) }
}
