import HTTPServer

/// Everything the panel answers.
///
/// The first route that fits a path wins.
struct RouteTable: Sendable {
    /// What was found for a request.
    enum Finding {
        case route(Route, [String: String])
        case methodNotAllowed(allowed: [HTTPMethod])
        case notFound
    }

    let routes: [Route]

    func find(_ method: HTTPMethod, _ path: [String]) -> Finding {
        let wanted: HTTPMethod = method == .head ? .get : method
        var allowed: [HTTPMethod] = []
        for route in routes {
            guard let values = route.pattern.match(path) else { continue }
            if route.method == wanted { return .route(route, values) }
            if !allowed.contains(route.method) { allowed.append(route.method) }
        }
        if allowed.contains(.get) { allowed.append(.head) }
        return allowed.isEmpty ? .notFound : .methodNotAllowed(allowed: allowed)
    }
}
