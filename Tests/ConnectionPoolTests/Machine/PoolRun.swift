import ConnectionPool

/// One pool machine that is driven at random from a seed, under audit.
struct PoolRun {
    var machine: PoolMachine
    var auditor: PoolAuditor
    private var random: JitterSource
    private var now = Moment(nanoseconds: 0)
    private var lastTicket: UInt64 = 0
    private let site = CallSite(file: "x", line: 1)

    init(seed: UInt64) {
        random = JitterSource(seed: seed)
        var configuration = PoolConfiguration()
        configuration.maximumConnections = Int.random(in: 1...5, using: &random)
        configuration.maximumConnecting = Int.random(in: 1...3, using: &random)
        configuration.sharesPerConnection = [1, 1, 4].randomElement(using: &random) ?? 1
        configuration.maximumWaiters = [4, 100].randomElement(using: &random) ?? 1
        configuration.idleTimeout = .seconds(20)
        if Bool.random(using: &random) { configuration.leakThreshold = .seconds(30) }
        if Bool.random(using: &random) {
            configuration.maximumLifetime = .seconds(40)
            configuration.lifetimeJitter = .seconds(10)
        }
        configuration.seed = seed
        machine = PoolMachine(configuration)
        auditor = PoolAuditor(configuration)
    }

    mutating func walk(steps: Int) {
        for _ in 0..<steps where auditor.breaches.isEmpty { step() }
    }

    private mutating func send(_ event: PoolMachine.Event) {
        auditor.follow(event, machine.handle(event, at: now), at: now)
        auditor.compare(&machine, at: now)
    }

    private mutating func step() {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<34:
            lastTicket += 1
            let shares = Int.random(in: 1...(auditor.configuration.sharesPerConnection == 1 ? 1 : 5), using: &random)
            let deadline = Bool.random(using: &random) ? now + .seconds(Int.random(in: 0...15, using: &random)) : nil
            send(.acquire(.init(lastTicket), shares: shares, deadline: deadline, site: site))
        case 34..<44:
            guard let waiter = auditor.waiting.randomElement(using: &random) else { return }
            send(.cancel(waiter.ticket))
        case 44..<62:
            guard let ticket = anyLease() else { return }
            send(.release(ticket, isClean: Int.random(in: 0..<5, using: &random) > 0))
        case 62..<82:
            advanceConnection()
        case 82..<85:
            guard let id = anyConnection(where: { _ in true }) else { return }
            // A connection that is being opened ends by failing.
            if auditor.connections[id]?.phase != .connecting { send(.closed(id)) }
        case 85..<88:
            // What no well-behaved shell does, and must do no harm.
            let ticket = PoolMachine.Ticket(UInt64.random(in: 0...lastTicket + 3, using: &random))
            switch Int.random(in: 0..<3, using: &random) {
            case 0: send(.release(ticket, isClean: true))
            case 1: send(.cancel(ticket))
            default:
                // The end of a connection is told by whoever closes it, and by itself.
                let number = UInt64.random(in: 0...lastTicket + 3, using: &random)
                let id = PoolMachine.ConnectionID(number)
                if auditor.connections[id]?.phase != .connecting { send(.closed(id)) }
            }
        case 88..<94:
            let isFar = Int.random(in: 0..<4, using: &random) == 0
            now = now + .milliseconds(Int.random(in: 0...(isFar ? 25_000 : 900), using: &random))
            send(.tick)
        default:
            guard let next = machine.nextDeadline else { return }
            now = max(now, next)
            send(.tick)
        }
    }

    /// Lets one thing happen that the pool waits for.
    private mutating func advanceConnection() {
        guard let id = anyConnection(where: { $0.phase != .open }), let phase = auditor.connections[id]?.phase else {
            return
        }
        switch phase {
        case .connecting:
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<7: send(.connected(id))
            case 7..<9: send(.connectFailed(id, isPermanent: false))
            default: send(.connectFailed(id, isPermanent: true))
            }
        case .closing: send(.closed(id))
        case .open: break
        }
    }

    private mutating func anyLease() -> PoolMachine.Ticket? {
        auditor.leases.keys.min { $0.number < $1.number }
    }

    private mutating func anyConnection(where isMeant: (PoolAuditor.Connection) -> Bool) -> PoolMachine.ConnectionID? {
        let found = auditor.connections.filter { isMeant($0.value) }.keys.sorted { $0.number < $1.number }
        return found.randomElement(using: &random)
    }

    /// Closes the pool and lets everything that is under way come to its end.
    mutating func shutDown(grace: Duration = .zero) {
        send(.close(deadline: now + grace))
        lastTicket += 1
        send(.acquire(.init(lastTicket), shares: 1, deadline: nil, site: site))
        now = now + grace
        send(.tick)
        while let id = anyConnection(where: { _ in true }), auditor.breaches.isEmpty {
            switch auditor.connections[id]?.phase {
            case .connecting:
                send(Bool.random(using: &random) ? .connected(id) : .connectFailed(id, isPermanent: false))
            case .closing: send(.closed(id))
            default: auditor.require(false, "P8: a connection is left open")
            }
        }
        while let ticket = anyLease(), auditor.breaches.isEmpty { send(.release(ticket, isClean: true)) }
        send(.close(deadline: now))
        auditor.require(auditor.finishes == 1, "P8: never finishes")
        auditor.require(machine.nextDeadline == nil, "P10: a timer is left")
    }
}
