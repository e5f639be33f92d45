public import RouterOSClient
public import RouterOSProtocol
import Synchronization

/// A RouterOS router in memory: it keeps what it is given, answers as a real one does, and enforces what is sold on it.
///
/// Clients reach it over TCP and TLS (``listen(port:address:)``) or inside the process (``connect(configuration:isolation:_:)``), and
/// find the menus of the release it answers as; ``add(menus:)`` gives it more. Customers come to its hotspot and by PPPoE
/// (``logIn(_:password:address:macAddress:)``, ``dial(_:password:macAddress:)``), its scripts and schedulers run, and it breaks as it
/// is told (``inject(_:)``). Everything happens on its own clock, which stands still until ``advance(by:)`` unless it is told to run.
///
/// ```swift
/// let router = RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"))
/// try router.run("/ip/hotspot/user/add", ["name": "A7K2", "limit-uptime": "3h"])
/// try router.run("/ip/hotspot/active/login", ["user": "A7K2", "ip": "10.5.50.2"])
/// router.advance(by: .seconds(7_200))
/// router.rows("/ip/hotspot/active")[0]["session-time-left"]    // "1h"
/// ```
///
/// All members may be called from any thread. The same calls and the same bytes give the same answers; everything random comes from
/// the seed.
public final class RouterOSSimulator: Sendable {
    /// What moves the clock of a simulator.
    public enum Clock: Sendable {
        /// Only ``RouterOSSimulator/advance(by:)``.
        case manual
        /// The clock of the machine, and ``RouterOSSimulator/advance(by:)`` on top of it.
        case live
        /// The clock of the machine, so many times as fast, and ``RouterOSSimulator/advance(by:)`` on top of it.
        ///
        /// A factor below 1 is 1.
        case scaled(by: Int)
    }

    struct State: Sendable {
        var router: SimulatedRouter
        var clockOffset: Duration = .zero
        var tableFile: TableFile?
        var savedRevision = 0
        var ports: [ServedPort] = []
        var certificateChanges = 0
        var alarm: Alarm?
        /// The next attempt to open ports again that somebody else has.
        var reopening: EventLoop.Timer?
        var clients: [Int: any SimulatorPeer] = [:]
        /// The clients that the router has let go of and that may still be reading what it said, the oldest first.
        var ending: [any SimulatorPeer] = []
        /// How many ports were opened.
        var lastPort = 0
        /// The clients of whom nothing is read for now.
        var unread: Set<Int> = []
    }

    /// The release that is simulated.
    public let release: RouterOSVersion
    /// The user of its API that it has from the beginning; rows of `/user` may add others.
    public let credentials: Credentials

    let limits: SimulatorLimits
    let state: Mutex<State>
    private let clock: Clock
    private let startedAt = ContinuousClock.now

    /// Makes a router with empty tables, but for the profile `default`.
    ///
    /// - Parameters:
    ///   - release: the release it answers as.
    ///   - credentials: the user of its API that it has from the beginning.
    ///   - identity: the name in `/system/identity`.
    ///   - clock: what moves its time; manual by default.
    ///   - traffic: what online clients use by themselves; nothing by default.
    ///   - seed: where everything random comes from.
    ///   - limits: how much it keeps for clients that take their time.
    public init(
        _ release: RouterOSVersion = .v7_18,
        credentials: Credentials,
        identity: String = "MikroTik",
        clock: Clock = .manual,
        traffic: SimulatedTraffic = .none,
        seed: UInt64 = 0,
        limits: SimulatorLimits = SimulatorLimits()
    ) {
        self.release = release
        self.credentials = credentials
        self.clock = clock
        self.limits = limits
        state = Mutex(
            State(
                router: SimulatedRouter(
                    release,
                    credentials: credentials,
                    identity: identity,
                    seed: seed,
                    traffic: traffic,
                    limits: limits
                )
            )
        )
    }

    // MARK: Time and customers

    /// Lets time pass; sessions whose allowance runs out on the way end at that moment.
    ///
    /// A negative duration does nothing.
    public func advance(by duration: Duration) {
        guard duration > .zero else { return }
        state.withLock { state in
            state.clockOffset += duration
            settle(&state)
        }
    }

    /// Moves bytes for every session of a hotspot user, ending those that have no allowance left.
    ///
    /// - Parameters:
    ///   - user: the name of the user.
    ///   - bytesIn: received from the client.
    ///   - bytesOut: sent to the client.
    /// - Throws: ``SimulatorError`` with code `refused` when the user is not online.
    public func addTraffic(user: String, in bytesIn: UInt64 = 0, out bytesOut: UInt64 = 0) throws(SimulatorError) {
        let isOnline = process { $0.addTraffic(user: WireText(user), bytesIn: bytesIn, bytesOut: bytesOut) }
        guard isOnline else {
            throw SimulatorError(
                .refused,
                "user \"\(user)\" is not online. Log in with /ip/hotspot/active/login first."
            )
        }
    }

    /// The time on the simulator's clock, since it was made.
    public var time: Duration { process { $0.now } }

    // MARK: Looking inside

    /// The rows of a menu as a `print` would show them, in order.
    ///
    /// An unknown menu has none.
    public func rows(_ menu: String) -> [[String: String]] {
        process { router in
            (try? router.execute(Request(menu + "/print", [])))?.rows.map(Self.dictionary) ?? []
        }
    }

    /// The rows of a menu in their Swift type; a row that is none of that type is left out.
    public func rows<R: RouterOSRow>(_ type: R.Type) -> [R] {
        let rows = process { router in (try? router.execute(Request(R.menu + "/print", [])))?.rows ?? [] }
        var encoder = SentenceEncoder()
        for row in rows {
            encoder.append(Reply(.row) { for (name, value) in row { $0.set(name, bytes: value.bytes) } })
        }
        var decoder = SentenceDecoder()
        decoder.feed(encoder.bytes)
        var typed: [R] = []
        while let sentence = try? decoder.next() {
            if let row = try? R(sentence) { typed.append(row) }
        }
        return typed
    }

    /// Runs a command at the router's console: no connection, no faults, no transcript.
    ///
    /// - Returns: the rows of the answer; the id of a new row is the only row's `ret`.
    /// - Throws: ``SimulatorError`` with code `refused` and the words of the router.
    @discardableResult
    public func run(
        _ command: String,
        _ attributes: KeyValuePairs<String, String> = [:]
    ) throws(SimulatorError) -> [[String: String]] {
        try run(command, attributes.map { ($0.key, $0.value) })
    }

    /// As above, with attributes that are put together while the program runs; they go in the order of their names.
    @discardableResult
    public func run(
        _ command: String,
        attributes: [String: String]
    ) throws(SimulatorError) -> [[String: String]] {
        try run(command, attributes.sorted { $0.key < $1.key })
    }

    private func run(
        _ command: String,
        _ attributes: [(key: String, value: String)]
    ) throws(SimulatorError) -> [[String: String]] {
        let request = Request(command, attributes.map { ($0.key, WireText($0.value)) })
        let result = process { router -> Result<Answer, Trap> in
            do throws(Trap) { return .success(try router.execute(request)) } catch { return .failure(error) }
        }
        switch result {
        case .success(let answer):
            return answer.returned.map { [["ret": $0.description]] } ?? answer.rows.map(Self.dictionary)
        case .failure(let trap):
            throw SimulatorError(.refused, "\(command): \(trap.message)")
        }
    }

    private static func dictionary(_ row: [(name: String, value: WireText)]) -> [String: String] {
        Dictionary(row.map { ($0.name, $0.value.description) }, uniquingKeysWith: { _, last in last })
    }

    // MARK: Inside

    /// Changes the router at the present time; listeners hear of it, and what it says leaves when its tables are safe.
    func process<R: Sendable>(_ change: (inout SimulatedRouter) -> R) -> R {
        state.withLock { state in
            state.router.advance(to: present(state))
            let result = change(&state.router)
            settle(&state)
            return result
        }
    }

    /// Brings the router to the present, where its clock runs by itself.
    func bringUpToDate(_ state: inout State) {
        state.router.advance(to: present(state))
    }

    /// Tells listeners what was changed, brings the router to the present and lets it say what it has to say.
    func settle(_ state: inout State) {
        state.router.tellListeners()
        state.router.advance(to: present(state))
        repeat {
            send(&state)
            state.router.serveHeldUp()
        } while !state.router.outgoing.isEmpty
        for id in state.unread where state.router.reads(id) {
            state.unread.remove(id)
            state.clients[id]?.resumeReading()
        }
        follow(&state)
        if factor != nil { setAlarm(&state, at: state.router.nextDue.map { moment(of: $0, state) }) }
    }

    /// Saves what has changed, and only then sends what the router says.
    private func send(_ state: inout State) {
        var outgoing = state.router.takeOutgoing()
        if state.router.revision != state.savedRevision {
            if state.tableFile?.write(SavedTables.text(of: state.router)) ?? true {
                state.savedRevision = state.router.revision
            } else {
                // An answer would promise what is not there: a router whose flash fails goes silent.
                let ended = outgoing.filter(\.closes)
                state.router.endConnections(inGoodOrder: false)
                outgoing = ended.map { Transmission(connection: $0.connection, bytes: [], end: .cut) }
                outgoing += state.router.takeOutgoing()
            }
        }
        for transmission in outgoing {
            let id = transmission.connection
            guard let client = state.clients[id] else { continue }
            client.send(transmission.bytes)
            state.router.setCongested(client.isCongested, on: id)
            guard let end = transmission.end else { continue }
            state.clients[id] = nil
            state.unread.remove(id)
            client.close(end)
            if end == .inGoodOrder { keep(client, in: &state) }
        }
    }

    /// Remembers a client that goes on reading, and cuts off those before it that are too many.
    private func keep(_ client: any SimulatorPeer, in state: inout State) {
        state.ending.removeAll { !$0.isEnding }
        if client.isEnding { state.ending.append(client) }
        while state.ending.count > limits.endingConnections { state.ending.removeFirst().close(.cut) }
    }

    /// How many times as fast as the machine's the clock runs; nil when it does not run by itself.
    private var factor: Int? {
        switch clock {
        case .manual: nil
        case .live: 1
        case .scaled(let factor): max(1, factor)
        }
    }

    /// When the machine's clock will show that an instant of the simulator's has come.
    private func moment(of due: Duration, _ state: State) -> ContinuousClock.Instant {
        // A division that is not even ends before it.
        startedAt + (due - state.clockOffset) / max(1, factor ?? 1) + .nanoseconds(1)
    }

    private func present(_ state: State) -> Duration {
        guard let factor else { return state.clockOffset }
        return state.clockOffset + (ContinuousClock.now - startedAt) * factor
    }
}
