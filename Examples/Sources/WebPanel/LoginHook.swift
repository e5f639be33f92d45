import BillingServices
import HTTPServer

/// `/hooks/login/{token}`: where routers tell of logins to their hotspot.
///
/// They fetch it, so a `GET` does here what a `POST` does; telling of a login again changes nothing. The token is all they
/// show: without a good one there is nothing here.
enum LoginHook {
    static let routes: [Route] = [
        .open(.get, "/hooks/login/:token", respond), .open(.post, "/hooks/login/:token", respond),
    ]

    private static func respond(
        _ panel: Panel,
        _ request: HTTPRequest,
        _ values: [String: String]
    ) async throws -> HTTPResponse {
        do {
            try await panel.billing.loginCallbacks.note(
                token: values["token"] ?? "",
                user: request.query["user"] ?? "",
                hardwareAddress: request.query["mac"],
                address: request.query["address"]
            )
        } catch let error as BillingError where error.code == .notFound {
            // As for any address that nothing answers at.
            throw RequestError(.notFound, "There is nothing at this address.")
        }
        return .text(.ok, "ok\n")
    }
}
