import BillingPersistence

/// How one attempt at a transaction ended.
enum Ending<Result: Sendable>: Sendable {
    /// Well; with what to tell other workers.
    case done(Result, changed: Set<String>)
    /// With an error, and nothing kept.
    case failed(any Error)
    /// With an error that may not come again, and nothing kept.
    case again(PersistenceError)
    /// Nobody knows how: the connection was lost while it was committed.
    case unknown(Result, LostCommit, changed: Set<String>)
}

/// What is known about a commit whose answer was lost.
struct LostCommit: Sendable {
    /// What the server called the transaction.
    let number: String
    /// What the server was called then.
    let boot: String
    /// A row that is there if, and only if, the transaction is.
    let evidence: (table: String, id: StoreValue)?
    /// What the connection said.
    let cause: String
}

extension Session {
    /// Runs `body` as one transaction, once.
    func write<Result: Sendable>(
        _ scope: StoreScope,
        _ configuration: PostgreSQLConfiguration,
        _ body: (any StoreTransaction) throws -> Result
    ) -> Ending<Result> {
        let transaction = PostgreSQLTransaction(scope, on: self, isWriting: true, configuration)
        do {
            let result = try body(transaction)
            guard let lost = try transaction.commit(), let number = transaction.number else {
                return .done(result, changed: transaction.changed)
            }
            let commit = LostCommit(number: number, boot: boot, evidence: transaction.evidence, cause: lost.message)
            return .unknown(result, commit, changed: transaction.changed)
        } catch {
            return end(transaction, after: error)
        }
    }

    /// Runs `body` on one snapshot, once.
    func read<Result: Sendable>(
        _ scope: StoreScope,
        _ configuration: PostgreSQLConfiguration,
        _ body: (any StoreReader) throws -> Result
    ) -> Ending<Result> {
        let transaction = PostgreSQLTransaction(scope, on: self, isWriting: false, configuration)
        do {
            let result = try body(transaction)
            if let failure = transaction.failure { throw failure }
            // What was read is read, whatever becomes of the end.
            transaction.rollBack()
            return .done(result, changed: [])
        } catch {
            return end(transaction, after: error)
        }
    }

    private func end<Result>(_ transaction: PostgreSQLTransaction, after error: any Error) -> Ending<Result> {
        transaction.rollBack()
        // The body may have thrown something else because of a failure that may not come again.
        if let failure = transaction.failure, transaction.isWorthAnotherAttempt { return .again(failure) }
        return .failed(error)
    }
}
