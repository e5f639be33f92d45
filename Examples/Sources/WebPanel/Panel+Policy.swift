import HTTPServer

extension Panel {
    /// What holds before a request reaches ``respond(to:)``.
    static var policy: HTTPServer.Policy {
        var policy = HTTPServer.Policy()
        policy.bodyLimit = { bodyLimit($0) }
        policy.response = { refusal in
            refusal.isOfAPI
                ? APIAnswer.failure(RequestError(refusal.status, refusal.message))
                : .text(refusal.status, refusal.message)
        }
        return policy
    }

    /// Whoever has not even tried to say who they are has little to send: a sign-in form, or a refusal to come.
    private static func bodyLimit(_ request: HTTPRequest) -> Int {
        let ofStrangers = 16 * 1024
        guard case .route(let route, _) = routes.find(request.method, request.path) else { return ofStrangers }
        return switch route.admission {
        case .open: ofStrangers
        case .page, .action: Visitor(request).sessionSecret == nil ? ofStrangers : .max
        case .api: request.headers["Authorization"] == nil ? ofStrangers : .max
        }
    }
}

extension HTTPRefusal {
    /// Whether a program asked; the target may be no valid one, so it is only looked at from its front.
    fileprivate var isOfAPI: Bool {
        target == "/api" || ["/api/", "/api?"].contains { target.hasPrefix($0) }
    }
}
