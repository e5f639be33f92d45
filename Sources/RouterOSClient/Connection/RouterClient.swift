import Synchronization

/// A router to come back to: connects when it is needed, keeps the connection, and connects again when it was lost.
///
/// ```swift
/// let client = RouterClient("10.10.0.2", as: .user("api", password: secret))
/// try await client.with { router in try await router.get(SystemResource.self).uptime }
/// ```
///
/// All callers share one connection; commands do not wait for each other on it. Nothing runs in the background. Safe to
/// use from any task.
public final class RouterClient: Sendable {
    private enum State {
        case idle
        /// An attempt and how many callers wait for it.
        case connecting(Task<RouterOSConnection, any Error>, callers: Int)
        case connected(RouterOSConnection)
    }

    private let host: String
    private let port: UInt16
    private let credentials: Credentials
    private let configuration: ConnectionConfiguration
    private let state = Mutex(State.idle)

    /// Names a router; nothing is sent yet.
    public init(
        _ host: String,
        port: UInt16 = 8_728,
        as credentials: Credentials,
        configuration: ConnectionConfiguration = ConnectionConfiguration()
    ) {
        self.host = host
        self.port = port
        self.credentials = credentials
        self.configuration = configuration
    }

    /// Runs `body` with an open connection, which others may use at the same time.
    ///
    /// `body` is run once: what it began when a connection is lost may have taken effect, and only `body` knows whether
    /// that may be repeated.
    ///
    /// - Throws: ``RouterOSError`` as ``RouterOSConnection/connect(_:port:as:configuration:)`` does, or what `body` throws.
    public func with<Result>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (RouterOSConnection) async throws -> sending Result
    ) async throws -> sending Result {
        try await body(connection())
    }

    /// Ends the connection; the next use connects again.
    public func close() async {
        let previous = state.withLock { state in
            let previous = state
            state = .idle
            return previous
        }
        switch previous {
        case .idle: return
        case .connecting(let task, _):
            task.cancel()
            await (try? task.value)?.close()
        case .connected(let connection): await connection.close()
        }
    }

    private func connection() async throws -> RouterOSConnection {
        while true {
            let current = state.withLock { state in
                switch state {
                case .idle:
                    let attempt = Task { [host, port, credentials, configuration] in
                        try await RouterOSConnection.connect(
                            host,
                            port: port,
                            as: credentials,
                            configuration: configuration
                        )
                    }
                    state = .connecting(attempt, callers: 1)
                case .connecting(let attempt, let callers):
                    state = .connecting(attempt, callers: callers + 1)
                case .connected:
                    break
                }
                return state
            }
            switch current {
            case .idle:
                continue
            case .connected(let connection):
                if await connection.isOpen { return connection }
                forget(connection)
            case .connecting(let attempt, _):
                // Callers wait for the same attempt; it is given up when the last of them is cancelled.
                let result = await withTaskCancellationHandler {
                    await attempt.result
                } onCancel: {
                    leave(attempt)
                }
                state.withLock { state in
                    guard case .connecting(let latest, _) = state, latest == attempt else { return }
                    if case .success(let connection) = result { state = .connected(connection) } else { state = .idle }
                }
                try Task.checkCancellation()
                return try result.get()
            }
        }
    }

    private func leave(_ attempt: Task<RouterOSConnection, any Error>) {
        let isLast = state.withLock { state -> Bool in
            guard case .connecting(attempt, let callers) = state else { return false }
            state = .connecting(attempt, callers: callers - 1)
            return callers == 1
        }
        if isLast { attempt.cancel() }
    }

    private func forget(_ connection: RouterOSConnection) {
        state.withLock { state in
            if case .connected(let latest) = state, latest === connection { state = .idle }
        }
    }
}
