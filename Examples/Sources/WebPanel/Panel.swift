import BillingServices
import HTTPServer

/// The panel: a table of routes over the SDK's services, from a request to a response and nothing else.
struct Panel: Sendable {
    /// The SDK.
    let billing: Billing
    /// The five-step test of a router.
    let connectionTester: any ConnectionTester
    /// Where faults that are nobody's input are told.
    var log: @Sendable (String) -> Void = { _ in }

    /// Every address there is.
    static let routes = RouteTable(
        routes: StaticFile.routes + HealthCheck.routes + LoginHook.routes + RouterAPI.routes + VoucherAPI.routes
            + PackageAPI.routes
            + SignInPages.routes + DashboardPages.routes + RouterPages.routes + RouterPages.questionRoutes
            + PackagePages.routes + GeneratePages.routes + BatchPages.routes + VoucherPages.routes
    )

    /// Answers one request; never throws, because a fault is an answer too.
    func respond(to request: HTTPRequest) async -> HTTPResponse {
        let isAPI = request.path.first == "api"
        do {
            switch Self.routes.find(request.method, request.path) {
            case .route(let route, let values):
                return try await route.respond(self, request, values)
            case .methodNotAllowed(let allowed):
                let error = RequestError(.methodNotAllowed, "This address does not answer \(request.method.rawValue).")
                var response = isAPI ? APIAnswer.failure(error) : ErrorPage.response(error, request)
                response.headers["Allow"] = allowed.map(\.rawValue).joined(separator: ", ")
                return response
            case .notFound:
                if isAPI { _ = try await APIContext(self, request, [:]) }
                throw RequestError(.notFound, "There is nothing at this address.")
            }
        } catch {
            let failure = RequestError(error, naming: isAPI ? APIAnswer.fields : [:])
            if failure.status == .internalServerError { log("\(request.method.rawValue) failed: \(error)") }
            return isAPI ? APIAnswer.failure(failure) : ErrorPage.response(failure, request)
        }
    }
}
