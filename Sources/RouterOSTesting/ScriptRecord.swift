/// How a script went that a simulated router ran.
public struct ScriptRecord: Sendable, Hashable {
    /// What made the router run it.
    public enum Origin: String, Sendable, Hashable {
        /// A customer came to the hotspot: `on-login` of the user profile.
        case hotspotLogin = "on-login"
        /// A customer left the hotspot: `on-logout` of the user profile.
        case hotspotLogout = "on-logout"
        /// A customer connected by PPP: `on-up` of the profile.
        case pppUp = "on-up"
        /// A customer's PPP connection ended: `on-down` of the profile.
        case pppDown = "on-down"
        /// A scheduler's moment came.
        case scheduler
        /// Somebody ran a row of `/system/script`.
        case run
        /// Somebody gave it to `/execute` or `:execute`.
        case execute
    }

    /// How far it has come.
    public enum Outcome: Sendable, Hashable {
        /// It waits, in a `:delay` or for another script.
        case running
        /// It has come to its end, with the value of `:return` or of its last command.
        case finished(String)
        /// It has stopped before its end, for a reason in the words of the router.
        case failed(String)
        /// It has stopped because it uses what this simulator lacks, though a router has it.
        case unsupported(String)
    }

    /// What made the router run it.
    public let origin: Origin
    /// The customer whose coming or going it was, or the name of the scheduler or script; empty where it has none.
    public let name: String
    /// The user with whose rights it runs; nil for the router itself.
    public let owner: String?
    /// When it began, in the time of the simulator.
    public let begins: Duration
    /// When it ended, in the time of the simulator; nil while it runs.
    public private(set) var ends: Duration?
    /// What it said with `:put`.
    public internal(set) var output: [String] = []
    /// How far it has come.
    public private(set) var outcome = Outcome.running

    init(origin: Origin, name: String, owner: String?, begins: Duration) {
        self.origin = origin
        self.name = name
        self.owner = owner
        self.begins = begins
    }

    mutating func end(at instant: Duration, _ outcome: Outcome) {
        guard ends == nil else { return }
        ends = instant
        self.outcome = outcome
    }
}
