/// How new rows are brought to a router, pure.
enum BulkPath: Hashable, Sendable {
    /// Each by a command of its own, all of them on their way at once.
    case pipelined
    /// Together by a script that is put onto the router, run there and removed.
    case script

    /// Fewer rows than these never go by a script.
    static let leastRows = 20
    /// What a script takes, however many rows it writes: looking for one that was left, adding, running, removing.
    static let commands = 4
    /// How much sooner it has to be done than row by row.
    static let leastGain = Duration.seconds(5)

    /// Chooses what is done sooner within the budget of commands.
    ///
    /// - Parameters:
    ///   - rows: how many rows are new, as far as is known before the router is read.
    ///   - left: how many commands may be sent now, beside those that read.
    ///   - rate: how many may be sent in a minute; nil for any number.
    ///   - isPermitted: whether the tenant and the router allow scripts.
    init(rows: Int, left: Int, perMinute rate: Int?, isPermitted: Bool) {
        self = .pipelined
        guard isPermitted, let rate, rows >= Self.leastRows else { return }
        // What is left goes at once; every further command waits for its turn. No number here is large enough to overflow.
        let most = 1_000_000
        let spared = min(rows, most) - min(max(left, Self.commands), most)
        if Duration.seconds(60) * spared >= Self.leastGain * min(max(1, rate), most) { self = .script }
    }
}
