import BillingDomain
import BillingPersistence
import Synchronization

/// The database as one program of the world reaches it: over a network that delays, fails, and loses answers.
///
/// Its clock is the truth, as that of a database server is; what was committed is there for every program.
final class SimulatedStore: BillingStore {
    private let inner: InMemoryStore
    private let process: SimulatedProcess
    private let watch: Watch
    private let sabotage: Sabotage?
    private let board: HintBoard
    private let conditions: @Sendable () -> StoreConditions

    init(
        _ inner: InMemoryStore,
        for process: SimulatedProcess,
        _ watch: Watch,
        _ sabotage: Sabotage?,
        _ board: HintBoard,
        conditions: @escaping @Sendable () -> StoreConditions
    ) {
        self.inner = inner
        self.process = process
        self.watch = watch
        self.sabotage = sabotage
        self.board = board
        self.conditions = conditions
    }

    func read<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreReader) throws -> Result
    ) async throws -> Result {
        try await reach()
        return try await inner.read(scope, body)
    }

    func write<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result {
        try await reach()
        let conditions = conditions()
        let fails = process.chance.once(in: conditions.failsOnceIn)
        let forgets = sabotage == .forgetCommits && process.chance.once(in: 50)
        let journal = Journal()
        let result: Result
        do {
            result = try await inner.write(scope) { transaction in
                let watched = WatchedTransaction(transaction, at: process.truth, process, journal, sabotage)
                process.setInTransaction(true)
                defer { process.setInTransaction(false) }
                let result = try body(watched)
                guard !fails else { throw PersistenceError(.io, "the connection failed before the commit") }
                guard !forgets else { throw Forgotten(result: result) }
                return result
            }
        } catch let forgotten as Forgotten<Result> {
            return forgotten.result
        }
        watch.committed(journal.changes, by: process)
        if let hints = conditions.hints, journal.hasWork { board.spread(hints, on: process.executor) }
        // The program may be killed or stand still between the commit and its answer.
        try await reach()
        if process.chance.once(in: conditions.losesAnswerOnceIn) {
            watch.milestones.reach(.lostAnswer)
            throw PersistenceError(.outcomeUnknown, "the answer of the commit was lost")
        }
        return result
    }

    var changes: AsyncStream<ChangeHint> { board.listen(process) }

    func close() async {}

    /// The way to the database, or back.
    private func reach() async throws {
        guard !process.isDead else { throw PersistenceError(.closed, "the program is dead") }
        let conditions = conditions()
        if process.chance.once(in: conditions.delaysOnceIn) {
            // Cancelling a task does not interrupt a transaction.
            try? await process.sleep(process.chance.time(conditions.delay))
        } else {
            await Task.yield()
        }
        guard !process.isDead else { throw PersistenceError(.closed, "the program is dead") }
    }
}

/// The answer of a commit that is not kept.
private struct Forgotten<Result: Sendable>: Error {
    let result: Result
}

/// What the way to the database is like.
struct StoreConditions: Sendable {
    /// Once in so many times; zero for never.
    var delaysOnceIn = 0
    var delay: ClosedRange<Duration> = .milliseconds(1)...(.milliseconds(5))
    var failsOnceIn = 0
    var losesAnswerOnceIn = 0
    /// How word of new work travels; nil where there is none.
    var hints: HintConditions?

    /// Whether whoever tries again is done before long.
    var isMild: Bool {
        (failsOnceIn == 0 || failsOnceIn > 20) && (delaysOnceIn == 0 || delay.upperBound < .seconds(1))
    }
}
