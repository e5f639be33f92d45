package import ConnectionPool
import OpenSSLSupport
import Synchronization

/// Computes handshakes of TLS on threads of its own, a bounded number of them, so that the connections of an event loop do
/// not wait for what one router makes its client compute: a Diffie-Hellman group as long as it likes, a chain of
/// certificates, files of the system's authorities.
///
/// Routers in good standing and doubtful ones stand in lines of their own, which are served by turns: what those in trouble
/// make us compute takes half of the threads' time at the most while others wait. The threads end when there is nothing left
/// to compute.
package final class HandshakeThreads: Sendable {
    package typealias Standing = HandshakeLimiter.Standing
    typealias Work = @Sendable () -> Void

    private struct State {
        var good: [Work] = []
        var doubtful: [Work] = []
        /// Whose line is served first when both wait.
        var next = Standing.good
        var threads = 0

        mutating func takeNext() -> Work? {
            guard let line = good.isEmpty ? (doubtful.isEmpty ? nil : .doubtful) : doubtful.isEmpty ? .good : next
            else { return nil }
            next = line.other
            return line == .good ? good.removeFirst() : doubtful.removeFirst()
        }
    }

    /// As many as there are on the smallest machines: more would only take processors from the loops.
    package static let shared = HandshakeThreads(maximum: 2)

    private let maximum: Int
    private let start: @Sendable (@escaping Work) -> Bool
    private let state = Mutex(State())

    /// At most `maximum` threads at a time, one at least.
    package convenience init(maximum: Int) { self.init(maximum: maximum, startingWith: DetachedThread.run) }

    /// `start` runs what it is given on a new thread, or returns false.
    init(maximum: Int, startingWith start: @escaping @Sendable (@escaping Work) -> Bool) {
        self.maximum = max(1, maximum)
        self.start = start
    }

    /// How much waits for a thread.
    var waiting: Int { state.withLock { $0.good.count + $0.doubtful.count } }

    /// Runs `work` on one of the threads, what was handed over earlier for peers of the same standing first; at once and here
    /// when the system gives no thread at all.
    func run(_ standing: Standing = .good, _ work: @escaping Work) {
        let needsThread = state.withLock { state in
            if standing == .good { state.good.append(work) } else { state.doubtful.append(work) }
            guard state.threads < maximum else { return false }
            state.threads += 1
            return true
        }
        guard needsThread, !start({ self.work() }) else { return }
        let isAlone = state.withLock { state in
            guard state.threads > 1 else { return true }
            // The threads that there are will come to it.
            state.threads -= 1
            return false
        }
        if isAlone { self.work() }
    }

    /// Does what the first connection to such a peer would have to wait for, unless it was done before.
    ///
    /// Not on the caller's thread, which may be a loop's: the system's authorities are read from the disk.
    func prepare(_ client: TLSClient, for identity: TLSIdentity) async throws(TLSError) {
        guard !client.isPrepared(for: identity) else { return }
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<Void, TLSError>, Never>) in
            run {
                continuation.resume(returning: Result { () throws(TLSError) in try client.prepare(for: identity) })
            }
        }
        try result.get()
    }

    private func work() {
        while true {
            let next = state.withLock { state -> Work? in
                let next = state.takeNext()
                if next == nil { state.threads -= 1 }
                return next
            }
            guard let next else { return }
            next()
        }
    }
}
