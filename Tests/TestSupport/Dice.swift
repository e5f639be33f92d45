import Synchronization

/// Random numbers for many tasks.
package final class Dice: Sendable {
    private let source: Mutex<SplitMix64>

    package init(seed: UInt64) { source = Mutex(SplitMix64(seed: seed)) }

    package func roll(_ sides: UInt64) -> UInt64 { source.withLock { $0.next() % sides } }
}
