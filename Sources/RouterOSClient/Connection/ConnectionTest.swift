public import RouterOSProtocol

/// Finds out in five steps whether a router can be used, and names the step that fails and what to do about it.
public struct ConnectionTest: Sendable {
    /// The steps, in the order in which they are taken.
    public enum Step: String, Sendable, CaseIterable {
        /// The port accepts a TCP connection.
        case reach
        /// What listens there speaks the RouterOS API.
        case handshake
        /// The router accepts user and password.
        case login
        /// The user may read what selling hotspot access needs.
        case permissions
        /// The router says who it is.
        case systemInformation
    }

    /// How one step went.
    public enum Outcome: Sendable {
        /// It worked; what was found.
        case passed(String)
        /// It did not; why, and what to do.
        case failed(RouterOSError)
        /// An earlier step failed.
        case skipped
    }

    /// How every step went, in order.
    public let steps: [(step: Step, outcome: Outcome)]
    /// The router's name, when the last step was reached.
    public let identity: String?
    /// The router's version, when the last step was reached.
    public let version: String?
    /// How long ago the router started, when the last step was reached.
    public let uptime: Duration?

    /// The step that failed and why, or nil when all passed.
    public var failure: (step: Step, error: RouterOSError)? {
        for case (let step, .failed(let error)) in steps { return (step, error) }
        return nil
    }

    /// Runs the test on a connection of its own; takes at most the configuration's `connectTimeout` and five times its
    /// `requestTimeout`.
    public static func run(
        _ host: String,
        port: UInt16 = 8_728,
        as credentials: Credentials,
        configuration: ConnectionConfiguration = ConnectionConfiguration()
    ) async -> ConnectionTest {
        var passed: [String] = []
        do {
            return try await RouterOSConnection.with(host, port: port, as: credentials, configuration: configuration) {
                router in
                passed = ["\(router.endpoint) accepts connections", "RouterOS API", "logged in as \(credentials.user)"]
                let users = try await router.count(HotspotUser.self)
                _ = try await router.print(HotspotUserProfile.self).collect()
                _ = try await router.count(HotspotActive.self)
                passed.append("hotspot readable, \(users) users")
                let identity = try await router.get(SystemIdentity.self).name
                let resource = try await router.get(SystemResource.self)
                passed.append("\(identity), RouterOS \(resource.version)")
                return ConnectionTest(passed, nil, identity, resource.version, resource.uptime)
            }
        } catch let error as RouterOSError {
            return ConnectionTest(passed.isEmpty ? passedBefore(error) : passed, error)
        } catch {
            return ConnectionTest(passed, RouterOSError(.interrupted, "the test was cancelled"))
        }
    }

    private init(
        _ passed: [String],
        _ error: RouterOSError?,
        _ identity: String? = nil,
        _ version: String? = nil,
        _ uptime: Duration? = nil
    ) {
        steps = Step.allCases.enumerated().map { index, step in
            if index < passed.count { return (step, .passed(passed[index])) }
            if index == passed.count, let error { return (step, .failed(error)) }
            return (step, .skipped)
        }
        self.identity = identity
        self.version = version
        self.uptime = uptime
    }

    /// Which steps a failed connection had behind it.
    private static func passedBefore(_ error: RouterOSError) -> [String] {
        let endpoint = error.endpoint ?? "the port"
        switch error.code {
        case .nameResolution, .unreachable, .connectionRefused, .connectTimeout, .interrupted:
            return []
        case .authentication, .loginTimeout,
            _ where error.routerMessage != nil:
            return ["\(endpoint) accepts connections", "RouterOS API"]
        default:
            return ["\(endpoint) accepts connections"]
        }
    }
}
