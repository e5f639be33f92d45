import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Waits with poll(2).
final class PollPoller: Poller {
    private struct Watch {
        var token: UInt64
        var interest: Readiness
    }

    private let bell = Bell()
    private let watches = Mutex<[Int32: Watch]>([:])

    func add(_ descriptor: Int32, token: UInt64, for interest: Readiness) throws(SocketError) {
        watches.withLock { $0[descriptor] = Watch(token: token, interest: interest) }
        // A wait that has begun does not know the socket.
        bell.ring()
    }

    func change(_ descriptor: Int32, token: UInt64, to interest: Readiness) {
        watches.withLock { $0[descriptor] = Watch(token: token, interest: interest) }
        bell.ring()
    }

    func remove(_ descriptor: Int32) {
        _ = watches.withLock { $0.removeValue(forKey: descriptor) }
        bell.ring()
    }

    func wait(_ milliseconds: Int32, _ report: (UInt64, Readiness) -> Void) {
        let watched = watches.withLock { $0 }
        var tokens: [UInt64] = []
        var polled = [pollfd(fd: bell.hearing, events: Int16(POLLIN), revents: 0)]
        for (descriptor, watch) in watched {
            tokens.append(watch.token)
            polled.append(pollfd(fd: descriptor, events: watch.interest.events, revents: 0))
        }
        guard poll(&polled, nfds_t(polled.count), milliseconds) > 0 else { return }
        if polled[0].revents != 0 { bell.silence() }
        for (socket, token) in zip(polled.dropFirst(), tokens) where socket.revents != 0 {
            report(token, Readiness(socket.revents))
        }
    }

    func ring() { bell.ring() }
}

extension Readiness {
    fileprivate init(_ events: Int16) {
        self = []
        if events & Int16(POLLIN) != 0 { insert(.read) }
        if events & Int16(POLLOUT) != 0 { insert(.write) }
        if events & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { insert(.hangUp) }
    }

    fileprivate var events: Int16 {
        (contains(.read) ? Int16(POLLIN) : 0) | (contains(.write) ? Int16(POLLOUT) : 0)
    }
}
