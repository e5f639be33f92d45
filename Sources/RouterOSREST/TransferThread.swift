import RouterOSClient
import Synchronization

/// The thread on which libcurl works for one client: any number of transfers at once, none of them in anybody's way.
///
/// It starts with the first transfer, ends with ``stop()`` or after a while without any, and starts again with the next.
final class TransferThread: Sendable {
    private struct Order: Sendable {
        let request: RESTRequest
        let due: ContinuousClock.Instant
        let continuation: CheckedContinuation<Transfer.Outcome, any Error>
    }

    private struct State: Sendable {
        var nextNumber: UInt64 = 0
        /// Transfers that have a number and no end yet.
        var live: Set<UInt64> = []
        /// Those that the thread has not heard of, in their order.
        var orders: [(number: UInt64, order: Order)] = []
        var cancelled: Set<UInt64> = []
        /// That of the thread; nil while there is none.
        var bell: TransferBell?
        var isStopped = false
    }

    private let settings: TransferSettings
    private let resources: TransferResources
    private let state = Mutex(State())

    init(_ settings: TransferSettings, _ resources: TransferResources = .system) {
        self.settings = settings
        self.resources = resources
    }

    /// Sends a request and waits for what it comes to, for `time` at most.
    ///
    /// - Throws: `CancellationError` when the task is cancelled, soon and without waiting for the router.
    func perform(_ request: RESTRequest, _ time: Duration) async throws -> Transfer.Outcome {
        guard time > .zero else { return .failure(.unsentInTime) }
        let due = ContinuousClock.now + min(time, RESTConfiguration.longest)
        let number = state.withLock { state in
            state.nextNumber &+= 1
            state.live.insert(state.nextNumber)
            return state.nextNumber
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                submit(number, Order(request: request, due: due, continuation: continuation))
            }
        } onCancel: {
            state.withLock { state -> TransferBell? in
                guard state.live.contains(number) else { return nil }
                state.cancelled.insert(number)
                return state.bell
            }?.ring()
        }
    }

    /// Ends the thread; what is under way is lost.
    func stop() {
        state.withLock { state -> TransferBell? in
            state.isStopped = true
            return state.bell
        }?.ring()
    }

    private enum Step {
        case ring(TransferBell)
        case start(TransferBell)
        case end(Result<Transfer.Outcome, any Error>)
    }

    private func submit(_ number: UInt64, _ order: Order) {
        let step = state.withLock { state -> Step in
            if state.cancelled.contains(number) { return .end(.failure(CancellationError())) }
            if state.isStopped { return .end(.success(.failure(.lost(isUnsent: true)))) }
            if let bell = state.bell {
                state.orders.append((number, order))
                return .ring(bell)
            }
            guard let bell = resources.bell() else { return .end(.success(.failure(.noResources))) }
            state.bell = bell
            state.orders.append((number, order))
            return .start(bell)
        }
        switch step {
        case .ring(let bell): bell.ring()
        case .start(let bell): if !resources.start({ self.work(bell) }) { fail() }
        case .end(let result): finish(number, order.continuation, result)
        }
    }

    private func finish(
        _ number: UInt64,
        _ continuation: CheckedContinuation<Transfer.Outcome, any Error>?,
        _ result: Result<Transfer.Outcome, any Error>
    ) {
        state.withLock { state in
            state.live.remove(number)
            state.cancelled.remove(number)
        }
        continuation?.resume(with: result)
    }

    /// There is no thread, or it cannot go on: nobody is left waiting, and the next command tries anew.
    private func fail() {
        let orders = state.withLock { state in
            defer { state.orders = [] }
            state.bell = nil
            return state.orders
        }
        for (number, order) in orders { finish(number, order.continuation, .success(.failure(.noResources))) }
    }

    /// Whether the thread may end, since nobody has ordered anything meanwhile.
    private func retire() -> Bool {
        state.withLock { state in
            guard state.orders.isEmpty else { return false }
            state.bell = nil
            return true
        }
    }

    // MARK: On the thread

    private func work(_ bell: TransferBell) {
        guard let multi = resources.multi() else { return fail() }
        let work = TransferWork(settings, multi)
        var continuations: [UInt64: CheckedContinuation<Transfer.Outcome, any Error>] = [:]
        func end(_ ended: [(UInt64, Transfer.Outcome)]) {
            for (number, outcome) in ended {
                finish(number, continuations.removeValue(forKey: number), .success(outcome))
            }
        }
        var idleSince = ContinuousClock.now
        while true {
            let (orders, cancelled, isStopped) = state.withLock { state in
                defer { state.orders = [] }
                return (state.orders, state.cancelled, state.isStopped)
            }
            for (number, order) in orders {
                continuations[number] = order.continuation
                work.add(number, order.request, due: order.due)
            }
            for number in cancelled where work.cancel(number) {
                finish(number, continuations.removeValue(forKey: number), .failure(CancellationError()))
            }
            guard !isStopped, let ended = work.turn() else { break }
            end(ended)
            if !work.isEmpty || !ended.isEmpty { idleSince = ContinuousClock.now }
            let rest = idleSince + settings.idleTimeout
            if work.isEmpty, rest <= ContinuousClock.now, retire() { return }
            guard work.wait(for: bell, until: work.isEmpty ? rest : nil) else { break }
        }
        end(work.abandon())
        fail()
    }
}
