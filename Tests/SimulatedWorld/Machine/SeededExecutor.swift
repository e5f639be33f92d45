import Synchronization
import TestSupport

/// One thread for a whole world: which job goes on is drawn from a seed, and time jumps to the next timer when no job can.
///
/// Tasks reach it through a ``SimulatedProcess``. Nothing happens but in ``run(until:)``, on the thread that calls it, so a
/// world is the same in every detail whenever it is made of the same seed.
package final class SeededExecutor: Sendable {
    fileprivate struct Ready {
        let process: SimulatedProcess
        let job: UnownedJob
    }

    fileprivate struct Timer {
        let due: Duration
        let number: UInt64
        let action: @Sendable () -> Void

        func isBefore(_ other: Timer) -> Bool { (due, number) < (other.due, other.number) }
    }

    fileprivate struct State {
        var now = Duration.zero
        var random: SplitMix64
        var ready: [Ready] = []
        /// A binary heap.
        var timers: [Timer] = []
        var lastTimer: UInt64 = 0
        var steps = 0
    }

    fileprivate enum Next {
        case job(Ready)
        case timer(Timer)
        case nothing
    }

    private let state: Mutex<State>

    package init(seed: UInt64) { state = Mutex(State(random: SplitMix64(seed: seed))) }

    /// The time since the beginning of the world.
    package var now: Duration { state.withLock { $0.now } }

    /// How many jobs have run.
    package var steps: Int { state.withLock { $0.steps } }

    /// The time, and how many jobs have run.
    var place: (now: Duration, steps: Int) { state.withLock { ($0.now, $0.steps) } }

    /// Does something when a time has passed, behind every job that is ready then.
    package func after(_ delay: Duration, _ action: @escaping @Sendable () -> Void) {
        state.withLock { state in
            state.lastTimer += 1
            state.push(Timer(due: state.now + max(.zero, delay), number: state.lastTimer, action: action))
        }
    }

    func enqueue(_ job: UnownedJob, for process: SimulatedProcess) {
        state.withLock { $0.ready.append(Ready(process: process, job: job)) }
    }

    /// Lets the world go on up to an instant, or until `isOver`, asked before every step, says that it is enough.
    package func run(until end: Duration, unless isOver: () -> Bool = { false }) {
        while !isOver() {
            switch state.withLock({ $0.next(before: end) }) {
            case .job(let ready): ready.job.runSynchronously(on: ready.process.asUnownedTaskExecutor())
            case .timer(let timer): timer.action()
            case .nothing: return
            }
        }
    }
}

extension SeededExecutor.State {
    fileprivate mutating func next(before end: Duration) -> SeededExecutor.Next {
        // A process that stands still keeps its jobs.
        let count = ready.count { !$0.process.isPaused }
        if count > 0 {
            var left = count == 1 ? 0 : Int(random.next() % UInt64(count))
            for index in ready.indices where !ready[index].process.isPaused {
                guard left == 0 else {
                    left -= 1
                    continue
                }
                steps += 1
                return .job(ready.remove(at: index))
            }
        }
        guard let first = timers.first, first.due <= end else {
            now = max(now, end)
            return .nothing
        }
        now = max(now, first.due)
        return .timer(pop())
    }

    fileprivate mutating func push(_ timer: SeededExecutor.Timer) {
        timers.append(timer)
        var child = timers.count - 1
        while child > 0, timers[child].isBefore(timers[(child - 1) / 2]) {
            timers.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func pop() -> SeededExecutor.Timer {
        timers.swapAt(0, timers.count - 1)
        let first = timers.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < timers.count && timers[child].isBefore(timers[least]) { least = child }
            guard least != parent else { return first }
            timers.swapAt(parent, least)
            parent = least
        }
    }
}
