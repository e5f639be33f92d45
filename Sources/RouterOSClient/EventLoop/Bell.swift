internal import CRouterOSSystem

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Wakes a thread that waits for sockets.
struct Bell: ~Copyable, Sendable {
    /// What the thread waits for, among its sockets.
    let hearing: Int32
    private let ringing: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        let status = routeros_bell(&ends)
        precondition(status == 0, "no file descriptors are left for an event loop; raise the limit (ulimit -n)")
        (hearing, ringing) = (ends[0], ends[1])
    }

    deinit {
        close(hearing)
        if ringing != hearing { close(ringing) }
    }

    /// Wakes the thread, now or when it waits next.
    func ring() {
        var one: UInt64 = 1
        _ = write(ringing, &one, 8)
    }

    /// Takes note of all rings so far.
    func silence() {
        var rings: UInt64 = 0
        while read(hearing, &rings, 8) == 8, ringing != hearing {}
    }
}
