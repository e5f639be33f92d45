#if os(Linux)
internal import CRouterOSSystem
import Glibc
import Synchronization

/// Waits with epoll.
final class EpollPoller: Poller {
    private static let bellToken = UInt64.max

    private let epoll: Int32
    private let bell: Bell
    /// Used by the thread that waits alone; a lock costs it nothing.
    private let events = Mutex([epoll_event](repeating: epoll_event(), count: 256))

    init() {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        // Without these the process can reach no router at all; there is nobody to report it to.
        precondition(epoll >= 0, "no file descriptors are left for an event loop; raise the limit (ulimit -n)")
        bell = Bell()
        _ = control(EPOLL_CTL_ADD, bell.hearing, Self.bellToken, .read)
    }

    deinit { close(epoll) }

    func add(_ descriptor: Int32, token: UInt64, for interest: Readiness) throws(SocketError) {
        guard control(EPOLL_CTL_ADD, descriptor, token, interest) else { throw SocketError(errno) }
    }

    func change(_ descriptor: Int32, token: UInt64, to interest: Readiness) {
        _ = control(EPOLL_CTL_MOD, descriptor, token, interest)
    }

    func remove(_ descriptor: Int32) { epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, nil) }

    func wait(_ milliseconds: Int32, _ report: (UInt64, Readiness) -> Void) {
        events.withLock { events in
            let count = epoll_wait(epoll, &events, Int32(events.count), milliseconds)
            for event in events.prefix(max(0, Int(count))) {
                if event.data.u64 == Self.bellToken {
                    bell.silence()
                } else {
                    report(event.data.u64, Readiness(event.events))
                }
            }
        }
    }

    func ring() { bell.ring() }

    private func control(_ operation: Int32, _ descriptor: Int32, _ token: UInt64, _ interest: Readiness) -> Bool {
        var wanted: UInt32 = 0
        // The end of the peer's stream is for readers only: a reader that pauses must not be told of it again and again.
        if interest.contains(.read) { wanted |= EPOLLIN.rawValue | EPOLLRDHUP.rawValue }
        if interest.contains(.write) { wanted |= EPOLLOUT.rawValue }
        var event = epoll_event(events: wanted, data: epoll_data_t(u64: token))
        return epoll_ctl(epoll, operation, descriptor, &event) == 0
    }
}

extension Readiness {
    fileprivate init(_ events: UInt32) {
        self = []
        if events & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue) != 0 { insert(.read) }
        if events & EPOLLOUT.rawValue != 0 { insert(.write) }
        if events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 { insert(.hangUp) }
    }
}
#endif
