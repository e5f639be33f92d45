import BillingDomain
import BillingPersistence

/// One transaction on one connection.
///
/// It begins with the first call, in the same round trip.
final class PostgreSQLTransaction: StoreTransaction {
    let scope: StoreScope
    private let session: Session
    private let configuration: PostgreSQLConfiguration
    private let isWriting: Bool
    private var isBegun = false
    /// The first failure, which every later call repeats.
    private(set) var failure: PersistenceError?
    /// Whether the transaction may be run again after that failure.
    private(set) var isWorthAnotherAttempt = false
    /// What the server calls the transaction.
    private(set) var number: String?
    /// The database's clock at the beginning.
    private var present: Int64?
    /// The first row that nobody ever removes: whether it is there tells whether the transaction is.
    private(set) var evidence: (table: String, id: StoreValue)?
    /// The tables that workers share and in which something was changed.
    private(set) var changed: Set<String> = []

    init(_ scope: StoreScope, on session: Session, isWriting: Bool, _ configuration: PostgreSQLConfiguration) {
        self.scope = scope
        self.session = session
        self.isWriting = isWriting
        self.configuration = configuration
    }

    // MARK: Rows

    func rows(_ query: RowQuery) throws -> [[StoreValue]] {
        var query = query
        if !isWriting { query.locking = .none }
        let answer = try perform(SQL<PostgreSQLDialect>.select(query), query.table)
        return try reading { try (0..<answer.count).map { try answer.row($0) } }
    }

    func count(_ query: RowQuery) throws -> Int {
        let answer = try perform(SQL<PostgreSQLDialect>.count(query), query.table)
        return try reading { Int(clamping: try answer.wideInteger(0, 0)) }
    }

    func sums(_ query: RowQuery, of columns: [String], by groups: [String]) throws -> [RowSums] {
        let answer = try perform(SQL<PostgreSQLDialect>.sums(query, of: columns, by: groups), query.table)
        return try reading {
            try (0..<answer.count).map { row in
                RowSums(
                    group: try groups.indices.map { try answer.value(row, $0) },
                    count: Int(clamping: try answer.wideInteger(row, groups.count)),
                    sums: try columns.indices.map { index in
                        let place = groups.count + 1 + index * 2
                        return try answer.wideInteger(row, place) << 32 + answer.wideInteger(row, place + 1)
                    }
                )
            }
        }
    }

    func insert(_ rows: [[StoreValue]], into table: RecordTable) throws {
        if rows.count < max(2, configuration.bulkThreshold) {
            let sql = SQL<PostgreSQLDialect>.insert(into: table)
            try perform(rows.map { Session.Command(sql, ParameterBuffer($0)) }, table)
        } else {
            for start in stride(from: 0, to: rows.count, by: Self.bulkLength) {
                try perform([Self.bulk(rows[start..<min(start + Self.bulkLength, rows.count)], into: table)], table)
            }
        }
        if table.growth != .transient { evidence = evidence ?? rows.first?.first.map { (table.name, $0) } }
        note(table)
    }

    func update(_ row: [StoreValue], in table: RecordTable) throws {
        guard table.index(of: "revision") != nil else { throw fail(.fixed(table.noun)) }
        let changes = try perform(SQL<PostgreSQLDialect>.update(row, in: table), table).changes
        guard changes == 0 else { return note(table) }
        let found = try perform(SQL<PostgreSQLDialect>.revision(of: row, in: table), table)
        guard found.count > 0 else { throw fail(.missing(table.noun)) }
        let stored = try reading { try found.value(0, 0) }
        let isSame = table.index(of: "revision").map { row[$0] == stored } ?? false
        throw fail(isSame ? .fixed(table.noun) : .stale(table.noun))
    }

    func delete(_ query: RowQuery) throws -> Int {
        guard query.table.growth == .transient else { throw fail(.fixed(query.table.noun)) }
        let changes = try perform(SQL<PostgreSQLDialect>.delete(query), query.table).changes
        if changes > 0 { note(query.table) }
        return changes
    }

    func clock() throws -> Timestamp? {
        guard configuration.usesDatabaseClock else { return nil }
        if !isBegun { try perform([], nil) }
        return present.map { Timestamp(microsecondsSince1970: $0) }
    }

    // MARK: The end

    /// Ends the transaction well.
    ///
    /// - Returns: the failure of a commit whose outcome is not known; `nil` when it is done.
    /// - Throws: the failure of any call, or of the commit, after which nothing is kept.
    func commit() throws -> ServerFailure? {
        if let failure { throw failure }
        guard isBegun else { return nil }
        let (answers, failure) = session.run([Session.Command("COMMIT")])
        // An answer that came counts, whatever became of the connection after it.
        if let tag = answers.first?.tag {
            guard tag == "COMMIT" else {
                throw note(ServerFailure(state: "40000", message: "the server rolled back"), nil)
            }
            return nil
        }
        guard let failure else { throw note(.lost("no answer"), nil) }
        guard failure.isLost, isWriting, number != nil else { throw note(failure, nil) }
        session.spoil()
        return failure
    }

    /// Ends the transaction, and nothing of it is kept.
    func rollBack() {
        guard isBegun, session.run([Session.Command("ROLLBACK")]).failure != nil else { return }
        session.spoil()
    }

    // MARK: Statements

    private static let bulkLength = 5_000

    /// One statement for many rows, column by column. (`COPY` cannot be used behind row security.)
    private static func bulk(_ rows: ArraySlice<[StoreValue]>, into table: RecordTable) -> Session.Command {
        var parameters = ParameterBuffer()
        var arrays: [String] = []
        for (index, column) in table.columns.enumerated() {
            parameters.append(array: rows.lazy.map { $0[index] }, of: column.kind)
            arrays.append("$\(index + 1)::\(column.kind.arrayType)")
        }
        let sql =
            "INSERT INTO \(table.name) (\(table.columnList)) SELECT * FROM unnest(\(arrays.joined(separator: ", ")))"
        return Session.Command(sql, parameters)
    }

    private func perform(_ statement: SQLStatement, _ table: RecordTable) throws -> Answer {
        let answers = try perform([Session.Command(statement)], table)
        guard let answer = answers.first else { throw fail(.unreadable("answer")) }
        return answer
    }

    @discardableResult
    private func perform(_ commands: [Session.Command], _ table: RecordTable?) throws -> [Answer] {
        if let failure { throw failure }
        let opening = isBegun ? [] : opening
        isBegun = true
        let (answers, failure) = session.run(opening + commands)
        if !opening.isEmpty, answers.count >= opening.count, isWriting, let answer = answers[..<opening.count].last {
            number = answer.text(0, 0)
            if case .integer(let microseconds) = try reading({ try answer.value(0, 1) }) { present = microseconds }
        }
        if let failure { throw note(failure, table) }
        return Array(answers.dropFirst(opening.count))
    }

    /// What comes before the first statement, and in the same round trip.
    private var opening: [Session.Command] {
        let settings = [
            RowSecurity.tenantSetting, scope.tenant?.description ?? "",
            RowSecurity.systemSetting, scope.tenant == nil ? "on" : "",
        ]
        let setting = "set_config($1::text, $2::text, true), set_config($3::text, $4::text, true)"
        let clock = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
        guard isWriting else {
            return [
                Session.Command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
                Session.Command("SELECT \(setting)", texts: settings),
            ]
        }
        var opening = [Session.Command("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")]
        if let tenant = scope.tenant {
            // From here on no other writer of this tenant is under way, and what it wrote is seen by what follows.
            let key = StoreValue.integer(Int64(bitPattern: tenant.lockKey))
            opening.append(Session.Command("SELECT pg_advisory_xact_lock($1)", ParameterBuffer([key])))
        }
        return opening + [
            Session.Command("SELECT pg_current_xact_id()::text, \(clock), \(setting)", texts: settings)
        ]
    }

    private func note(_ table: RecordTable) {
        if case .shared = table.ownership { changed.insert(table.name) }
    }

    private func reading<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as PersistenceError {
            throw fail(error)
        }
    }

    private func note(_ failure: ServerFailure, _ table: RecordTable?) -> PersistenceError {
        // In the system's scope a row may have been added beside this transaction since it looked for one.
        isWorthAnotherAttempt = failure.isWorthAnotherAttempt || (scope == .system && failure.state == "23505")
        if failure.spoilsConnection { session.spoil() }
        return fail(failure.error(about: table))
    }

    private func fail(_ error: PersistenceError) -> PersistenceError {
        failure = failure ?? error
        return error
    }
}

extension Identifier {
    /// What the writers of a tenant wait for each other by.
    ///
    /// Two tenants that share it only wait more than they need.
    fileprivate var lockKey: UInt64 { high.byteSwapped ^ low &* 0x9E37_79B9_7F4A_7C15 }
}
