internal import CRouterOSLinux
import Glibc
import Synchronization

/// One thread that waits for sockets and timers with epoll and runs the actors bound to it.
///
/// The loop is a `SerialExecutor`: an actor that names it as its executor runs on the loop's thread, so that bytes go from
/// the socket to the actor without a hop between threads. What runs on the loop must not block.
///
/// All members may be called from any thread. Callbacks of sockets and timers run on the loop's thread.
package final class EventLoop: SerialExecutor {
    /// What a socket is ready for.
    package struct Readiness: OptionSet, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let read = Readiness(rawValue: 1)
        package static let write = Readiness(rawValue: 2)
        /// The peer is gone or the socket failed.
        package static let hangUp = Readiness(rawValue: 4)
    }

    /// A socket the loop watches; the generation tells a socket from an earlier one with the same number.
    package struct Registration: Sendable, Hashable {
        fileprivate let slot: UInt32
        fileprivate let generation: UInt32
    }

    /// A timer that has not fired.
    package struct Timer: Sendable, Hashable {
        fileprivate let number: UInt64
    }

    private struct Watch {
        var generation: UInt32 = 0
        var descriptor: Int32 = -1
        var callback: (@Sendable (Readiness) -> Void)?
    }

    private struct State {
        var jobs: [UnownedJob] = []
        var closures: [@Sendable () -> Void] = []
        var endOfTurn: [@Sendable () -> Void] = []
        var watches: [Watch] = []
        var freeSlots: [UInt32] = []
        var timers = TimerHeap()
        var isAsleep = false
        var hasExtendedTurn = false
    }

    private let state = Mutex(State())
    private let poller: Int32
    private let bell: Int32
    private let thread = Mutex<pthread_t?>(nil)

    /// The loop that connections run on unless they are given another; lives as long as the process.
    package static let shared = EventLoop()

    /// Starts a loop with a thread of its own, which runs until the process ends.
    package init() {
        poller = epoll_create1(Int32(EPOLL_CLOEXEC))
        bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        // Without these the process can reach no router at all; there is nobody to report it to.
        precondition(
            poller >= 0 && bell >= 0,
            "no file descriptors are left for an event loop; raise the limit (ulimit -n)"
        )
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: .max))
        epoll_ctl(poller, EPOLL_CTL_ADD, bell, &event)
        var identifier = pthread_t()
        let context = Unmanaged.passRetained(self).toOpaque()
        let status = pthread_create(
            &identifier,
            nil,
            { context in
                guard let context else { return nil }
                Unmanaged<EventLoop>.fromOpaque(context).takeRetainedValue().run()
            },
            context
        )
        precondition(status == 0, "no thread can be started for an event loop; raise the limit (ulimit -u)")
    }

    // MARK: Executor

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        wake { $0.jobs.append(job) }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    package func checkIsolated() {
        precondition(isOnLoop, "code of an event loop's actor runs on another thread")
    }

    package func isIsolatingCurrentContext() -> Bool? { isOnLoop }

    /// Whether the calling thread is the loop's own.
    package var isOnLoop: Bool {
        thread.withLock { thread in
            guard let thread else { return false }
            return pthread_equal(thread, pthread_self()) != 0
        }
    }

    /// Runs `work` on the loop's thread, soon and after all other work handed over by this function before.
    package func execute(_ work: @escaping @Sendable () -> Void) {
        wake { $0.closures.append(work) }
    }

    /// Runs `work` on the loop's thread when all jobs at hand are done and before the loop sleeps: the moment to write
    /// what those jobs produced in one go.
    package func atEndOfTurn(_ work: @escaping @Sendable () -> Void) {
        wake { $0.endOfTurn.append(work) }
    }

    // MARK: Timers

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

    /// Watches a socket for reading, and for writing when asked; `callback` runs as long as it is ready.
    ///
    /// - Throws: ``SocketError`` when the system cannot watch it.
    package func register(
        _ descriptor: Int32,
        writing: Bool,
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
            state.watches[Int(slot)].descriptor = descriptor
            state.watches[Int(slot)].callback = callback
            return Registration(slot: slot, generation: state.watches[Int(slot)].generation)
        }
        guard control(EPOLL_CTL_ADD, descriptor, registration, writing: writing) else {
            let error = SocketError(errno)
            release(registration)
            throw error
        }
        return registration
    }

    /// Changes whether a socket is watched for writing.
    package func update(_ registration: Registration, descriptor: Int32, writing: Bool) {
        _ = control(EPOLL_CTL_MOD, descriptor, registration, writing: writing)
    }

    /// Stops watching a socket; call before it is closed.
    ///
    /// No callback begins after this returns, on the loop's thread.
    package func unregister(_ registration: Registration, descriptor: Int32) {
        epoll_ctl(poller, EPOLL_CTL_DEL, descriptor, nil)
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

    private func control(_ operation: Int32, _ descriptor: Int32, _ registration: Registration, writing: Bool) -> Bool {
        let interest = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | (writing ? EPOLLOUT.rawValue : 0)
        let token = UInt64(registration.slot) << 32 | UInt64(registration.generation)
        var event = epoll_event(events: interest, data: epoll_data_t(u64: token))
        return epoll_ctl(poller, operation, descriptor, &event) == 0
    }

    // MARK: The thread

    private func wake<Result: Sendable>(_ change: (inout sending State) -> Result) -> Result {
        let (result, ring) = state.withLock { state in
            let result = change(&state)
            let ring = state.isAsleep
            state.isAsleep = false
            return (result, ring)
        }
        if ring {
            var one: UInt64 = 1
            _ = write(bell, &one, 8)
        }
        return result
    }

    private func run() -> Never {
        thread.withLock { $0 = pthread_self() }
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        while true {
            runReady()
            let timeout = state.withLock { state -> Int32 in
                guard state.jobs.isEmpty, state.closures.isEmpty, state.endOfTurn.isEmpty else { return 0 }
                state.isAsleep = true
                return state.timers.millisecondsToNext(from: .now)
            }
            let count = epoll_wait(poller, &events, Int32(events.count), timeout)
            state.withLock { $0.isAsleep = false }
            for index in 0..<max(0, Int(count)) { dispatch(events[index]) }
        }
    }

    /// Runs jobs and due timers, and then the end of the turn.
    ///
    /// Work that these produced puts the end of the turn off by one round and no more, so that tasks that keep the loop
    /// busy cannot keep others from writing.
    private func runReady() {
        let executor = asUnownedSerialExecutor()
        let (jobs, closures) = state.withLock { state in
            let due = state.timers.removeDue(.now)
            let taken = (state.jobs, state.closures + due)
            state.jobs = []
            state.closures = []
            return taken
        }
        for closure in closures { closure() }
        for job in jobs { job.runSynchronously(on: executor) }
        let endOfTurn = state.withLock { state -> [@Sendable () -> Void] in
            let isLast = state.jobs.isEmpty && state.closures.isEmpty
            guard isLast || state.hasExtendedTurn else {
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

    private func dispatch(_ event: epoll_event) {
        let token = event.data.u64
        guard token != .max else {
            var count: UInt64 = 0
            _ = read(bell, &count, 8)
            return
        }
        let slot = Int(token >> 32)
        let generation = UInt32(truncatingIfNeeded: token)
        let callback = state.withLock { state in
            state.watches[slot].generation == generation ? state.watches[slot].callback : nil
        }
        var readiness: Readiness = []
        if event.events & EPOLLIN.rawValue != 0 { readiness.insert(.read) }
        if event.events & EPOLLOUT.rawValue != 0 { readiness.insert(.write) }
        if event.events & (EPOLLHUP.rawValue | EPOLLERR.rawValue | EPOLLRDHUP.rawValue) != 0 {
            readiness.insert(.hangUp)
        }
        callback?(readiness)
    }
}
