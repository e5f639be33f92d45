import HTTPServer

/// Runs a server on a free port for the length of `body`.
func serve(
    limits: HTTPServer.Limits = .init(),
    policy: HTTPServer.Policy = .init(),
    handler: @escaping HTTPServer.Handler = { request in
        .text(.ok, "\(request.method.rawValue) \(request.path.joined(separator: "|")) \(request.body.count)")
    },
    _ body: @Sendable (UInt16, HTTPServer) async throws -> Void
) async throws {
    let server = HTTPServer(HTTPAddress(host: "127.0.0.1", port: 0), limits: limits, policy: policy, handler: handler)
    let (ports, ready) = AsyncStream.makeStream(of: UInt16.self)
    try await withThrowingTaskGroup { group in
        group.addTask {
            defer { ready.finish() }
            try await server.run { ready.yield($0.port) }
        }
        for await port in ports {
            try await body(port, server)
            server.stop()
        }
        try await group.waitForAll()
    }
}

extension HTTPServer.Limits {
    /// Limits in time that no test sees the end of, but for those that it changes.
    static func patient(_ change: (inout Self) -> Void) -> Self {
        var limits = Self()
        limits.inactivity = .seconds(3_600)
        limits.headers = .seconds(3_600)
        limits.request = .seconds(3_600)
        limits.handler = .seconds(3_600)
        change(&limits)
        return limits
    }
}
