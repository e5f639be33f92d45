import BillingPersistence

/// Brings a database's schema up to date, once, whoever starts at the same time.
struct Migrator {
    /// What starters wait for each other by; any number that nobody else uses.
    private static let lock: Int64 = 0x726F_7574_6572_6F73

    let migrations: [Migration]
    let tables: [RecordTable]

    /// The schema of this version.
    static let current = Migrator(migrations: Schema.migrations(PostgreSQLDialect.self), tables: Schema.tables)

    /// Applies what is missing, in one transaction.
    ///
    /// - Throws: ``PersistenceError`` with ``PersistenceError/Code/newerSchema`` where the database knows steps that this
    ///   version does not; ``ServerFailure``.
    func run(on session: Session) throws {
        do {
            // Others may be at it, and a step may take its time: the usual limits would be in the way.
            try session.run(
                script: """
                    BEGIN;
                    SET LOCAL statement_timeout = 0;
                    SET LOCAL lock_timeout = 0;
                    SET LOCAL idle_in_transaction_session_timeout = 0;
                    SELECT pg_advisory_xact_lock(\(Self.lock));
                    CREATE TABLE IF NOT EXISTS routeros_migration (
                        name TEXT COLLATE "C" PRIMARY KEY,
                        applied_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp()
                    );
                    -- Empty after a crash, because nothing of it is logged.
                    CREATE UNLOGGED TABLE IF NOT EXISTS routeros_boot (one BOOLEAN PRIMARY KEY CHECK (one), id UUID NOT NULL);
                    """,
                within: Self.patience
            )
            let missing = try missing(on: session)
            for migration in missing {
                try session.run(script: migration.sql, within: Self.patience)
                try session.single(
                    Session.Command("INSERT INTO routeros_migration (name) VALUES ($1)", texts: [migration.name])
                )
            }
            if !missing.isEmpty {
                try session.run(
                    script: tables.map(RowSecurity.statements).joined(separator: "\n"),
                    within: Self.patience
                )
            }
            try session.run(script: "COMMIT", within: Self.patience)
        } catch {
            _ = session.run([Session.Command("ROLLBACK")])
            throw error
        }
    }

    private static let patience = Duration.seconds(600)

    private func missing(on session: Session) throws -> [Migration] {
        let answer = try session.single(
            Session.Command("SELECT name FROM routeros_migration ORDER BY applied_at, name")
        )
        let applied = (0..<answer.count).compactMap { answer.text($0, 0) }
        let known = Set(migrations.map(\.name))
        guard applied.allSatisfy(known.contains) else {
            throw PersistenceError(
                .newerSchema,
                "The database was written by a newer version of this library; use that one, or another database."
            )
        }
        return migrations.filter { !applied.contains($0.name) }
    }
}

extension Session {
    /// Runs one statement on its own.
    @discardableResult
    func single(_ command: Command) throws -> Answer {
        let (answers, failure) = run([command], isKept: false)
        if let failure { throw failure }
        guard let answer = answers.first else { throw ServerFailure.lost("no answer") }
        return answer
    }

    /// Learns what the server is called since it last lost something.
    func learnBoot() throws {
        try single(Command("INSERT INTO routeros_boot VALUES (true, gen_random_uuid()) ON CONFLICT DO NOTHING"))
        boot = try single(Command("SELECT id::text FROM routeros_boot")).text(0, 0) ?? ""
    }
}
