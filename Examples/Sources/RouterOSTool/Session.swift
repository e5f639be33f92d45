import RouterOSClient
import RouterOSProtocol
import RouterOSREST

/// One connection, one command, its answer written.
struct Session {
    let invocation: Invocation
    let command: Command
    let password: String

    /// For as long as nobody ends it.
    private static let forever = Duration.seconds(10 * 365 * 86_400)

    /// Runs the command.
    ///
    /// - Throws: ``RouterOSError``, ``Output/Closed``, a ``Problem`` of the output, or `CancellationError`.
    func run() async throws {
        try await withRouter { router in
            let output = Output(isLive: invocation.isLive)
            var writer = RowWriter(invocation, output)
            do {
                if invocation.isStreamed {
                    let deadline = invocation.isListening ? Self.forever : invocation.timeout
                    for try await row in router.stream(command, deadline: deadline) { try writer.write(row) }
                } else {
                    let answer = try await router.run(command, deadline: invocation.timeout)
                    for row in answer.rows { try writer.write(row) }
                    if let returned = answer.returned { try writer.write(returned: returned) }
                }
            } catch let error where !(error is Output.Closed || error is Problem) {
                // What came before the failure came.
                try writer.finish()
                throw error
            }
            try writer.finish()
        }
    }

    private func withRouter(_ body: (any RouterOSCommands) async throws -> Void) async throws {
        if invocation.isREST { return try await body(restClient()) }
        var configuration = ConnectionConfiguration()
        if let timeout = invocation.timeout {
            configuration.connectTimeout = timeout
            configuration.requestTimeout = timeout
        }
        try await RouterOSConnection.with(
            invocation.host,
            port: invocation.port,
            security: invocation.security,
            as: .user(invocation.user, password: password),
            configuration: configuration
        ) { try await body($0) }
    }

    /// Sends what it is given at once and once, as a connection does.
    private func restClient() throws(RouterOSError) -> RouterOSRESTClient {
        var configuration = RESTConfiguration(retry: .never, rateLimit: .unlimited)
        if let timeout = invocation.timeout {
            configuration.connectTimeout = timeout
            configuration.requestTimeout = timeout
            configuration.callTimeout = timeout
        }
        return try RouterOSRESTClient(
            invocation.host,
            port: invocation.port,
            security: invocation.security,
            as: .user(invocation.user, password: password),
            configuration: configuration
        )
    }
}
