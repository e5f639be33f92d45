public import RouterOSClient
public import RouterOSProtocol

/// Commands over the REST interface of RouterOS 7.1 and later, for where the API port is closed.
///
/// ```swift
/// let router = try RouterOSRESTClient("10.0.0.7", security: .tls(.pinned(pin)), as: .user("api", password: secret))
/// let users = try await router.print(HotspotUser.self).collect()
/// ```
///
/// The same typed verbs as over the API, the same errors. What the interface cannot do is refused before anything is sent:
/// commands without an end (`listen`, `follow`, a `monitor` without `once`), since a router keeps their rows back for ever
/// and ends them after 60 s; values that are no UTF-8 text. A command that writes is sent once, over a connection of its own:
/// after an error that is not `isSafeToRetry`, ``RouterOSError/readBack`` is the command that shows whether it took effect.
///
/// Connections are kept for the next command that reads. All transfers run on one thread of the client's own, which ends with
/// it, or after `idleTimeout` until the next command. Safe to use from any task.
public final class RouterOSRESTClient: RouterOSCommands {
    /// Where the router is, `host:port`.
    public let endpoint: String

    private let configuration: ConnectionConfiguration
    private let transfers: TransferThread

    /// Names a router; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - host: a name, an IPv4 address or an IPv6 address without brackets.
    ///   - port: the port of the service `www-ssl`, or of `www` for `plaintext`; 443 or 80 unless given.
    ///   - security: how connections are protected. With `plaintext` everybody on the way can read the password.
    ///   - credentials: who logs in; a user with the policy `rest-api`.
    ///   - configuration: the times, the most rows of an answer, who hears of what happens.
    ///   - maximumResponseBytes: the longest answer that is taken in, 64 MiB by default.
    ///   - maximumConnections: how many commands run at once, 4 by default; a router has 20 for everybody. More wait for
    ///     their turn, first come, first sent, within their time.
    ///   - idleTimeout: how long connections are kept without a command, at most a day, 30 s by default.
    /// - Throws: ``RouterOSError`` with `invalidCommand` for anonymous TLS, which HTTPS does not have, for a host that is none,
    ///   and for a user name or password that HTTP cannot carry.
    public init(
        _ host: String,
        port: UInt16? = nil,
        security: ConnectionSecurity,
        as credentials: Credentials,
        configuration: ConnectionConfiguration = ConnectionConfiguration(),
        maximumResponseBytes: Int = 64 << 20,
        maximumConnections: Int = 4,
        idleTimeout: Duration = .seconds(30)
    ) throws(RouterOSError) {
        guard security != .tls(.anonymous) else { throw .anonymousREST }
        guard !credentials.user.utf8.contains(UInt8(ascii: ":")) else { throw .userWithColon }
        guard !credentials.user.utf8.contains(0), !credentials.password.utf8.contains(0) else {
            throw .credentialsWithNUL
        }
        let origin = try RESTOrigin(host, port, isSecure: security != .plaintext)
        endpoint = origin.endpoint
        self.configuration = configuration
        transfers = TransferThread(
            TransferSettings(
                origin: origin.url,
                security: security,
                credentials: credentials,
                connectTimeout: configuration.connectTimeout,
                maximumResponseBytes: maximumResponseBytes,
                maximumConnections: max(1, maximumConnections),
                idleTimeout: min(max(.zero, idleTimeout), .seconds(86_400))
            )
        )
    }

    deinit { transfers.stop() }

    /// Sends a command and collects everything the router answers.
    ///
    /// - Parameters:
    ///   - command: what to send; a tag is left out.
    ///   - deadline: how long to wait, from the call to the end and at most a day, or nil for the configuration's
    ///     `requestTimeout`. A router ends every command after 60 s.
    /// - Returns: the rows, their attributes in the order of their names, and what the command returned.
    /// - Throws: ``RouterOSError``; what the router reported, or why it was not reached. `CancellationError` when the task is
    ///   cancelled; the transfer is ended then.
    public func run(_ command: Command, deadline: Duration?) async throws -> Answer {
        let began = ContinuousClock.now
        do {
            let answer = try await answer(to: command, deadline ?? configuration.requestTimeout)
            report(command, began, answer.rows, nil)
            return answer
        } catch let failure as RouterOSError {
            var error = failure.ofUnknownOutcome(command)
            error.endpoint = endpoint
            report(command, began, [], error.code)
            throw error
        } catch {
            report(command, began, [], .interrupted)
            throw error
        }
    }

    /// The rows of a command's answer; all of them arrive before the first is handed out.
    public func stream(_ command: Command, deadline: Duration?) -> AnswerStream {
        AnswerStream { CollectedRows(try await self.run(command, deadline: deadline).rows) }
    }

    private func answer(to command: Command, _ deadline: Duration) async throws -> Answer {
        let request = try RESTRequest(command)
        let outcome = try await transfers.perform(request, deadline)
        switch outcome {
        case .response(let status, let body):
            return try RESTResponse(status, body, to: command, configuration).answer()
        case .failure(let failure):
            throw failure.error(of: command)
        }
    }

    private func report(
        _ command: Command,
        _ began: ContinuousClock.Instant,
        _ rows: [Sentence],
        _ failure: RouterOSError.Code?
    ) {
        guard let observer = configuration.observer else { return }
        let record = ClientEvent.CommandRecord(
            endpoint: endpoint,
            path: command.path,
            duration: ContinuousClock.now - began,
            rows: rows.count,
            bytesReceived: rows.reduce(0) { $0 + $1.words.reduce(0) { $0 + $1.count } },
            failure: failure
        )
        observer.observe(.commandFinished(record))
    }
}
