public import RouterOSClient
public import RouterOSProtocol

/// Commands over the REST interface of RouterOS 7.1 and later, for where the API port is closed.
///
/// ```swift
/// let router = try RouterOSRESTClient("10.0.0.7", security: .tls(.pinned(pin)), as: .user("api", password: secret))
/// let users = try await router.print(HotspotUser.self).collect()
/// ```
///
/// The same typed verbs as over the API, the same errors, and the rate limit, retries and circuit breaker of a
/// ``RouterClient``. What the interface cannot do is refused before anything is sent: commands without an end (`listen`,
/// `follow`, a `monitor` without `once`), since a router keeps their rows back for ever and ends them after 60 s; values that
/// are no UTF-8 text. A command that writes is sent once unless nothing of it reached the router, over a connection of its own:
/// after an error that is not `isSafeToRetry`, ``RouterOSError/readBack`` is the command that shows whether it took effect.
///
/// Connections are kept for the next command that reads. All transfers run on one thread of the client's own, which ends with
/// it, or after `idleTimeout` until the next command. Safe to use from any task.
public final class RouterOSRESTClient: RouterOSCommands {
    /// Where the router is, `host:port`.
    public let endpoint: String
    /// How it is treated.
    public let configuration: RESTConfiguration

    private let transfers: TransferThread
    private let calls: OneShotCalls

    /// Names a router; nothing is sent yet.
    ///
    /// - Parameters:
    ///   - host: a name, an IPv4 address or an IPv6 address without brackets.
    ///   - port: the port of the service `www-ssl`, or of `www` for `plaintext`; 443 or 80 unless given.
    ///   - security: how connections are protected. With `plaintext` everybody on the way can read the password.
    ///   - credentials: who logs in; a user with the policy `rest-api`.
    ///   - configuration: times, limits, and who hears of what happens.
    /// - Throws: ``RouterOSError`` with `invalidCommand` for anonymous TLS, which HTTPS does not have, for a host that is none,
    ///   and for a user name or password that HTTP cannot carry.
    public init(
        _ host: String,
        port: UInt16? = nil,
        security: ConnectionSecurity,
        as credentials: Credentials,
        configuration: RESTConfiguration = RESTConfiguration()
    ) throws(RouterOSError) {
        guard security != .tls(.anonymous) else { throw .anonymousREST }
        guard !credentials.user.utf8.contains(UInt8(ascii: ":")) else { throw .userWithColon }
        guard !credentials.user.utf8.contains(0), !credentials.password.utf8.contains(0) else {
            throw .credentialsWithNUL
        }
        let origin = try RESTOrigin(host, port, isSecure: security != .plaintext)
        endpoint = origin.endpoint
        self.configuration = configuration
        calls = OneShotCalls(origin.endpoint, configuration.ofCalls)
        transfers = TransferThread(
            TransferSettings(
                origin: origin.url,
                security: security,
                credentials: credentials,
                connectTimeout: configuration.connectTimeout,
                maximumResponseBytes: configuration.maximumAnswerBytes,
                maximumConnections: max(1, configuration.maximumConnections),
                idleTimeout: min(max(.zero, configuration.idleTimeout), RESTConfiguration.longest)
            )
        )
    }

    deinit { transfers.stop() }

    /// Sends a command and collects everything the router answers.
    ///
    /// - Parameters:
    ///   - command: what to send; a tag is left out.
    ///   - deadline: how long all of it may take, waits and further attempts included, a day at most; nil for the
    ///     configuration's `callTimeout`, with its `requestTimeout` for each attempt. A router ends every command after 60 s.
    /// - Returns: the rows, their attributes in the order of their names, and what the command returned.
    /// - Throws: ``RouterOSError``: what the router reported; why it was not reached; `unavailable` when the command was not
    ///   sent at all; with ``RouterOSError/readBack`` when a write may have taken effect. `CancellationError` when the task is
    ///   cancelled; the transfer is ended then.
    public func run(_ command: Command, deadline: Duration?) async throws -> Answer {
        do {
            let request = try request(for: command)
            let deadline = deadline.map { min($0, RESTConfiguration.longest) }
            return try await calls.run(command, deadline: deadline) { time in
                try await send(request, of: command, within: time)
            }
        } catch var error as RouterOSError {
            error.endpoint = endpoint
            throw error
        }
    }

    /// The rows of a command's answer; all of them arrive before the first is handed out.
    public func stream(_ command: Command, deadline: Duration?) -> AnswerStream {
        AnswerStream { CollectedRows(try await self.run(command, deadline: deadline).rows) }
    }

    /// A command as REST takes it; one that REST cannot carry is over at once.
    private func request(for command: Command) throws(RouterOSError) -> RESTRequest {
        do {
            return try RESTRequest(command)
        } catch {
            var record = record(of: command)
            record.failure = error.code
            configuration.observer?.observe(.commandFinished(record))
            throw error
        }
    }

    private func record(of command: Command) -> ClientEvent.CommandRecord {
        ClientEvent.CommandRecord(
            endpoint: endpoint,
            path: command.path,
            duration: .zero,
            rows: 0,
            bytesReceived: 0,
            failure: nil
        )
    }

    /// Sends a command once.
    private func send(_ request: RESTRequest, of command: Command, within time: Duration) async throws -> Answer {
        let began = ContinuousClock.now
        var record = record(of: command)
        defer {
            record.duration = ContinuousClock.now - began
            configuration.observer?.observe(.commandFinished(record))
        }
        do {
            switch try await transfers.perform(request, time) {
            case .response(let status, let body):
                (record.bytesSent, record.bytesReceived) = (request.body.count, body.count)
                let answer = try RESTResponse(status, body, to: command, configuration).answer()
                record.rows = answer.rows.count
                return answer
            case .failure(let failure):
                if !failure.isUnsent { record.bytesSent = request.body.count }
                throw failure.error(of: command)
            }
        } catch {
            record.failure = (error as? RouterOSError)?.code ?? .interrupted
            throw error
        }
    }
}
