import HTTPServer

/// The page for a request that was not done; whoever has to sign in is shown where.
enum ErrorPage {
    static func response(_ error: RequestError, _ request: HTTPRequest) -> HTTPResponse {
        if error.status == .unauthorized {
            let next = request.method == .get ? request.target : "/"
            return HTTPResponse(
                .seeOther,
                headers: [
                    "Location": next == "/" ? "/sign-in" : "/sign-in?next=\(next.percentEncoded)",
                    "Cache-Control": "no-store",
                ]
            )
        }
        let body: HTML = """
            <main class="alone"><div class="card"><p class="number">\(error.status.rawValue)</p>
            <h1>\(error.message)</h1><p><a class="button" href="/">To the dashboard</a></p></div></main>
            """
        return Document(title: "Not done", body: body).response(error.status)
    }
}

extension HTTPRequest {
    /// The address as it was asked for, with its query.
    fileprivate var target: String {
        let path = "/" + path.map(\.percentEncoded).joined(separator: "/")
        let query = query.encoded
        return query.isEmpty ? path : "\(path)?\(query)"
    }
}
