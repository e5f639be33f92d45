import ConnectionPool
import Testing

/// Every state of a connection and of a caller, with every event that can concern it.
@Suite("Pool machine, every state and every event")
struct PoolMachineTableTests {
    enum ConnectionState: String, CaseIterable, Sendable {
        case unknown, connecting, idle, leased, condemned, closing, gone
    }

    enum ConnectionEvent: String, CaseIterable, Sendable { case connected, failed, refused, closed, close }

    enum CallerState: String, CaseIterable, Sendable { case unknown, waiting, leased, answered }

    enum CallerEvent: String, CaseIterable, Sendable { case acquire, cancel, release, spoil }

    private let start = Moment(nanoseconds: 0)
    private let first = PoolMachine.ConnectionID(1)
    private let caller = PoolMachine.Ticket(1)
    private let site = CallSite(file: "x", line: 1)

    private func acquire(_ ticket: PoolMachine.Ticket) -> PoolMachine.Event {
        .acquire(ticket, shares: 1, deadline: nil, site: site)
    }

    private func pool(_ events: [PoolMachine.Event]) -> PoolMachine {
        var configuration = PoolConfiguration()
        configuration.maximumConnections = 1
        var pool = PoolMachine(configuration)
        for event in events { _ = pool.handle(event, at: start) }
        return pool
    }

    private func pool(with state: ConnectionState) -> PoolMachine {
        let opened = [acquire(caller), .connected(first)]
        let rested = opened + [.release(caller, isClean: true)]
        return switch state {
        case .unknown: pool([])
        case .connecting: pool([acquire(caller)])
        case .idle: pool(rested)
        case .leased: pool(opened)
        case .condemned: pool(opened + [.close(deadline: start + .seconds(60))])
        case .closing: pool(opened + [.release(caller, isClean: false)])
        case .gone: pool(opened + [.release(caller, isClean: false), .closed(first)])
        }
    }

    /// What a connection's event leads to; nothing unless it is here.
    private func expected(_ state: ConnectionState, _ event: ConnectionEvent) -> [PoolMachine.Action] {
        switch (state, event) {
        case (.connecting, .connected): [.lease(caller, first)]
        case (.connecting, .failed), (.connecting, .refused): [.fail(caller, .connectFailed)]
        case (.connecting, .closed): [.connect(.init(2))]
        case (.connecting, .close): [.fail(caller, .closed), .cancelConnect(first)]
        case (.idle, .close), (.leased, .close), (.condemned, .close): [.close(first)]
        case (.condemned, .closed): [.finished]
        case (.unknown, .close), (.gone, .close): [.finished]
        default: []
        }
    }

    @Test(
        "an event of a connection does what belongs to its state, and nothing in any other",
        arguments: ConnectionState.allCases,
        ConnectionEvent.allCases
    )
    func connections(state: ConnectionState, event: ConnectionEvent) {
        var pool = pool(with: state)
        let input: PoolMachine.Event =
            switch event {
            case .connected: .connected(first)
            case .failed: .connectFailed(first, isPermanent: false)
            case .refused: .connectFailed(first, isPermanent: true)
            case .closed: .closed(first)
            case .close: .close(deadline: start)
            }
        #expect(pool.handle(input, at: start + .seconds(0)) == expected(state, event))
    }

    @Test(
        "an event of a caller does what belongs to its state, and is reported in any other",
        arguments: CallerState.allCases,
        CallerEvent.allCases
    )
    func callers(state: CallerState, event: CallerEvent) {
        var pool =
            switch state {
            case .unknown: pool([])
            case .waiting: pool([acquire(caller)])
            case .leased: pool([acquire(caller), .connected(first)])
            case .answered: pool([acquire(caller), .connected(first), .release(caller, isClean: true)])
            }
        let input: PoolMachine.Event =
            switch event {
            case .acquire: acquire(caller)
            case .cancel: .cancel(caller)
            case .release: .release(caller, isClean: true)
            case .spoil: .release(caller, isClean: false)
            }
        let expected: [PoolMachine.Action] =
            switch (state, event) {
            case (.unknown, .acquire): [.connect(first)]
            case (.answered, .acquire): [.lease(caller, first)]
            case (.waiting, .cancel): [.fail(caller, .cancelled)]
            case (.leased, .release): []
            case (.leased, .spoil): [.close(first)]
            case (_, .cancel): []
            default: [.reportMisuse(caller)]
            }
        #expect(pool.handle(input, at: start) == expected)
    }
}
