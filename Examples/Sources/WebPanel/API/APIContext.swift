import BillingDomain
import BillingServices
import HTTPServer

/// A call of the programming interface whose token has been found good.
struct APIContext: Sendable {
    let panel: Panel
    let request: HTTPRequest
    let session: BillingSession
    private let values: [String: String]

    /// Looks the bearer token up.
    /// - Throws: ``RequestError`` 401.
    init(_ panel: Panel, _ request: HTTPRequest, _ values: [String: String]) async throws {
        self.panel = panel
        self.request = request
        self.values = values
        let parts = request.headers["Authorization"]?.split(separator: " ") ?? []
        guard parts.count == 2, parts[0].lowercased() == "bearer" else {
            throw RequestError(.unauthorized, "Send a token as “Authorization: Bearer …”.")
        }
        session = try await panel.billing.apiSession(token: String(parts[1]))
    }

    /// A named segment of the path.
    func value(_ name: String) -> String { values[name] ?? "" }

    /// The identifier in the path.
    /// - Throws: ``RequestError`` 404, because what is no identifier names nothing.
    func identifier<Entity>() throws(RequestError) -> Identifier<Entity> {
        guard let identifier = Identifier<Entity>(value("id")) else {
            throw RequestError(.notFound, "There is nothing of this identifier.")
        }
        return identifier
    }

    /// The client's idempotency key, or a new one that only protects this call.
    func idempotencyKey() throws(RequestError) -> IdempotencyKey {
        guard let text = request.headers["Idempotency-Key"] else { return .new() }
        guard let key = IdempotencyKey(text) else {
            throw RequestError(.badRequest, "An idempotency key has 1 to 200 bytes.", field: "Idempotency-Key")
        }
        return key
    }
}
