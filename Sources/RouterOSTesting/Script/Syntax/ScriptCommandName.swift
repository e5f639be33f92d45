/// The commands that every menu has, in the order in which the beginning of a name finds them.
enum ScriptCommandName: String, CaseIterable, Sendable {
    case local, global, set, put, log
    case `if`, `for`, foreach, `while`, `do`
    case `return`, error, delay, len, pick, find
    case tostr, tonum, tobool, totime, toip, toid, toarray, typeof, time
    case nothing, timestamp, rndnum, rndstr, parse, execute, toip6, onerror
    // Beyond the simulator: they are read, and end the script when they are reached.
    case resolve, ping, environment, terminal, beep, convert, deserialize, serialize, grep, jobname, retry, tocrlf, tolf
    case tonsec, range, `import`, export, exportall, console, blink, led

    /// The command that a name, whole or its beginning, stands for.
    init?(abbreviation: String) {
        guard !abbreviation.isEmpty,
            let command = Self(rawValue: abbreviation)
                ?? Self.allCases.first(where: { $0.rawValue.hasPrefix(abbreviation) })
        else { return nil }
        self = command
    }

    /// The names of what a command takes, in the order in which values without a name are meant; nil when it takes
    /// none that way, or is beyond the simulator.
    var parameters: [String]? {
        switch self {
        case .put: ["message"]
        case .log: ["topics", "message"]
        case .return, .len, .tostr, .tonum, .tobool, .totime, .toip, .toip6, .toid, .toarray, .typeof: ["value"]
        case .error: ["message"]
        case .delay: ["delay-time"]
        case .pick: ["value", "begin", "end"]
        case .find: ["in", "key", "from"]
        case .nothing, .timestamp: []
        case .rndnum: ["from", "to"]
        case .rndstr: ["length", "from"]
        case .parse: ["value"]
        case .execute: ["script", "file", "as-string"]
        default: nil
        }
    }

    /// How many of ``parameters`` must be there.
    var required: Int {
        switch self {
        case .return, .delay, .error, .nothing, .timestamp: 0
        case .pick, .find, .rndnum, .log: 2
        default: 1
        }
    }
}
