import Glibc
import Synchronization

/// Signals that would end the program, as bytes to read instead, for as long as this stands; one at a time.
///
/// Those that are ignored already, as under `nohup`, stay so.
struct SignalPipe: ~Copyable {
    /// Has a byte for each signal: its number.
    let hearing: Int32
    private let ringing: Int32
    private var former: [(number: Int32, action: sigaction)] = []

    /// Where the handler writes to.
    private static let target = Atomic<Int32>(-1)

    /// - Throws: ``Problem`` when no file descriptors are left.
    init(_ numbers: [Int32] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]) throws(Problem) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Problem(.failure, "no file descriptors are left to ask for the password") }
        (hearing, ringing) = (ends[0], ends[1])
        Self.target.store(ringing, ordering: .sequentiallyConsistent)
        for number in numbers {
            var before = sigaction()
            guard sigaction(number, nil, &before) == 0, !Self.isIgnored(before) else { continue }
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { number in
                let error = errno
                var byte = UInt8(truncatingIfNeeded: number)
                _ = write(SignalPipe.target.load(ordering: .sequentiallyConsistent), &byte, 1)
                errno = error
            }
            action.sa_flags = SA_RESTART
            if sigaction(number, &action, nil) == 0 { former.append((number, before)) }
        }
    }

    deinit {
        for (number, action) in former {
            var action = action
            sigaction(number, &action, nil)
        }
        Self.target.store(-1, ordering: .sequentiallyConsistent)
        close(hearing)
        close(ringing)
    }

    private static func isIgnored(_ action: sigaction) -> Bool {
        unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
