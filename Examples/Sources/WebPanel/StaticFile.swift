import HTTPServer

/// A file that every page uses, compiled into the executable: there is no folder to serve, so no path to escape.
struct StaticFile: Sendable {
    static let style = StaticFile("panel.css", "text/css; charset=utf-8", PackageResources.panel_css)
    static let script = StaticFile("panel.js", "text/javascript; charset=utf-8", PackageResources.panel_js)
    static let icon = StaticFile("icon.svg", "image/svg+xml", PackageResources.icon_svg)

    static let routes: [Route] = [
        .open(.get, "/static/:name") { _, _, values in
            guard let file = [style, script, icon].first(where: { $0.name == values["name"] }) else {
                throw RequestError(.notFound, "There is no such file.")
            }
            return file.response
        }
    ]

    private let name: String
    private let mediaType: String
    private let content: [UInt8]
    /// The address, which changes with the content so that browsers may keep a copy.
    let address: String

    private init(_ name: String, _ mediaType: String, _ content: [UInt8]) {
        self.name = name
        self.mediaType = mediaType
        self.content = content
        // FNV-1a: tells versions apart, protects nothing.
        let digest = content.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        address = "/static/\(name)?v=\(String(digest, radix: 36))"
    }

    private var response: HTTPResponse {
        HTTPResponse(
            headers: [
                "Content-Type": mediaType, "Cache-Control": "public, max-age=86400",
                "X-Content-Type-Options": "nosniff",
            ],
            body: content
        )
    }
}
