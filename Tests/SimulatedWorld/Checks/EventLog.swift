import BillingPersistence
import Synchronization

/// What happened in a world, as one number, and its lines as text where they are kept.
package final class EventLog: Sendable {
    fileprivate struct State {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var lines: [String] = []
    }

    private let executor: SeededExecutor
    private let keepsLines: Bool
    private let state = Mutex(State())

    init(_ executor: SeededExecutor, keepsLines: Bool) {
        self.executor = executor
        self.keepsLines = keepsLines
    }

    /// The same for two worlds in which the same happened at the same times.
    package var hash: UInt64 { state.withLock { $0.hash } }
    package var lines: [String] { state.withLock { $0.lines } }

    func note(_ kind: StaticString, _ who: String, _ bytes: [UInt8] = []) {
        let (now, steps) = executor.place
        state.withLock { state in
            state.begin(now, steps, who)
            state.mix(bytes)
        }
        guard keepsLines else { return }
        keep(now, kind, who, bytes.isEmpty ? "" : Self.text(bytes))
    }

    func note(_ kind: StaticString, _ table: String, _ id: StoreValue?) {
        let (now, steps) = executor.place
        state.withLock { state in
            state.begin(now, steps, table)
            guard case .identity(let high, let low) = id else { return }
            state.mix(high)
            state.mix(low)
        }
        guard keepsLines else { return }
        keep(now, kind, table, id.map { "\($0)" } ?? "")
    }

    private func keep(_ now: Duration, _ kind: StaticString, _ who: String, _ text: String) {
        let milliseconds = String(now.nanosecondsOfWorld / 1_000_000 % 1_000 + 1_000).dropFirst()
        state.withLock {
            $0.lines.append("\(now.components.seconds).\(milliseconds) \(kind) \(who) \(text)")
        }
    }

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.map { (32..<127).contains($0) ? $0 : UInt8(ascii: " ") }, as: UTF8.self)
    }
}

extension EventLog.State {
    fileprivate mutating func begin(_ now: Duration, _ steps: Int, _ who: String) {
        mix(UInt64(truncatingIfNeeded: now.nanosecondsOfWorld))
        mix(UInt64(truncatingIfNeeded: steps))
        for byte in who.utf8 { mix(byte) }
    }

    /// Eight at a time: most of what is noted is what goes over the wire.
    fileprivate mutating func mix(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            var place = 0
            while place + 8 <= bytes.count {
                mix(bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self).littleEndian)
                place += 8
            }
            for byte in bytes[place...] { mix(byte) }
        }
    }

    fileprivate mutating func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    fileprivate mutating func mix(_ word: UInt64) { hash = ((hash ^ word) &* 0x9E37_79B9_7F4A_7C15) ^ (hash >> 29) }
}

extension Duration {
    /// The whole nanoseconds.
    var nanosecondsOfWorld: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
