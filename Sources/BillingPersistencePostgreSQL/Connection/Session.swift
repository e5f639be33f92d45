import BillingPersistence
import CRouterOSPostgreSQL
import Glibc

/// One connection to a server, in the hands of one thread at a time.
///
/// The socket never blocks: every wait has a deadline. What is sent together is answered in one round trip.
final class Session {
    /// A statement with the values for its places.
    struct Command {
        let sql: String
        let parameters: ParameterBuffer

        init(_ sql: String, _ parameters: ParameterBuffer = ParameterBuffer()) {
            self.sql = sql
            self.parameters = parameters
        }

        init(_ statement: SQLStatement) { self.init(statement.sql, ParameterBuffer(statement.values)) }

        init(_ sql: String, texts: [String]) { self.init(sql, ParameterBuffer(texts.map { .text($0) })) }
    }

    private enum Step {
        case forget
        case prepare(String)
        case execute
    }

    /// What the server is called since it last lost something, so that a crash in between is noticed.
    var boot = ""

    private let connection: OpaquePointer
    private let statementWait: Duration
    private(set) var statements: StatementCache
    private var isBroken = false
    private var isClosed = false

    /// Connects, and sets what every session is to keep to.
    ///
    /// - Throws: ``ServerFailure``.
    init(_ target: ConnectionTarget, _ configuration: PostgreSQLConfiguration) throws {
        guard let connection = target.connect(as: configuration.applicationName) else {
            throw ServerFailure.lost("no memory for a connection")
        }
        self.connection = connection
        statements = StatementCache(capacity: configuration.preparedStatements)
        // The server ends a statement by itself; this is for a server or a network that says nothing any more.
        statementWait = configuration.statementTimeout + .seconds(5)
        do {
            try connect(within: configuration.connectTimeout)
            let settings = [
                ("statement_timeout", "\(configuration.statementTimeout.settingMilliseconds)"),
                ("lock_timeout", "\(configuration.lockTimeout.settingMilliseconds)"),
                (
                    "idle_in_transaction_session_timeout",
                    "\(configuration.idleInTransactionTimeout.settingMilliseconds)"
                ),
                ("TimeZone", "UTC"), ("client_min_messages", "error"),
            ]
            let calls = settings.indices.map { "set_config($\($0 * 2 + 1)::text, $\($0 * 2 + 2)::text, false)" }
            let command = Command("SELECT \(calls.joined(separator: ", "))", texts: settings.flatMap { [$0.0, $0.1] })
            if let failure = run([command], isKept: false).failure { throw failure }
        } catch {
            close()
            throw error
        }
    }

    deinit { close() }

    /// Says goodbye.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        isBroken = true
        PQfinish(connection)
    }

    /// The socket, to be told when something comes.
    var socket: Int32 { PQsocket(connection) }

    /// Whether another transaction may use the connection.
    var isClean: Bool {
        !isBroken && !isClosed && PQstatus(connection) == CONNECTION_OK
            && PQtransactionStatus(connection) == PQTRANS_IDLE
    }

    /// Whether the connection is clean, and the server has not ended it while nobody used it.
    var isFresh: Bool {
        guard isClean else { return false }
        var watched = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
        guard poll(&watched, 1, 0) != 0 else { return true }
        // A message may also be harmless, such as a changed setting.
        return PQconsumeInput(connection) == 1 && isClean
    }

    /// Ends the use of the connection.
    func spoil() { isBroken = true }

    // MARK: Statements

    /// Sends statements together and reads their answers, up to the first that fails.
    ///
    /// - Parameters:
    ///   - commands: the statements.
    ///   - isKept: whether the server may keep them prepared.
    /// - Returns: the answers up to the first failure, and that failure.
    func run(_ commands: [Command], isKept: Bool = true) -> (answers: [Answer], failure: ServerFailure?) {
        guard !isBroken else { return ([], .lost("the connection is over")) }
        guard PQpipelineStatus(connection) != PQ_PIPELINE_OFF || PQenterPipelineMode(connection) == 1 else {
            return ([], broken())
        }
        var steps: [Step] = []
        for command in commands { guard send(command, isKept, &steps) else { return ([], broken()) } }
        guard PQpipelineSync(connection) == 1 else { return ([], broken()) }
        return receive(steps, until: .now + statementWait)
    }

    /// Runs several statements in one text, without values, and forgets their answers.
    func run(script: String, within duration: Duration) throws {
        guard !isBroken, PQpipelineStatus(connection) == PQ_PIPELINE_OFF || PQexitPipelineMode(connection) == 1,
            PQsendQuery(connection, script) == 1
        else { throw broken() }
        let deadline = ContinuousClock.now + duration
        var failure: ServerFailure?
        try flush(until: deadline)
        while true {
            try awaitResult(until: deadline)
            guard let result = PQgetResult(connection) else { break }
            defer { PQclear(result) }
            if PQresultStatus(result) == PGRES_FATAL_ERROR { failure = failure ?? ServerFailure(result) }
        }
        if let failure { throw failure }
        if PQstatus(connection) != CONNECTION_OK { throw broken() }
    }

    /// Sends a statement, and before it whatever has to be prepared.
    private func send(_ command: Command, _ isKept: Bool, _ steps: inout [Step]) -> Bool {
        let plan = isKept ? statements.plan(for: command.sql) : StatementCache.Plan()
        if let forgotten = plan.forgotten {
            guard PQsendQueryParams(connection, "DEALLOCATE \(forgotten)", 0, nil, nil, nil, nil, 0) == 1 else {
                return false
            }
            steps.append(.forget)
        }
        if let name = plan.name, plan.isNew {
            guard PQsendPrepare(connection, name, command.sql, 0, nil) == 1 else { return false }
            steps.append(.prepare(command.sql))
        }
        steps.append(.execute)
        return command.parameters.withPointers { count, values, lengths, formats in
            guard let name = plan.name else {
                return PQsendQueryParams(connection, command.sql, count, nil, values, lengths, formats, 1) == 1
            }
            return PQsendQueryPrepared(connection, name, count, values, lengths, formats, 1) == 1
        }
    }

    private func receive(
        _ steps: [Step],
        until deadline: ContinuousClock.Instant
    ) -> (answers: [Answer], failure: ServerFailure?) {
        var answers: [Answer] = []
        var failure: ServerFailure?
        var index = 0
        do {
            try flush(until: deadline)
            while true {
                try awaitResult(until: deadline)
                guard let result = PQgetResult(connection) else {
                    // Between the answers to two statements, or for ever when the connection is over.
                    guard PQstatus(connection) == CONNECTION_OK else { throw broken() }
                    continue
                }
                let status = PQresultStatus(result)
                if status == PGRES_PIPELINE_SYNC {
                    PQclear(result)
                    return (answers, failure)
                }
                let step = index < steps.count ? steps[index] : .execute
                index += 1
                switch status {
                case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
                    let answer = Answer(result)
                    if case .execute = step { answers.append(answer) }
                default:
                    if status == PGRES_FATAL_ERROR, failure == nil { failure = ServerFailure(result) }
                    if case .prepare(let text) = step { statements.forget(text) }
                    PQclear(result)
                }
            }
        } catch {
            // Why the server ended the session is worth more than that the connection is gone.
            var lost = failure ?? (error as? ServerFailure) ?? broken()
            lost.isLost = true
            isBroken = true
            return (answers, lost)
        }
    }

    // MARK: Notifications

    /// Waits for notifications, and hands out what each says.
    ///
    /// - Throws: ``ServerFailure`` when the connection is over.
    func notifications(within duration: Duration) throws -> [String] {
        let deadline = ContinuousClock.now + duration
        var found: [String] = []
        while found.isEmpty {
            guard PQconsumeInput(connection) == 1 else { throw broken() }
            while let notification = PQnotifies(connection) {
                found.append(notification.pointee.extra.map { String(cString: $0) } ?? "")
                PQfreemem(notification)
            }
            guard found.isEmpty, try wait(for: POLLIN, until: deadline) else { break }
        }
        return found
    }

    // MARK: The socket

    private func connect(within duration: Duration) throws {
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        let deadline = ContinuousClock.now + duration
        var status = PGRES_POLLING_WRITING
        guard PQstatus(connection) != CONNECTION_BAD else { throw refusal() }
        while status != PGRES_POLLING_OK {
            guard status != PGRES_POLLING_FAILED else { throw refusal() }
            guard try wait(for: status == PGRES_POLLING_READING ? POLLIN : POLLOUT, until: deadline) else {
                throw ServerFailure.lost("connecting took too long")
            }
            status = PQconnectPoll(connection)
        }
        guard PQsetnonblocking(connection, 1) == 0, PQserverVersion(connection) >= 140_000 else {
            throw ServerFailure(state: "0A001", message: "PostgreSQL 14 or newer is needed")
        }
    }

    /// Why there is no connection.
    ///
    /// libpq tells no SQLSTATE here, so the two that asking again cannot help are told by their texts, which a server
    /// speaking another language does not have: then asking again is all it costs.
    private func refusal() -> ServerFailure {
        let message = String(cString: PQerrorMessage(connection)).trimmedLines
        var failure = ServerFailure.lost(message)
        if message.contains("authentication failed") || message.contains("no password supplied") {
            failure.state = "28P01"
        }
        if message.contains("FATAL:  database \""), message.contains("does not exist") { failure.state = "3D000" }
        return failure
    }

    private func broken() -> ServerFailure {
        isBroken = true
        return .lost(String(cString: PQerrorMessage(connection)).trimmedLines)
    }

    private func flush(until deadline: ContinuousClock.Instant) throws {
        while true {
            let state = PQflush(connection)
            guard state != 0 else { return }
            guard state == 1, try wait(for: POLLIN | POLLOUT, until: deadline), PQconsumeInput(connection) == 1 else {
                throw broken()
            }
        }
    }

    private func awaitResult(until deadline: ContinuousClock.Instant) throws {
        while PQisBusy(connection) == 1 {
            guard try wait(for: POLLIN, until: deadline) else {
                isBroken = true
                throw ServerFailure.lost("the server has not answered in time")
            }
            guard PQconsumeInput(connection) == 1 else {
                // What came before the end may say why.
                if PQisBusy(connection) == 0 { return }
                throw broken()
            }
        }
    }

    /// Waits until the socket is ready; `false` when it is too late.
    private func wait(for events: Int32, until deadline: ContinuousClock.Instant) throws -> Bool {
        while true {
            let left = deadline - .now
            guard left > .zero else { return false }
            var watched = pollfd(fd: socket, events: Int16(events), revents: 0)
            let ready = poll(&watched, 1, left.settingMilliseconds)
            if ready > 0 { return true }
            if ready < 0, errno != EINTR { throw broken() }
        }
    }
}

extension String {
    /// The lines in one, without what libpq puts around them.
    fileprivate var trimmedLines: String {
        split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " || $0 == "\t" } }.joined(separator: "; ")
    }
}
