import Synchronization
import TestSupport

/// Random numbers of one part of a world: what one part draws changes nothing for the others.
package final class Chance: Sendable {
    private let source: Mutex<SplitMix64>

    /// The numbers of a part of the world of `seed`.
    package init(seed: UInt64, part: UInt64) {
        var mixer = SplitMix64(seed: seed ^ (part &* 0xA076_1D64_78BD_642F))
        source = Mutex(SplitMix64(seed: mixer.next()))
    }

    package func bits() -> UInt64 { source.withLock { $0.next() } }

    package func index(below count: Int) -> Int { count < 2 ? 0 : Int(bits() % UInt64(count)) }

    package func number(_ range: ClosedRange<Int>) -> Int { range.lowerBound + index(below: range.count) }

    /// True once in so many times, and never for zero.
    package func once(in count: Int) -> Bool { count > 0 && index(below: count) == 0 }

    package func time(_ range: ClosedRange<Duration>) -> Duration {
        let span = (range.upperBound - range.lowerBound) / .microseconds(1)
        return range.lowerBound + .microseconds(Int64(Double(bits() >> 11) / Double(1 << 53 as UInt64) * span))
    }

    package func element<Element>(of elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[index(below: elements.count)]
    }

    package func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: bits()) } }
}
