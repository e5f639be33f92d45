import BillingDomain
import RouterOSClient
import RouterOSProtocol

@testable import BillingProvisioning

/// Connections to routers on which something happens before each command.
struct InterposingConnector: RouterConnector {
    let inner: RouterConnections
    let before: @Sendable (Command) -> Void

    func visit<Result: Sendable>(
        _ router: Router,
        password: String,
        _ body: @Sendable (any RouterOSCommands) async throws -> Result
    ) async throws -> Result {
        try await inner.visit(router, password: password) { connection in
            try await body(InterposedCommands(inner: connection, before: before))
        }
    }

    func close(except routers: Set<Identifier<Router>>) async { await inner.close(except: routers) }
}

private struct InterposedCommands: RouterOSCommands {
    let inner: any RouterOSCommands
    let before: @Sendable (Command) -> Void

    var endpoint: String { inner.endpoint }

    func run(_ command: Command, deadline: Duration?) async throws -> Answer {
        before(command)
        return try await inner.run(command, deadline: deadline)
    }

    func stream(_ command: Command, deadline: Duration?) -> AnswerStream {
        before(command)
        return inner.stream(command, deadline: deadline)
    }
}
