import HTTPServer

/// A whole HTML document with the headers that keep it safe.
struct Document {
    let title: String
    let body: HTML
    /// Seconds after which a browser without scripts asks again.
    var refresh: Int?

    /// The field in the query of a page that a browser asked for by itself.
    static let refreshed = "refreshed"

    /// Nothing but what this server sends runs, styles or is sent to; nobody may frame it.
    static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

    func response(_ status: HTTPStatus = .ok) -> HTTPResponse {
        Self.response(html.markup, status, policy: Self.policy)
    }

    /// Any document under a content security policy.
    static func response(_ markup: String, _ status: HTTPStatus = .ok, policy: String) -> HTTPResponse {
        HTTPResponse(
            status,
            headers: [
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": policy,
                "X-Content-Type-Options": "nosniff",
                "X-Frame-Options": "DENY",
                // Not "no-referrer": that would make browsers send forms with "Origin: null".
                "Referrer-Policy": "same-origin",
                "Cross-Origin-Opener-Policy": "same-origin",
                "Cache-Control": "no-store",
            ],
            body: Array(markup.utf8)
        )
    }

    private var html: HTML {
        let refreshing: HTML? = refresh.map {
            "<noscript><meta http-equiv=\"refresh\" content=\"\($0); url=?\(Self.refreshed)=yes\"></noscript>"
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(title)</title>\(refreshing)
            <link rel="icon" href="\(StaticFile.icon.address)" type="image/svg+xml">
            <link rel="stylesheet" href="\(StaticFile.style.address)">
            <script src="\(StaticFile.script.address)" defer></script>
            </head>
            <body>
            \(body)
            </body>
            </html>
            """
    }
}
