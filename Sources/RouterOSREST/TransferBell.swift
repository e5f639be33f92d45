#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Wakes the thread that waits for sockets.
final class TransferBell: Sendable {
    /// What the thread waits for, among its sockets.
    let hearing: Int32
    private let ringing: Int32

    /// Nil when no file descriptors are left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (hearing, ringing) = (ends[0], ends[1])
    }

    deinit {
        close(hearing)
        close(ringing)
    }

    /// Wakes the thread, now or when it waits next.
    func ring() {
        var byte: UInt8 = 1
        // A full pipe rings already.
        _ = write(ringing, &byte, 1)
    }

    /// Takes note of all rings so far.
    func silence() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(hearing, &bytes, bytes.count) > 0 {}
    }
}
