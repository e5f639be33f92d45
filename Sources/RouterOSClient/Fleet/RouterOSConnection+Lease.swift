import RouterOSProtocol

extension RouterOSConnection {
    /// Whether anything has come from the router since `moment`; a connection that was opened since counts.
    func heard(since moment: ContinuousClock.Instant) -> Bool { lastHeard >= moment }

    /// Calls `body` when the connection has ended, whoever ended it; at once when it has.
    ///
    /// On the event loop: must return soon.
    package func whenEnded(_ body: @escaping @Sendable () -> Void) {
        if session.isClosed { body() } else { endings.append(body) }
    }
}
