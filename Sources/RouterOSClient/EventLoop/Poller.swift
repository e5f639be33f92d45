/// The system's way of waiting for many sockets at once.
///
/// A socket is told by a token, not by its number, which the next socket may get. All but ``wait(_:_:)`` may be called from
/// any thread.
protocol Poller: Sendable {
    /// Begins to watch a socket.
    ///
    /// - Throws: ``SocketError`` when the system does not.
    func add(_ descriptor: Int32, token: UInt64, for interest: Readiness) throws(SocketError)

    /// Changes what a socket is watched for.
    func change(_ descriptor: Int32, token: UInt64, to interest: Readiness)

    /// Stops watching a socket; before it is closed.
    func remove(_ descriptor: Int32)

    /// Waits until a socket is ready, the bell rings or time is up, and reports every socket that is ready, as long as it is.
    ///
    /// - Parameters:
    ///   - milliseconds: how long to wait, −1 for ever.
    ///   - report: what is ready, by token.
    func wait(_ milliseconds: Int32, _ report: (UInt64, Readiness) -> Void)

    /// Ends the present or the next wait.
    func ring()
}

/// Which poller a loop has.
package enum PollerKind: Sendable, CaseIterable {
    #if os(Linux)
    /// Linux's epoll: its cost does not grow with the sockets that are quiet.
    case epoll
    #endif
    /// POSIX's poll, for systems without epoll: its cost grows with all sockets.
    case poll

    /// The best that the system has.
    package static var best: PollerKind { allCases[0] }

    func make() -> any Poller {
        switch self {
        #if os(Linux)
        case .epoll: EpollPoller()
        #endif
        case .poll: PollPoller()
        }
    }
}
