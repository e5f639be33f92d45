internal import CRouterOSSystem
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One thread that waits for sockets and timers and runs the actors bound to it.
///
/// The loop is a `SerialExecutor`: an actor that names it as its executor runs on the loop's thread, so that bytes go from
/// the socket to the actor without a hop between threads. What runs on the loop must not block.
///
/// All members may be called from any thread. Callbacks of sockets and timers run on the loop's thread.
package final class EventLoop: SerialExecutor {
    /// A socket the loop watches; the generation tells a socket from an earlier one with the same slot.
    package struct Registration: Sendable, Hashable {
        fileprivate let slot: UInt32
        fileprivate let generation: UInt32

        fileprivate var token: UInt64 { UInt64(slot) << 32 | UInt64(generation) }
    }

    /// A timer that has not fired.
    package struct Timer: Sendable, Hashable {
        fileprivate let number: UInt64
    }

    private struct Watch {
        var generation: UInt32 = 0
        var callback: (@Sendable (Readiness) -> Void)?
    }

    private enum Work {
        case actorJob(UnownedJob)
        case taskJob(UnownedJob, UnownedTaskExecutor)
        case closure(@Sendable () -> Void)
    }

    private struct State {
        var work: [Work] = []
        var endOfTurn: [@Sendable () -> Void] = []
        var watches: [Watch] = []
        var freeSlots: [UInt32] = []
        var timers = TimerHeap()
        var isAsleep = false
        var hasExtendedTurn = false
    }

    private let state = Mutex(State())
    private let poller: any Poller

    private let tasks = Mutex<LoopTaskExecutor?>(nil)

    /// Runs tasks on the loop's thread.
    package var taskExecutor: any TaskExecutor {
        tasks.withLock { tasks in
            let executor = tasks ?? LoopTaskExecutor(self)
            tasks = executor
            return executor
        }
    }

    /// The loop that connections run on unless they are given another; lives as long as the process.
    package static let shared = EventLoop()

    /// The first loops of this process, ``shared`` the very first; made when they are asked for, at least one.
    ///
    /// A loop ends with the process, so they are shared by whoever wants several.
    package static func several(_ count: Int) -> [EventLoop] {
        further.withLock { further in
            while further.count < count - 1 { further.append(EventLoop()) }
            return [shared] + further.prefix(max(0, count - 1))
        }
    }

    private static let further = Mutex<[EventLoop]>([])

    /// Starts a loop with a thread of its own, which runs until the process ends.
    package init(_ kind: PollerKind = .best) {
        poller = kind.make()
        let isRunning = DetachedThread.run { [self] in run() }
        precondition(isRunning, "no thread can be started for an event loop; raise the limit (ulimit -u)")
    }

    // MARK: Executor

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        wake { $0.work.append(.actorJob(job)) }
    }

    /// Runs a job of a task that prefers the loop.
    func enqueue(_ job: UnownedJob, on executor: UnownedTaskExecutor) {
        wake { $0.work.append(.taskJob(job, executor)) }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    package func checkIsolated() {
        precondition(isOnLoop, "code of an event loop's actor runs on another thread")
    }

    package func isIsolatingCurrentContext() -> Bool? { isOnLoop }

    /// Whether the calling thread is the loop's own.
    package var isOnLoop: Bool { routeros_current() == UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque()) }

    /// Runs `work` on the loop's thread, soon and after all other work handed over by this function before.
    package func execute(_ work: @escaping @Sendable () -> Void) {
        wake { $0.work.append(.closure(work)) }
    }

    /// Runs `work` on the loop's thread when all jobs at hand are done and before the loop sleeps: the moment to write
    /// what those jobs produced in one go.
    package func atEndOfTurn(_ work: @escaping @Sendable () -> Void) {
        wake { $0.endOfTurn.append(work) }
    }

    // MARK: Timers

    /// The time by which timers go.
    package var now: ContinuousClock.Instant { .now }

    /// Runs `work` on the loop's thread once `deadline` has passed.
    package func schedule(at deadline: ContinuousClock.Instant, _ work: @escaping @Sendable () -> Void) -> Timer {
        wake { state in
            Timer(number: state.timers.insert(deadline, work))
        }
    }

    /// Takes a timer back; does nothing when it has fired.
    package func cancel(_ timer: Timer) {
        // What the timer held is let go outside the lock: its end may call the loop.
        _ = state.withLock { $0.timers.remove(timer.number) }
    }

    // MARK: Sockets

    /// Watches a socket; `callback` runs as long as it is ready.
    ///
    /// - Throws: ``SocketError`` when the system cannot watch it.
    package func register(
        _ descriptor: Int32,
        for interest: Readiness,
        _ callback: @escaping @Sendable (Readiness) -> Void
    ) throws(SocketError) -> Registration {
        let registration = state.withLock { state in
            let slot: UInt32
            if let free = state.freeSlots.popLast() {
                slot = free
            } else {
                slot = UInt32(state.watches.count)
                state.watches.append(Watch())
            }
            state.watches[Int(slot)].generation &+= 1
            state.watches[Int(slot)].callback = callback
            return Registration(slot: slot, generation: state.watches[Int(slot)].generation)
        }
        do throws(SocketError) {
            try poller.add(descriptor, token: registration.token, for: interest)
        } catch {
            release(registration)
            throw error
        }
        return registration
    }

    /// Changes what a socket is watched for.
    package func update(_ registration: Registration, descriptor: Int32, to interest: Readiness) {
        poller.change(descriptor, token: registration.token, to: interest)
    }

    /// Stops watching a socket; call before it is closed.
    ///
    /// No callback begins after this returns, on the loop's thread.
    package func unregister(_ registration: Registration, descriptor: Int32) {
        poller.remove(descriptor)
        release(registration)
    }

    private func release(_ registration: Registration) {
        _ = state.withLock { state -> (@Sendable (Readiness) -> Void)? in
            guard state.watches[Int(registration.slot)].generation == registration.generation else { return nil }
            defer { state.watches[Int(registration.slot)].callback = nil }
            state.freeSlots.append(registration.slot)
            return state.watches[Int(registration.slot)].callback
        }
    }

    // MARK: The thread

    private func wake<Result: Sendable>(_ change: (inout sending State) -> Result) -> Result {
        let (result, ring) = state.withLock { state in
            let result = change(&state)
            let ring = state.isAsleep
            state.isAsleep = false
            return (result, ring)
        }
        if ring { poller.ring() }
        return result
    }

    private func run() -> Never {
        routeros_set_current(Unmanaged.passUnretained(self).toOpaque())
        // Two arrays by turns, so that a busy loop allocates none.
        var work: [Work] = []
        while true {
            runReady(&work)
            let timeout = state.withLock { state -> Int32 in
                guard state.work.isEmpty, state.endOfTurn.isEmpty else { return 0 }
                state.isAsleep = true
                return state.timers.millisecondsToNext(from: now)
            }
            poller.wait(timeout) { dispatch($0, $1) }
            state.withLock { $0.isAsleep = false }
        }
    }

    /// Runs due timers and jobs, and then the end of the turn.
    ///
    /// Work that these produced puts the end of the turn off by one round and no more, so that tasks that keep the loop
    /// busy cannot keep others from writing.
    private func runReady(_ work: inout [Work]) {
        let due = state.withLock { state in
            swap(&work, &state.work)
            return state.timers.isEmpty ? [] : state.timers.removeDue(now)
        }
        for timer in due { timer() }
        let executor = asUnownedSerialExecutor()
        for item in work {
            switch item {
            case .actorJob(let job): job.runSynchronously(on: executor)
            case .taskJob(let job, let executor): job.runSynchronously(on: executor)
            case .closure(let closure): closure()
            }
        }
        work.removeAll(keepingCapacity: work.capacity <= 4_096)
        let endOfTurn = state.withLock { state -> [@Sendable () -> Void] in
            let isLast = state.work.isEmpty
            // A turn with nothing at its end is not put off: the next one has its round still to come.
            guard state.endOfTurn.isEmpty || isLast || state.hasExtendedTurn else {
                state.hasExtendedTurn = true
                return []
            }
            state.hasExtendedTurn = false
            let taken = state.endOfTurn
            state.endOfTurn = []
            return taken
        }
        for closure in endOfTurn { closure() }
    }

    private func dispatch(_ token: UInt64, _ readiness: Readiness) {
        let slot = Int(token >> 32)
        let generation = UInt32(truncatingIfNeeded: token)
        let callback = state.withLock { state in
            state.watches[slot].generation == generation ? state.watches[slot].callback : nil
        }
        callback?(readiness)
    }
}
