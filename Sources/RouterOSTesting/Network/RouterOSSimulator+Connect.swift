public import RouterOSClient

extension RouterOSSimulator {
    /// Connects to the simulator over a TCP port of this machine, signs in, runs `body`, and closes the connection whatever happens.
    ///
    /// The simulator listens for as long as this takes, on a free port.
    ///
    /// - Parameters:
    ///   - configuration: how long the connection waits, and more; nil for one that has an hour for everything and never
    ///     asks for a sign of life. A simulator is slow only because its machine is busy, and a deadline that passes then
    ///     makes a test fail that is right.
    ///   - isolation: where `body` runs.
    ///   - body: what to do with the connection.
    /// - Returns: what `body` returns.
    /// - Throws: `RouterOSError` as ``RouterOSClient/RouterOSConnection/with(_:port:security:as:configuration:isolation:_:)`` does,
    ///   ``SimulatorError`` when no port can be had, or what `body` throws.
    public func connect<Result>(
        configuration: ConnectionConfiguration? = nil,
        isolation: isolated (any Actor)? = #isolation,
        _ body: (RouterOSConnection) async throws -> sending Result
    ) async throws -> sending Result {
        let listening = try open(port: 0, address: "127.0.0.1")
        defer { close(listening) }
        return try await RouterOSConnection.with(
            "127.0.0.1",
            port: listening.socket.port,
            as: credentials,
            configuration: configuration ?? .patient,
            body
        )
    }
}

extension ConnectionConfiguration {
    fileprivate static var patient: ConnectionConfiguration {
        ConnectionConfiguration(connectTimeout: .seconds(3_600), requestTimeout: .seconds(3_600), keepAlive: nil)
    }
}
