import ConnectionPool
import Synchronization

/// A number that many tasks count up.
final class Counter: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    func increment() { count.add(1, ordering: .relaxed) }
}

/// Random numbers for many tasks.
final class Dice: Sendable {
    private let source: Mutex<JitterSource>

    init(seed: UInt64) { source = Mutex(JitterSource(seed: seed)) }

    func roll(_ sides: UInt64) -> UInt64 { source.withLock { $0.next() % sides } }
}
