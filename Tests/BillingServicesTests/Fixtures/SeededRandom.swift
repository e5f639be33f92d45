import Synchronization
import TestSupport

/// Bytes that look random and are the same for the same seed, and that can be made to fail at a chosen draw.
final class SeededRandom: Sendable {
    struct Failure: Error {}

    private struct State {
        var generator: SplitMix64
        var drawsLeft: Int?
    }

    private let state: Mutex<State>

    init(seed: UInt64) {
        state = Mutex(State(generator: SplitMix64(seed: seed), drawsLeft: nil))
    }

    /// Begins the sequence of another seed.
    func reseed(_ seed: UInt64) {
        state.withLock { $0.generator = SplitMix64(seed: seed) }
    }

    /// Lets `draws` more draws succeed and fails all later ones; nil lets all succeed.
    func fail(after draws: Int?) {
        state.withLock { $0.drawsLeft = draws }
    }

    func bytes(_ count: Int) throws -> [UInt8] {
        try state.withLock { state in
            if let left = state.drawsLeft {
                guard left > 0 else { throw Failure() }
                state.drawsLeft = left - 1
            }
            return (0..<count).map { _ in UInt8(truncatingIfNeeded: state.generator.next()) }
        }
    }

    /// Eight letters and digits that no other has.
    func word() throws -> String {
        String(try bytes(8).map { Character(Unicode.Scalar($0 % 26 + UInt8(ascii: "a"))) })
    }
}
