import BillingPersistence
import ConnectionPool
import Synchronization

/// Tells other processes what was changed, not too often, and those of this process what was told.
final class ChangeHints: Sendable {
    /// What is listened to; one for the whole database.
    static let channel = "routeros_billing"

    private struct State {
        var isClosed = false
        var changed: Set<String> = []
        var isScheduled = false
        var lastSent: Moment?
        var listeners: [UInt64: AsyncStream<ChangeHint>.Continuation] = [:]
        var lastListener: UInt64 = 0
        var ear: Task<Void, Never>?
    }

    private let target: ConnectionTarget
    private let configuration: PostgreSQLConfiguration
    private let scheduler: any Scheduler
    private let state = Mutex(State())

    init(_ target: ConnectionTarget, _ configuration: PostgreSQLConfiguration, on scheduler: any Scheduler) {
        self.target = target
        self.configuration = configuration
        self.scheduler = scheduler
    }

    // MARK: Telling

    /// Notes what a transaction changed; `send` is called soon, with all there is to tell by then.
    func note(_ tables: Set<String>, send: @escaping @Sendable (ChangeHint) async -> Void) {
        guard !tables.isEmpty else { return }
        let due = state.withLock { state -> Moment? in
            state.changed.formUnion(tables)
            guard !state.isScheduled, !state.isClosed else { return nil }
            state.isScheduled = true
            return state.lastSent.map { max(scheduler.now, $0 + configuration.hintInterval) } ?? scheduler.now
        }
        guard let due else { return }
        _ = scheduler.schedule(at: due) { [weak self] in
            guard let self, let hint = self.take() else { return }
            Task { await send(hint) }
        }
    }

    private func take() -> ChangeHint? {
        state.withLock { state in
            state.isScheduled = false
            state.lastSent = scheduler.now
            defer { state.changed = [] }
            return state.isClosed ? nil : ChangeHint(tables: state.changed)
        }
    }

    // MARK: Hearing

    /// What is told from now on.
    func stream() -> AsyncStream<ChangeHint> {
        // Who is slow hears of the latest; hints are alike.
        let (stream, continuation) = AsyncStream.makeStream(of: ChangeHint.self, bufferingPolicy: .bufferingNewest(64))
        state.withLock { state in
            guard !state.isClosed else { return continuation.finish() }
            state.lastListener += 1
            let number = state.lastListener
            state.listeners[number] = continuation
            continuation.onTermination = { [weak self] _ in
                self?.state.withLock { _ = $0.listeners.removeValue(forKey: number) }
            }
            if state.ear == nil { state.ear = Task { [weak self] in await self?.listen() } }
        }
        return stream
    }

    /// Ends every stream, and returns when nobody listens any more.
    func close() async {
        let (ear, listeners) = state.withLock { state in
            state.isClosed = true
            defer { state.listeners = [:] }
            return (state.ear, state.listeners.values)
        }
        for listener in listeners { listener.finish() }
        await ear?.value
    }

    private func tell(_ hint: ChangeHint) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners { listener.yield(hint) }
    }

    /// Whether anybody still wants to hear; the last one takes the ear away.
    private var isWanted: Bool {
        state.withLock { state in
            if state.listeners.isEmpty || state.isClosed { state.ear = nil }
            return state.ear != nil
        }
    }

    private func listen() async {
        let backoff = Backoff(base: .milliseconds(200), cap: .seconds(10))
        var random = SystemRandomNumberGenerator()
        var failures = 0
        while isWanted {
            let database = Database()
            do {
                try await database.open(target, configuration) { session in
                    try session.single(Session.Command("LISTEN \(Self.channel)"))
                }
                failures = 0
                // What was told before nobody heard.
                tell(ChangeHint())
                while isWanted {
                    let told = try await database.run { try $0.notifications(within: .milliseconds(500)) }.result
                    for payload in told { tell(ChangeHint(payload: payload)) }
                }
            } catch {
                failures += 1
            }
            await database.close()
            if failures > 0, isWanted {
                let delay = backoff.delay(afterFailures: failures, using: &random)
                try? await scheduler.sleep(until: scheduler.now + delay)
            }
        }
    }
}
