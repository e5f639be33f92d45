import RouterOSClient
import RouterOSProtocol

/// A router without sockets, clocks or threads: bytes in, bytes out, time and seed from outside.
///
/// The same bytes at the same times give the same answers, whatever the size of the pieces they come in.
struct SimulatedRouter: Sendable {
    let release: RouterOSVersion
    private(set) var menus: [String: Menu]
    /// What menus do beyond their descriptions, by their paths.
    var behaviours = Behaviour.all
    private let credentials: Credentials

    /// The time since the simulator was made.
    private(set) var now: Duration = .zero
    /// When the router was last switched on.
    var bootedAt: Duration = .zero
    /// Whether it is off or starting: it accepts no connection.
    var isDown = false
    /// Whether it stays off until somebody switches it on.
    var isOff = false
    /// Whether it was stopped in good order the last time.
    var wasShutDown = true
    var clock = RouterClock()
    var agenda = Agenda()
    var random: SeededRandom
    /// What the next login by challenge is asked, in the place of what chance brings.
    var nextChallenge: [UInt8]?

    var tables: [String: Table] = [:]
    var settings: [String: [WireText?]] = [:]
    /// Counts changes of what is saved.
    var revision = 0
    /// Changes that listeners have not been told of.
    var changes: [RowChange] = []

    var connections: [Int: Connection] = [:]
    var lastConnection = 0
    var outgoing: [Transmission] = []
    /// The connections with commands that wait until what was answered has left.
    var heldUp: [Int] = []
    var limits: SimulatorLimits
    var transcript: Transcript
    var faults: FaultPlan
    /// What a power cut leaves, where that is less than everything.
    var flash: Flash?
    /// How often the certificate was changed.
    var certificateChanges = 0

    var hotspot = HotspotState()
    var ppp = PPPState()
    var log = RouterLog()
    /// When each scheduler runs next, by the router's clock, in seconds since 1970.
    var schedules: [UInt64: Int64] = [:]
    /// What ended sessions have moved since the start.
    var carried = Traffic()
    /// What the counters of rows have been told of so far.
    var counted: [CountedRow: Traffic] = [:]
    /// When each device began its last trial.
    var trials: [WireText: Duration] = [:]
    var scripting: Scripting
    var web = SimulatedWeb()
    var traffic: SimulatedTraffic
    var customers: Customers

    init(
        _ release: RouterOSVersion,
        credentials: Credentials,
        identity: String,
        seed: UInt64,
        traffic: SimulatedTraffic,
        limits: SimulatorLimits = SimulatorLimits()
    ) {
        self.release = release
        self.limits = limits
        transcript = Transcript(mostBytes: limits.transcriptBytes)
        self.traffic = traffic
        self.credentials = credentials
        random = SeededRandom(seed: seed)
        faults = FaultPlan(seed: seed)
        customers = Customers(random: SeededRandom(seed: seed ^ 0xC057_C057_C057_C057))
        scripting = Scripting(seed: seed)
        menus = MenuLibrary.menus(of: release)
        makeTables()
        store(WireText(identity), in: "name", of: "/system/identity")
        addAPIUser()
        changes = []
        revision = 0
    }

    /// Gives every menu the rows and settings of a new router.
    mutating func makeTables() {
        for menu in menus.values { makeTable(menu) }
    }

    private mutating func makeTable(_ menu: Menu) {
        switch menu.shape {
        case .table: tables[menu.path] = Table(menu)
        case .settings: settings[menu.path] = menu.columns.map(\.initial)
        case .rows, .record, .commands: break
        }
    }

    /// Adds menus, empty but for their first rows; one that is there already is replaced.
    mutating func add(_ menus: [Menu]) {
        for menu in menus {
            self.menus[menu.path] = menu
            makeTable(menu)
            revision += 1
        }
    }

    /// Adds the user that clients sign in as.
    mutating func addAPIUser() {
        _ = try? add(
            "/user",
            ["name": WireText(credentials.user), "password": WireText(credentials.password), "group": "full"]
        )
    }

    // MARK: Time

    /// When the router does something by itself next.
    var nextDue: Duration? { agenda.nextDue }

    /// Lets time pass; what happens on the way happens at its very moment.
    mutating func advance(to time: Duration) {
        while let (due, entry) = agenda.take(dueBy: time) {
            now = max(now, due)
            carryOut(entry)
            tellListeners()
        }
        now = max(now, time)
    }

    private mutating func carryOut(_ entry: Agenda.Entry) {
        switch entry {
        case .delivery(let connection): deliveryDue(to: connection)
        case .activity(let connection, let number): goOn(with: number, on: connection)
        case .session(let key): awaitEnd(of: key)
        case .scheduler(let id): runScheduler(id)
        case .fault(let event): carryOut(event)
        case .customer(let event): carryOut(event)
        case .script(let id): wakeScript(id)
        case .chore(let chore): carryOut(chore)
        }
    }

    // MARK: Rows, by name

    /// The value of a setting; nil when it is absent or the router has no such menu.
    func setting(_ name: String, of path: String) -> WireText? {
        guard let column = menus[path]?.column(name) else { return nil }
        return settings[path]?[column]
    }

    /// Changes a setting as the router itself does.
    mutating func store(_ value: WireText?, in name: String, of path: String) {
        guard let column = menus[path]?.column(name), settings[path] != nil else { return }
        settings[path]?[column] = value
        revision += 1
    }

    /// The value of a column of a row.
    func value(_ name: String, of id: UInt64, in path: String) -> WireText? {
        guard let column = menus[path]?.column(name) else { return nil }
        return tables[path]?.row(id)?.values[column]
    }

    /// Changes columns of a row as the router itself does: nothing is checked, and listeners hear of it.
    mutating func store(_ values: KeyValuePairs<String, WireText?>, in id: UInt64, of path: String) {
        guard let menu = menus[path], var row = tables[path]?.row(id) else { return }
        for (name, value) in values {
            if let column = menu.column(name) { row.values[column] = value }
        }
        tables[path]?.replace(id, values: row.values)
        changed(menu, id, .changed)
    }

    /// Adds a row as the console does; its id.
    @discardableResult
    mutating func add(_ path: String, _ values: KeyValuePairs<String, WireText>) throws(Trap) -> UInt64 {
        let answer = try execute(Request(path + "/add", values.map { ($0.key, $0.value) }))
        guard let id = answer.returned.flatMap({ RowID.number($0) }) else { throw .noSuchCommand }
        return id
    }
}
