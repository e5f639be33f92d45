import RouterOSProtocol
import Testing

@testable import RouterOSClient

/// Runs each test of a suite once for every way of waiting for sockets that the system has.
///
/// Holds for what connects by ``RouterOSConnection/dial(_:port:security:as:configuration:)`` and for scripted routers.
struct EveryPoller: SuiteTrait, TestTrait, TestScoping {
    private static let loops = PollerKind.allCases.map { $0 == .best ? EventLoop.shared : EventLoop($0) }

    /// The loop of the test that runs.
    @TaskLocal static var loop = EventLoop.shared

    var isRecursive: Bool { true }

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        for loop in Self.loops { try await Self.$loop.withValue(loop) { try await function() } }
    }
}

extension Trait where Self == EveryPoller {
    /// Runs each test on epoll and on poll, where there are both.
    static var everyPoller: Self { EveryPoller() }
}

extension RouterOSConnection {
    /// Connects on the loop of the test that runs.
    static func dial(
        _ host: String,
        port: UInt16,
        security: ConnectionSecurity = .plaintext,
        as credentials: Credentials,
        configuration: ConnectionConfiguration = ConnectionConfiguration(),
        resolvingWith resolver: NameResolver = .shared
    ) async throws -> RouterOSConnection {
        try await connect(
            to: RouterEndpoint(host, port: port, security: security, as: credentials),
            configuration: configuration,
            on: EveryPoller.loop,
            resolvingWith: resolver
        )
    }
}
