import RouterOSProtocol

/// The router's side of one API connection.
struct Connection: Sendable {
    /// What a client may send before it has signed in; enough for any login.
    private static let strangerLimits = CodecLimits(wordBytes: 1 << 16, sentenceBytes: 1 << 17, words: 64)

    let openedAt: Duration
    let address: WireText
    let service: APIService
    var decoder = SentenceDecoder(limits: Connection.strangerLimits)
    /// Who has signed in; nil until somebody has.
    private(set) var caller: Caller?
    /// When that was, by the router's clock.
    var signedInAt: WireText?
    /// The challenge that was handed out and not yet answered.
    var challenge: [UInt8]?
    var activities: [Activity] = []
    private var lastActivity = 0
    /// Answers that have not left yet, in their order.
    var waiting: [Transmission] = []
    /// When the next of them is asked to leave; nil when nothing is on the agenda for them.
    var nextDelivery: Duration?
    /// How many bytes of answers the network has not been given.
    var unsentBytes = 0
    /// Whether the network takes no more for now: the client does not read.
    var isCongested = false
    /// Whether the network has lost bytes of it: nothing passes any more.
    var isLost = false
    /// Whether the router has ended it and what was said before has still to leave.
    var isClosing = false

    init(openedAt: Duration, address: WireText, service: APIService) {
        self.openedAt = openedAt
        self.address = address
        self.service = service
    }

    /// Lifts the limits of a stranger, for what has arrived behind the login too.
    mutating func logIn(as caller: Caller) {
        self.caller = caller
        challenge = nil
        decoder.limits = CodecLimits()
    }

    /// Begins a command that goes on by itself; its number.
    mutating func begin(_ activity: Activity) -> Int {
        lastActivity += 1
        var activity = activity
        activity.number = lastActivity
        activities.append(activity)
        return lastActivity
    }
}

/// How the router ends a connection.
package enum ConnectionEnd: Sendable, Hashable {
    /// Behind everything that was said before, however slowly the client reads it.
    case inGoodOrder
    /// At once: what the network has not taken is lost.
    case cut
    /// By a reset, which the client sees as an error.
    case reset
}

/// Bytes for a client, and whether the connection ends after them.
struct Transmission: Sendable {
    let connection: Int
    var bytes: [UInt8]
    /// How the connection ends after them; nil when it goes on.
    var end: ConnectionEnd?
    /// The time between two bytes where they leave one by one.
    var pace: Duration?
    /// When they leave, or the next of them.
    var due: Duration = .zero
    private var sent = 0

    init(connection: Int, bytes: [UInt8], end: ConnectionEnd? = nil, due: Duration = .zero) {
        self.connection = connection
        self.bytes = bytes
        self.end = end
        self.due = due
    }

    /// Whether the connection ends after them.
    var closes: Bool { end != nil }

    /// Whether that end is a reset.
    var resets: Bool { end == .reset }

    /// Whether all of them have left.
    var isDone: Bool { sent >= bytes.count }

    /// When the last of them leaves.
    var lastDue: Duration { pace.map { due + $0 * max(0, bytes.count - sent - 1) } ?? due }

    /// What leaves now: everything, or one byte where they leave one by one.
    mutating func takeNext() -> Transmission {
        var next = self
        if let pace, sent < bytes.count {
            next.bytes = [bytes[sent]]
            sent += 1
            due += pace
        } else {
            sent = bytes.count
        }
        return next
    }
}
