import RouterOSClient
import RouterOSProtocol

/// A router without sockets, clocks or threads: bytes in, bytes out, time and seed from outside.
///
/// The same bytes at the same times give the same answers, whatever the size of the pieces they come in.
struct SimulatedRouter: Sendable {
    let release: RouterOSRelease
    let credentials: Credentials
    let menus: [String: Menu]

    /// The time since the simulator was made.
    private(set) var now: Duration = .zero
    /// When the router was last switched on.
    var bootedAt: Duration = .zero
    var tables: [String: Table] = [:]
    var settings: [String: [WireText?]] = [:]
    var sessions: [HotspotSession] = []
    var traffic: SimulatedTraffic
    var random: SeededRandom

    /// Counts changes of what is saved.
    var revision = 0
    var transcript = Transcript()
    var faults = FaultPlan()
    /// Changes that listeners have not been told of.
    var changes: [Change] = []

    private var connections: [Int: Connection] = [:]
    private var lastConnection = 0
    private var outgoing: [Transmission] = []

    /// A row that came, changed or went.
    struct Change: Sendable {
        let menu: String
        let id: UInt64
        let isRemoved: Bool
    }

    init(
        _ release: RouterOSRelease,
        credentials: Credentials,
        identity: String,
        seed: UInt64,
        traffic: SimulatedTraffic
    ) {
        self.release = release
        self.credentials = credentials
        self.traffic = traffic
        random = SeededRandom(seed: seed)
        menus = RouterMenus.all(of: release)
        for menu in menus.values {
            switch menu.shape {
            case .table: tables[menu.path] = Table()
            case .settings: settings[menu.path] = menu.attributes.map(\.initial)
            case .computed: break
            }
        }
        settings[RouterMenus.identity] = [WireText(identity)]
        addDefaultProfile()
    }

    /// Lets time pass; sessions whose allowance runs out on the way end at that very moment.
    mutating func advance(to time: Duration) {
        guard time > now else { return }
        endSpentSessions(until: time)
        now = time
        tellListeners()
    }

    // MARK: Connections

    /// A client has connected.
    mutating func open() -> Int {
        lastConnection += 1
        connections[lastConnection] = Connection()
        return lastConnection
    }

    /// A client has gone.
    mutating func closed(_ id: Int) {
        connections[id] = nil
    }

    /// The router ends every connection without a word.
    mutating func dropConnections() {
        for id in connections.keys.sorted() { close(id) }
    }

    /// A client has sent bytes.
    mutating func receive(_ bytes: some Collection<UInt8>, on id: Int) {
        guard connections[id] != nil else { return }
        if faults.talksGarbage {
            // Starts like no reply starts, and goes on with noise.
            send([0x05, 0x3F] + random.bytes(62), to: id)
            return
        }
        connections[id]?.decoder.feed(bytes)
        serve(id)
    }

    /// Answers what had to wait, once the router no longer stalls.
    mutating func resume() {
        for id in connections.keys.sorted() { serve(id) }
    }

    private mutating func serve(_ id: Int) {
        do throws(RouterOSError) {
            while !faults.stalls, let sentence = try connections[id]?.decoder.next() {
                handle(sentence, on: id)
            }
        } catch {
            // A real router cannot find the next word either.
            close(id)
        }
    }

    /// The bytes for clients since the last call, in order.
    mutating func takeOutgoing() -> [Transmission] {
        defer { outgoing = [] }
        return outgoing
    }

    private mutating func handle(_ sentence: Sentence, on id: Int) {
        transcript.record(sentence, on: id)
        var replies = SentenceEncoder()
        let verdict = faults.verdict(on: sentence)
        let goesOn = answer(Request(sentence), on: id, into: &replies)
        if verdict == .dropConnection {
            close(id)
        } else {
            send(replies.bytes, to: id)
            if !goesOn { close(id) }
        }
        tellListeners()
    }

    private mutating func send(_ bytes: [UInt8], to id: Int) {
        guard !bytes.isEmpty else { return }
        if let last = outgoing.indices.last, outgoing[last].connection == id, !outgoing[last].closes {
            outgoing[last].bytes += bytes
        } else {
            outgoing.append(Transmission(connection: id, bytes: bytes))
        }
    }

    private mutating func close(_ id: Int) {
        guard connections.removeValue(forKey: id) != nil else { return }
        outgoing.append(Transmission(connection: id, bytes: [], closes: true))
    }

    // MARK: Commands

    /// Answers one command; `false` when the connection ends with it.
    private mutating func answer(_ request: Request, on id: Int, into replies: inout SentenceEncoder) -> Bool {
        switch (request.menu, request.verb) {
        case ("", "login"):
            logIn(request, on: id, into: &replies)
        case ("", "quit"):
            replies.append(Reply(.fatal, reason: "session terminated on request"))
            return false
        case _ where connections[id]?.isLoggedIn != true:
            replies.append(Reply(.fatal, reason: "not logged in"))
            return false
        case ("", "cancel"):
            cancel(request, on: id, into: &replies)
        default:
            do throws(Trap) {
                append(try execute(request), to: request, on: id, into: &replies)
            } catch {
                append(error, tag: request.tag, into: &replies)
            }
        }
        return true
    }

    private mutating func logIn(_ request: Request, on id: Int, into replies: inout SentenceEncoder) {
        guard !faults.refusesLogin else { return append(.wrongLogin, tag: request.tag, into: &replies) }
        guard let name = request["name"] else {
            // Routers since 6.45.1 still hand out a challenge here, and then refuse every answer to it.
            let challenge = random.bytes(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
            return replies.append(Reply(.done, tag: request.tag) { $0["ret"] = challenge })
        }
        guard name == WireText(credentials.user), (request["password"] ?? "") == WireText(credentials.password) else {
            return append(.wrongLogin, tag: request.tag, into: &replies)
        }
        connections[id]?.logIn()
        replies.append(Reply(.done, tag: request.tag))
    }

    /// Ends listeners in the order real routers show: the victim's trap, the end of the cancel, the end of the victim.
    private mutating func cancel(_ request: Request, on id: Int, into replies: inout SentenceEncoder) {
        let wanted = request["tag"]
        let isVictim = { (listener: Listener) in wanted == nil || wanted.map(\.bytes) == listener.tag }
        let victims = connections[id]?.listeners.filter(isVictim) ?? []
        connections[id]?.listeners.removeAll(where: isVictim)
        for victim in victims { replies.append(reply(.interrupted, tag: victim.tag)) }
        replies.append(Reply(.done, tag: request.tag))
        for victim in victims { replies.append(Reply(.done, tag: victim.tag)) }
    }

    private mutating func append(
        _ answer: Answer,
        to request: Request,
        on id: Int,
        into replies: inout SentenceEncoder
    ) {
        for row in answer.rows { replies.append(reply(row, tag: request.tag)) }
        if let listener = answer.listener {
            connections[id]?.listeners.append(listener)
            return
        }
        if answer.isListing, answer.rows.isEmpty, release.saysEmpty { replies.append(Reply(.empty, tag: request.tag)) }
        replies.append(
            Reply(.done, tag: request.tag) { done in
                if let returned = answer.returned { done.set("ret", bytes: returned.bytes) }
            }
        )
    }

    private func append(_ trap: Trap, tag: [UInt8]?, into replies: inout SentenceEncoder) {
        replies.append(reply(trap, tag: tag))
        replies.append(Reply(.done, tag: tag))
    }

    private func reply(_ trap: Trap, tag: [UInt8]?) -> Reply {
        Reply(.trap, tag: tag) {
            if let category = trap.category { $0["category"] = String(category) }
            $0["message"] = trap.message
        }
    }

    private func reply(_ row: [(name: String, value: WireText)], tag: [UInt8]?) -> Reply {
        Reply(.row, tag: tag) { attributes in
            for (name, value) in row { attributes.set(name, bytes: value.bytes) }
        }
    }

    /// Sends every pending change to the listeners that want it.
    mutating func tellListeners() {
        guard !changes.isEmpty else { return }
        let news = changes
        changes = []
        for (id, connection) in connections.sorted(by: { $0.key < $1.key }) where !connection.listeners.isEmpty {
            var replies = SentenceEncoder()
            for change in news {
                for listener in connection.listeners where listener.menu == change.menu {
                    if let row = describe(change, to: listener) { replies.append(reply(row, tag: listener.tag)) }
                }
            }
            send(replies.bytes, to: id)
        }
    }
}
