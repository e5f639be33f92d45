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
        /// The user may read what selling hotspot access needs and, where it may see that, write it too.
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
    /// What to do about the step that failed, with the command line to type into the router's terminal where one helps;
    /// nil when all passed.
    public let remedy: String?

    /// The step that failed and why, or nil when all passed.
    public var failure: (step: Step, error: RouterOSError)? {
        for case (let step, .failed(let error)) in steps { return (step, error) }
        return nil
    }

    /// Runs the test on a connection of its own, with the security that `router` asks for.
    ///
    /// - Parameters:
    ///   - router: where the router is, how to talk to it and who logs in.
    ///   - limit: how long the test may take in all; what has no answer by then has failed with `connectTimeout` or
    ///     `deadlineExceeded`.
    ///   - configuration: how long each step may take at most, and the rest.
    /// - Returns: how every step went.
    public static func run(
        _ router: RouterEndpoint,
        within limit: Duration = .seconds(30),
        configuration: ConnectionConfiguration = ConnectionConfiguration()
    ) async -> ConnectionTest {
        let start = ContinuousClock.now
        var configuration = configuration
        configuration.connectTimeout = min(configuration.connectTimeout, limit)
        let connection: RouterOSConnection
        do {
            connection = try await .connect(to: router, configuration: configuration)
        } catch let error as RouterOSError {
            return ConnectionTest(failed: error, router.security)
        } catch {
            return ConnectionTest(router.security, [], .cancelledTest)
        }
        let commands = TimedCommands(connection, each: configuration.requestTimeout) {
            limit - (ContinuousClock.now - start)
        }
        let test = await run(on: commands, as: router)
        await connection.close()
        return test
    }

    /// The steps that follow the login.
    static func run(on commands: some RouterOSCommands, as router: RouterEndpoint) async -> ConnectionTest {
        let (security, user) = (router.security, router.credentials.user)
        let api = security == .plaintext ? "RouterOS API" : "RouterOS API with TLS"
        var passed = ["\(commands.endpoint) accepts connections", api, "logged in as \(user)"]
        do {
            let users = try await commands.count(HotspotUser.self)
            _ = try await commands.print(HotspotUserProfile.self).collect()
            _ = try await commands.count(HotspotActive.self)
            if let group = try await insufficientGroup(commands, user) {
                let remedy = RouterPolicy.remedy(for: group)
                let missing = RouterPolicy.missing(in: RouterPolicy.allowed(by: group)).joined(separator: ", ")
                let error = RouterOSError(
                    .permissionDenied,
                    "the group \"\(group.name)\" of this user does not allow \(missing). Type: \(remedy)",
                    isSafeToRetry: true,
                    endpoint: commands.endpoint
                )
                return ConnectionTest(security, passed, error, remedy: remedy)
            }
            passed.append("hotspot readable, \(users) users")
            let identity = try await commands.get(SystemIdentity.self).name
            let resource = try await commands.get(SystemResource.self)
            passed.append("\(identity), RouterOS \(resource.version)")
            return ConnectionTest(security, passed, nil, identity, resource)
        } catch let error as RouterOSError {
            return ConnectionTest(security, passed, error)
        } catch {
            return ConnectionTest(security, passed, .cancelledTest)
        }
    }

    /// A test whose connection did not come about.
    init(failed error: RouterOSError, _ security: ConnectionSecurity) {
        self.init(security, Self.passedBefore(error), error)
    }

    private init(
        _ security: ConnectionSecurity,
        _ passed: [String],
        _ error: RouterOSError?,
        _ identity: String? = nil,
        _ resource: SystemResource? = nil,
        remedy: String? = nil
    ) {
        steps = Step.allCases.enumerated().map { index, step in
            if index < passed.count { return (step, .passed(passed[index])) }
            if index == passed.count, let error { return (step, .failed(error)) }
            return (step, .skipped)
        }
        self.identity = identity
        version = resource?.version
        uptime = resource?.uptime
        let failed = steps[min(passed.count, steps.count - 1)].step
        self.remedy = remedy ?? error.map { Self.remedy(for: $0, in: failed, security) }
    }

    /// What to do about an error in a step.
    private static func remedy(for error: RouterOSError, in step: Step, _ security: ConnectionSecurity) -> String {
        switch error.code {
        case .nameResolution: "Check the spelling of the name, or use the router's IP address."
        case .unreachable: "Check the router's address, its cable and the VPN to it."
        case .connectTimeout: "Check the address, that the router is on, and the input chain: /ip firewall filter print"
        case .connectionRefused: "/ip service enable \(security == .plaintext ? "api" : "api-ssl")"
        case .certificateRejected, .certificateChanged:
            "Compare the router's certificate with the one that is trusted: /certificate print detail"
        case .tlsFailed: "Check that api-ssl is on and has a certificate: /ip service print"
        case .deadlineExceeded where step == .handshake && security != .plaintext,
            .connectionClosed where step == .handshake && security != .plaintext:
            "Check that api-ssl is on, has a certificate and lets this machine in: /ip service print"
        case .deadlineExceeded where step == .handshake: "Check which port the API has: /ip service print"
        case _ where step == .handshake:
            "Check which port the API has, and who may connect to it: /ip service print"
        case .loginTimeout, .deadlineExceeded, .actionTimedOut:
            "Check the router's load, /system resource print, and its RADIUS server if it asks one: /radius print"
        case .authentication: "Check the user, its group's api policy and its addresses: /user print detail"
        case .permissionDenied:
            "Let the user's group allow \(RouterPolicy.needed.joined(separator: ", ")) too: /user group print"
        case .noSuchCommand where step == .systemInformation:
            "Check the version of RouterOS, which is too old or damaged: /system resource print"
        case .noSuchCommand: "Check that the hotspot package is installed and switched on: /system package print"
        default: "Try again, and look into the router's log if it stays: /log print"
        }
    }

    /// The user's group when it is to be seen and does not allow what is needed.
    private static func insufficientGroup(
        _ router: some RouterOSCommands,
        _ name: String
    ) async throws -> RouterUserGroup? {
        guard let user = try await router.printIfAllowed(RouterUser.self, where: .name == name)?.first,
            let groups = try await router.printIfAllowed(RouterUserGroup.self),
            let group = groups.first(where: { $0.name == user.group })
        else { return nil }
        return RouterPolicy.missing(in: RouterPolicy.allowed(by: group)).isEmpty ? nil : group
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

extension RouterOSError {
    fileprivate static var cancelledTest: RouterOSError { RouterOSError(.interrupted, "the test was cancelled") }
}
