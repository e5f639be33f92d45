import BillingDomain
import RouterOSClient
import RouterOSProtocol

@testable import BillingProvisioning

/// Connections to routers behind commands of a test's own.
struct InterposingConnector: RouterConnector {
    let inner: RouterConnections
    let wrap: @Sendable (any RouterOSCommands) -> any RouterOSCommands

    func visit<Result: Sendable>(
        _ router: Router,
        password: String,
        _ body: @Sendable (any RouterOSCommands) async throws -> Result
    ) async throws -> Result {
        try await inner.visit(router, password: password) { try await body(wrap($0)) }
    }

    func close(except routers: Set<Identifier<Router>>) async { await inner.close(except: routers) }
}

/// Commands before each of which something happens.
struct InterposedCommands: RouterOSCommands {
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
