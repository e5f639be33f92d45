import Synchronization

/// What happened in a world, as one number, and its last lines as text.
package final class EventLog: Sendable {
    fileprivate struct State {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var count = 0
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
    package var count: Int { state.withLock { $0.count } }
    package var lines: [String] { state.withLock { $0.lines } }

    func note(_ kind: StaticString, _ who: String, _ bytes: [UInt8] = []) {
        let now = executor.now
        let steps = executor.steps
        state.withLock { state in
            state.count += 1
            state.mix(UInt64(truncatingIfNeeded: now.nanosecondsOfWorld))
            state.mix(UInt64(truncatingIfNeeded: steps))
            for byte in who.utf8 { state.mix(byte) }
            for byte in bytes { state.mix(byte) }
        }
        guard keepsLines else { return }
        let text = bytes.isEmpty ? "" : " " + Self.text(bytes)
        state.withLock {
            $0.lines.append(
                "\(now.components.seconds).\(now.nanosecondsOfWorld / 1_000_000 % 1_000) \(kind) \(who)\(text)"
            )
        }
    }

    func note(_ kind: StaticString, _ text: String) { note(kind, text, []) }

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.map { (32..<127).contains($0) ? $0 : UInt8(ascii: " ") }, as: UTF8.self)
    }
}

extension EventLog.State {
    fileprivate mutating func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

    fileprivate mutating func mix(_ word: UInt64) { hash = ((hash ^ word) &* 0x9E37_79B9_7F4A_7C15) ^ (hash >> 29) }
}

extension Duration {
    /// The whole nanoseconds.
    var nanosecondsOfWorld: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
