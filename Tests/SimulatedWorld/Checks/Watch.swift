import BillingDomain
import BillingPersistence
import RouterOSProtocol
import RouterOSTesting
import Synchronization

/// Looks at every commit, every command and every customer as it happens, and finds what must never be.
final class Watch: Sendable {
    struct Holder {
        let process: String
        let epoch: Int64
        let until: Timestamp
    }

    struct State {
        var vouchers: [Identifier<Voucher>: Voucher] = [:]
        /// The vouchers in the order in which they were made.
        var order: [Identifier<Voucher>] = []
        var codes: [String: Identifier<Voucher>] = [:]
        var services: [Identifier<ServiceAccount>: ServiceAccount] = [:]
        var serviceOrder: [Identifier<ServiceAccount>] = []
        /// The passwords of services as they were set last.
        var passwords: [Identifier<ServiceAccount>: String] = [:]
        var holders: [Identifier<Router>: Holder] = [:]
        /// What routers say about themselves, as recorded.
        var details: [Identifier<Router>: String] = [:]
        /// When all that workers have sent a router so far would have been sent at a steady rate.
        var horizons: [Identifier<Router>: Duration] = [:]
        /// The longest that a worker has stood still.
        var longestPause = Duration.zero
        /// How many changes somebody has agreed to, once.
        var agreements: [Identifier<Router>: Int] = [:]
        /// What really happened to the voucher of a code.
        var truth: [String: Truth] = [:]
        /// When a router last lost rows or somebody else changed them, by its name.
        var losses: [String: Duration] = [:]
        var violation: (law: Law, what: String)?
    }

    /// What customers really did with a voucher.
    struct Truth {
        var firstLogin: Timestamp?
        var bytes: Int64 = 0
        /// How often a router forgot what was used, or what may be.
        var losses: Int64 = 0
    }

    let log: EventLog
    let milestones: Milestones
    let executor: SeededExecutor
    /// By how much clocks may be wrong without being doubted.
    let slack: Duration
    /// How many commands a router may be sent in a minute; nil where nobody heeds it.
    let commandRate: Int?
    let hosts: [Identifier<Router>: RouterHost]
    let state = Mutex(State())

    init(
        _ log: EventLog,
        _ milestones: Milestones,
        _ executor: SeededExecutor,
        _ hosts: [Identifier<Router>: RouterHost],
        slack: Duration,
        commandRate: Int?
    ) {
        self.log = log
        self.milestones = milestones
        self.executor = executor
        self.hosts = hosts
        self.slack = slack
        self.commandRate = commandRate
    }

    var now: Timestamp { SimulatedProcess.beginning + executor.now }

    // MARK: What is wrong

    /// What is wrong, once something is.
    var violation: (law: Law, what: String)? { state.withLock { $0.violation } }

    func violate(_ law: Law, _ what: String) {
        let isFirst = state.withLock { state in
            defer { state.violation = state.violation ?? (law, what) }
            return state.violation == nil
        }
        if isFirst { log.note("violation", "\(law.rawValue) \(what)") }
    }

    // MARK: What is recorded

    /// The vouchers as they were committed last, in the order in which they were made.
    var vouchers: [Voucher] { state.withLock { state in state.order.compactMap { state.vouchers[$0] } } }

    /// The accounts as they were committed last, in the order in which they were made.
    var services: [ServiceAccount] {
        state.withLock { state in state.serviceOrder.compactMap { state.services[$0] } }
    }

    func isCode(_ name: String) -> Bool { state.withLock { $0.codes[name] != nil } }

    func voucher(_ code: String) -> Voucher? {
        state.withLock { state in state.codes[code].flatMap { state.vouchers[$0] } }
    }

    func password(of service: Identifier<ServiceAccount>) -> String? { state.withLock { $0.passwords[service] } }

    /// A voucher drawn at random.
    func anyVoucher(_ chance: Chance) -> Voucher? {
        state.withLock { state in
            state.order.isEmpty ? nil : state.vouchers[state.order[chance.index(below: state.order.count)]]
        }
    }

    /// Whether a router is recorded as asking whether so much of it is to be changed.
    func asks(_ router: Identifier<Router>) -> Bool {
        state.withLock { $0.details[router] }?.contains("mass-change-limit") ?? false
    }

    /// The name of a router's host.
    func host(of router: Identifier<Router>) -> String? { hosts[router]?.name }
}
