import RouterOSProtocol

/// A command that goes on by itself until it is cancelled or has run its time.
struct Activity: Sendable {
    enum Kind: Sendable {
        /// Tells of changes.
        case listen(menu: String, query: Query, PrintOrder)
        /// Runs a print again and again.
        case repeated(Request, every: Duration)
        /// Measures again and again, as `monitor-traffic` does; each round is a section of its own.
        case monitor(Request, every: Duration, until: Duration?)
        /// Sends one echo request after the other.
        case ping(Ping)
        /// Waits for a script to end, and for what it has put out if that is wanted.
        case script(job: UInt64, wantsOutput: Bool)
    }

    /// Which one of its connection's.
    var number = 0
    let tag: [UInt8]?
    var kind: Kind
    /// How many rounds it has done.
    var rounds = 0

    init(_ kind: Kind, tag: [UInt8]?) {
        self.kind = kind
        self.tag = tag
    }

    /// How long it rests between two rounds; nil when only changes wake it.
    var interval: Duration? {
        switch kind {
        case .listen, .script: nil
        case .repeated(_, let interval), .monitor(_, let interval, _): interval
        case .ping(let ping): ping.interval
        }
    }
}
