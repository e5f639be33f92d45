import Glibc
import Synchronization

@testable import RouterOSClient

/// Closes sockets whose events are on their way and opens new ones in their place, again and again.
///
/// The new ones have the old ones' numbers and nothing to say: whatever they are told was meant for the dead.
final class Reopening: Sendable {
    private struct Pair {
        let watched: Int32
        let other: Int32
        let registration: EventLoop.Registration
    }

    private struct State {
        var pairs: [Pair] = []
        var rounds: Int
        var misdelivered = 0
        var isRoundOver = false
    }

    private static let width = 4

    private let loop: EventLoop
    private let state: Mutex<State>
    private let done: @Sendable (Int) -> Void

    /// Goes through `rounds` of four sockets each; `done` hears how many events went to the wrong one.
    init(_ loop: EventLoop, rounds: Int, done: @escaping @Sendable (Int) -> Void) {
        self.loop = loop
        self.done = done
        state = Mutex(State(rounds: rounds))
    }

    /// Begins a round, on the loop.
    func next() {
        let isDone = state.withLock { state in
            state.rounds -= 1
            state.isRoundOver = false
            return state.rounds < 0
        }
        guard !isDone else { return done(state.withLock { $0.misdelivered }) }
        open { [self] in endRound() }
        for pair in state.withLock({ $0.pairs }) { _ = write(pair.other, "!", 1) }
    }

    /// The first of the round's sockets to hear puts all of them away, whose events are in the same batch.
    private func endRound() {
        state.withLock { state in
            if state.isRoundOver { state.misdelivered += 1 }
            state.isRoundOver = true
        }
        close()
        open { [self] in state.withLock { $0.misdelivered += 1 } }
        // Behind the rest of the batch.
        loop.execute { [self] in
            close()
            next()
        }
    }

    private func open(_ hear: @escaping @Sendable () -> Void) {
        for _ in 0..<Self.width {
            var ends: [Int32] = [-1, -1]
            guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0, &ends) == 0,
                let registration = try? loop.register(ends[0], for: .read, { _ in hear() })
            else {
                state.withLock { $0.misdelivered += 1 }
                continue
            }
            state.withLock {
                $0.pairs.append(Pair(watched: ends[0], other: ends[1], registration: registration))
            }
        }
    }

    private func close() {
        let pairs = state.withLock { state in
            defer { state.pairs = [] }
            return state.pairs
        }
        for pair in pairs {
            loop.unregister(pair.registration, descriptor: pair.watched)
            Glibc.close(pair.watched)
            Glibc.close(pair.other)
        }
    }
}
