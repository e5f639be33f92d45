public import BillingDomain
public import RouterOSClient

/// How a provisioner reaches routers.
///
/// The one that is there by itself keeps a connection to each router between visits. Bring your own to go through a tunnel,
/// or to run a provisioner against routers that are made of memory.
public protocol RouterConnector: Sendable {
    /// Lends a connection to a router to `body`, one that is there or a new one.
    ///
    /// A connection that broke or fell silent under `body` is not lent again. Used by several tasks at the same time, also
    /// for one router.
    ///
    /// - Parameters:
    ///   - router: the router as it is recorded now: its address or credentials may differ from those of the last visit.
    ///   - password: the password of its API user.
    ///   - body: what to do with the connection; run once.
    /// - Returns: what `body` returns.
    /// - Throws: `RouterOSError` when there is no connection, and what `body` throws.
    func visit<Result: Sendable>(
        _ router: Router,
        password: String,
        _ body: @Sendable (any RouterOSCommands) async throws -> Result
    ) async throws -> Result

    /// Ends the connections to all routers but some.
    func close(except routers: Set<Identifier<Router>>) async
}
