import Synchronization

/// Connections that are opened when they are needed, used by one caller after the other, and closed when nobody needs them.
///
/// The behaviour is that of ``PoolMachine``; this is its lock, its timer and its tasks. Nothing runs while nothing is to be
/// done: no loop, no thread. Safe to use from any task. A pool that is let go of closes its connections.
package final class Pool<Connection: Sendable>: Sendable {
    typealias Machine = PoolMachine

    private let scheduler: any Scheduler
    private let driver: PoolDriver<Connection>
    private let state: Mutex<PoolState<Connection>>

    /// Makes a pool; no connection is opened yet.
    package init(_ configuration: PoolConfiguration, _ driver: PoolDriver<Connection>, on scheduler: any Scheduler) {
        self.scheduler = scheduler
        self.driver = driver
        state = Mutex(PoolState(PoolMachine(configuration), isReporting: driver.report != nil))
    }

    deinit {
        let (connections, timer) = state.withLock { (Array($0.connections.values), $0.timer) }
        timer?.cancel()
        let close = driver.close
        for connection in connections { Task { await close(connection) } }
    }

    /// How the connections are used now.
    package var figures: PoolMachine.Figures { state.withLock { $0.machine.figures } }

    // MARK: Leases

    /// Runs `body` with a connection, and gives it back afterwards.
    ///
    /// - Parameters:
    ///   - shares: how much of a connection it needs.
    ///   - deadline: until when to wait for it; nil for as long as it takes.
    ///   - site: who asks, for the report on a lease that lasts.
    ///   - isClean: whether the connection is good for others after an error of `body`.
    ///   - isolation: where `body` runs.
    ///   - body: what to do with the connection.
    /// - Returns: what `body` returns.
    /// - Throws: ``PoolError``, an error of connecting, `CancellationError` when the task is cancelled, or what `body` throws.
    package func withLease<Result>(
        shares: Int = 1,
        deadline: Moment? = nil,
        site: CallSite,
        isClean: (any Error) -> Bool = { _ in true },
        isolation: isolated (any Actor)? = #isolation,
        _ body: (Connection) async throws -> sending Result
    ) async throws -> sending Result {
        let lease = try await lease(shares: shares, deadline: deadline, site: site)
        do {
            let result = try await body(lease.connection)
            lease.release()
            return result
        } catch {
            lease.release(isClean: isClean(error))
            throw error
        }
    }

    /// Waits for a connection, which the caller gives back.
    ///
    /// - Throws: as ``withLease(shares:deadline:site:isClean:isolation:_:)``.
    package func lease(shares: Int = 1, deadline: Moment? = nil, site: CallSite) async throws -> PoolLease<Connection> {
        try Task.checkCancellation()
        let ticket = update { state in
            let ticket = state.newTicket(site)
            return (ticket, .acquire(ticket, shares: shares, deadline: deadline, site: site))
        }
        let outcome = await withTaskCancellationHandler {
            // Most find a free connection, and need not be suspended.
            if let outcome = state.withLock({ $0.takeOutcome(of: ticket) }) { return outcome }
            return await withCheckedContinuation { continuation in
                let outcome = state.withLock { $0.await(ticket, continuation) }
                if let outcome { continuation.resume(returning: outcome) }
                // A cancellation that came before anybody waited is noticed here, a later one by the handler.
                if Task.isCancelled { handle(.cancel(ticket)) }
            }
        } onCancel: {
            handle(.cancel(ticket))
        }
        switch outcome {
        case .leased(let connection): return PoolLease(connection, ticket, of: self, site)
        case .failed(let error): throw error
        }
    }

    func release(_ ticket: Machine.Ticket, isClean: Bool) { handle(.release(ticket, isClean: isClean)) }

    func dropped(_ ticket: Machine.Ticket, _ site: CallSite) {
        driver.report?(.dropped(site: site))
        handle(.release(ticket, isClean: false))
    }

    // MARK: Connections

    /// Ends the pool: nobody gets a connection any more, and those who have one keep it for `grace`.
    ///
    /// Returns when every connection is closed. May be called again, and from several tasks.
    package func close(grace: Duration = .zero) async {
        beginClosing(grace: grace)
        await withCheckedContinuation { continuation in
            let isFinished = state.withLock { state in
                if !state.isFinished { state.closers.append(continuation) }
                return state.isFinished
            }
            if isFinished { continuation.resume() }
        }
    }

    /// Ends the pool without waiting until its connections are closed.
    package func beginClosing(grace: Duration = .zero) { handle(.close(deadline: scheduler.now + grace)) }

    private func connect(_ id: Machine.ConnectionID) -> Task<Void, Never> {
        Task {
            do {
                let connection = try await driver.connect()
                update { state in
                    state.attempts[id] = nil
                    state.connections[id] = connection
                    return ((), .connected(id))
                }
                await driver.watch(connection) { [weak self] in self?.handle(.closed(id)) }
            } catch {
                let isPermanent = driver.isPermanent(error)
                update { state in
                    state.attempts[id] = nil
                    state.lastFailure = error
                    return ((), .connectFailed(id, isPermanent: isPermanent))
                }
            }
        }
    }

    // MARK: The machine

    private func handle(_ event: Machine.Event) { update { _ in ((), event) } }

    /// Changes the state, tells the machine, and does what it says.
    @discardableResult
    private func update<Result: Sendable>(
        _ change: (inout PoolState<Connection>) -> (Result, Machine.Event)
    ) -> Result {
        let (result, effects, isTeller) = state.withLock { state in
            let (result, event) = change(&state)
            let effects = state.handle(event, at: scheduler.now)
            for case .connect(let id) in effects { state.attempts[id] = connect(id) }
            arm(&state)
            return (result, effects, state.noteReports())
        }
        for effect in effects { perform(effect) }
        if isTeller { tell() }
        return result
    }

    /// Tells what happened, in the order in which it did: whoever changes something meanwhile leaves the telling of it to this.
    private func tell() {
        while true {
            let reports = state.withLock { $0.takeReports() }
            if reports.isEmpty { return }
            for report in reports { driver.report?(report) }
        }
    }

    /// Sets the timer, unless one fires before.
    private func arm(_ state: inout PoolState<Connection>) {
        guard let next = state.machine.nextDeadline else { return }
        if let timer = state.timer {
            guard next < timer.due else { return }
            timer.cancel()
        }
        let cancel = scheduler.schedule(at: next) { [weak self] in
            self?.update { state in
                state.timer = nil
                return ((), .tick)
            }
        }
        state.timer = (next, cancel)
    }

    private func perform(_ effect: PoolState<Connection>.Effect) {
        switch effect {
        case .connect: break
        case .resume(let continuation, let outcome): continuation.resume(returning: outcome)
        case .cancel(let attempt): attempt.cancel()
        case .finish(let closers): for closer in closers { closer.resume() }
        case .close(let id, let connection):
            Task {
                await driver.close(connection)
                handle(.closed(id))
            }
        }
    }
}
