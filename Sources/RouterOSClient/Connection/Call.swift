import RouterOSProtocol
import Synchronization

/// One command from the call to its end; belongs to its connection.
final class Call {
    /// Who hears of the answer.
    enum Audience {
        /// Someone who wants it whole.
        case collector(CheckedContinuation<Answer, any Error>)
        /// Someone who reads row by row.
        case stream(RowBuffer)
        /// The connection itself, to find out whether the router is there.
        case keepAlive
    }

    let command: Command
    let audience: Audience
    let ticket: Ticket
    /// How long the router may take: for everything, or from one row of a stream to the next; nil for ever.
    let patience: Duration?
    let started: ContinuousClock.Instant
    var deadline: ContinuousClock.Instant?
    /// The rows that came: all of a collector's, of a stream those that were not handed over.
    var rows: [Sentence] = []
    /// The bytes of `rows` as they came over the wire.
    var bytes = 0
    /// The bytes of its sentence, once that is on its way.
    var bytesSent = 0
    var allRows = 0
    var allBytes = 0
    /// Whether its stream has a reader that does not keep up.
    var isFull = false

    init(
        _ command: Command,
        for audience: Audience,
        _ ticket: Ticket,
        at now: ContinuousClock.Instant,
        patience: Duration?
    ) {
        self.command = command
        self.audience = audience
        self.ticket = ticket
        self.patience = patience
        started = now
        deadline = patience.map { started.later(by: $0) }
    }

    /// By what a call is known before the loop has seen it; touched on the loop alone once it has.
    final class Ticket: Sendable {
        enum Place: Equatable {
            /// The loop has not seen it.
            case new
            /// It waits for its turn to be sent.
            case held(UInt64)
            /// It was sent with this tag.
            case sent(UInt32)
            /// It is over, or was cancelled.
            case over
        }

        private let place = Mutex(Place.new)

        var current: Place {
            get { place.withLock { $0 } }
            set { place.withLock { $0 = newValue } }
        }
    }
}
