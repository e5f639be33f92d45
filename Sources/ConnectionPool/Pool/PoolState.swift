/// The machine of a ``Pool`` and what its numbers stand for.
struct PoolState<Connection: Sendable>: Sendable {
    typealias Machine = PoolMachine
    typealias Continuation = CheckedContinuation<Outcome, Never>

    /// What becomes of a caller.
    enum Outcome: Sendable {
        case leased(Connection)
        case failed(any Error)
    }

    /// A caller on its way from asking to its answer, which may be there before it waits for it.
    enum Caller: Sendable {
        case arriving
        case waiting(Continuation)
        case answered(Outcome)
    }

    /// What is to be done outside the lock.
    enum Effect: Sendable {
        case connect(Machine.ConnectionID)
        case cancel(Task<Void, Never>)
        case resume(Continuation, Outcome)
        case close(Machine.ConnectionID, Connection)
        case finish([CheckedContinuation<Void, Never>])
    }

    var machine: Machine
    var connections: [Machine.ConnectionID: Connection] = [:]
    var attempts: [Machine.ConnectionID: Task<Void, Never>] = [:]
    var callers: [UInt64: Caller] = [:]
    var closers: [CheckedContinuation<Void, Never>] = []
    var isFinished = false
    var lastFailure: (any Error)?
    var timer: (due: Moment, cancel: @Sendable () -> Void)?
    private var lastTicket: UInt64 = 0
    private var lastFigures = Machine.Figures()
    private var reports: [PoolDriver<Connection>.Report] = []
    private let isReporting: Bool
    private var isTelling = false

    init(_ machine: Machine, isReporting: Bool) {
        self.machine = machine
        self.isReporting = isReporting
    }

    mutating func newTicket(_ site: CallSite) -> Machine.Ticket {
        lastTicket += 1
        callers[lastTicket] = .arriving
        return Machine.Ticket(lastTicket)
    }

    /// The answer to a caller, once, when it is there.
    mutating func takeOutcome(of ticket: Machine.Ticket) -> Outcome? {
        guard case .answered(let outcome) = callers[ticket.number] else { return nil }
        callers[ticket.number] = nil
        return outcome
    }

    /// Notes who waits for the answer, unless it is there.
    mutating func await(_ ticket: Machine.Ticket, _ continuation: Continuation) -> Outcome? {
        if let outcome = takeOutcome(of: ticket) { return outcome }
        callers[ticket.number] = .waiting(continuation)
        return nil
    }

    /// Tells the machine, and translates what it says.
    mutating func handle(_ event: Machine.Event, at now: Moment) -> [Effect] {
        let actions = machine.handle(event, at: now)
        if case .closed(let id) = event { connections[id] = nil }
        var effects: [Effect] = []
        for action in actions {
            switch action {
            case .connect(let id):
                effects.append(.connect(id))
            case .cancelConnect(let id):
                if let attempt = attempts[id] { effects.append(.cancel(attempt)) }
            case .lease(let ticket, let id):
                guard let connection = connections[id] else { continue }
                answer(ticket, .leased(connection), &effects)
            case .fail(let ticket, let reason):
                answer(ticket, .failed(error(for: reason)), &effects)
            case .close(let id):
                if let connection = connections[id] { effects.append(.close(id, connection)) }
            case .reportLeak(_, let held, let site):
                if isReporting { reports.append(.leak(held: held, site: site)) }
            case .reportMisuse:
                if isReporting { reports.append(.misuse) }
            case .finished:
                isFinished = true
                timer?.cancel()
                timer = nil
                effects.append(.finish(closers))
                closers = []
            }
        }
        return effects
    }

    /// Notes what there is to tell since the last time; whether it is for the caller to tell, because nobody is at it.
    mutating func noteReports() -> Bool {
        guard isReporting else { return false }
        let figures = machine.figures
        if figures != lastFigures {
            // To whom it takes long to be told, the newest matter.
            if case .figures? = reports.last { reports.removeLast() }
            reports.append(.figures(figures))
        }
        lastFigures = figures
        guard !reports.isEmpty, !isTelling else { return false }
        isTelling = true
        return true
    }

    /// What is to be told next, by whom ``noteReports()`` made the teller; with nothing left nobody is.
    mutating func takeReports() -> [PoolDriver<Connection>.Report] {
        defer { reports = [] }
        isTelling = !reports.isEmpty
        return reports
    }

    private mutating func answer(_ ticket: Machine.Ticket, _ outcome: Outcome, _ effects: inout [Effect]) {
        switch callers[ticket.number] {
        case .arriving:
            callers[ticket.number] = .answered(outcome)
        case .waiting(let continuation):
            callers[ticket.number] = nil
            effects.append(.resume(continuation, outcome))
        case .answered, nil:
            break
        }
    }

    private func error(for reason: Machine.Reason) -> any Error {
        switch reason {
        case .deadline: PoolError.deadline(machine.figures, lastFailure: machine.failures > 0 ? lastFailure : nil)
        case .cancelled: CancellationError()
        case .closed: PoolError.closed
        case .tooManyWaiters: PoolError.tooManyWaiters(limit: machine.configuration.maximumWaiters)
        case .tooManyShares: PoolError.tooManyShares(limit: machine.configuration.sharesPerConnection)
        case .connectFailed: lastFailure ?? PoolError.closed
        }
    }
}
