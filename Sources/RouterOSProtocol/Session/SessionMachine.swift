/// The client's side of one API session, without sockets, clocks or threads: login, tags, cancel, end of session.
///
/// The shell around it moves bytes: what ``takeOutgoing()`` hands over goes to the router, what the router sends goes to
/// `receive(_:)`, and ``nextEvent()`` says what happened. Every command that was submitted ends in exactly one
/// ``Event/completed(tag:result:)``, or in none once it was abandoned.
///
/// ```swift
/// var session = SessionMachine()
/// session.logIn(user: "api", password: password)
/// send(session.takeOutgoing())
/// …
/// session.receive(bytes)
/// while let event = session.nextEvent() { … }
/// ```
///
/// States: *fresh* → *logging in* → *ready* → *quitting* → *closed*. Every state can move to *closed*, none moves back.
/// What a peer sends cannot grow its memory without end: as long as events are taken out, it keeps the sentence that is not
/// whole yet, which the codec's limits bound, and of each command under way the first KiB of the first trap.
public struct SessionMachine: Sendable {
    enum State: Sendable {
        /// Nothing has been sent.
        case fresh
        /// The router has to answer `/login`.
        case loggingIn(LoginAttempt)
        /// Commands may be submitted.
        case ready
        /// `/quit` was sent: commands under way may still end, and so may the session, without either being an error.
        case quitting
        /// Nothing is sent or heard any more.
        case closed
    }

    /// The most commands that may be under way, abandoned ones included.
    public let maximumInFlight: Int

    let limits: CodecLimits
    var state = State.fresh
    @usableFromInline var decoder: SentenceDecoder
    var encoder = SentenceEncoder()
    /// What the router has not finished, by tag: commands and the cancels of commands.
    var pending: [UInt32: PendingCommand] = [:]
    var lastTag: UInt32 = 0
    /// How often bytes were taken; a command of the present batch has not left yet.
    var batch: UInt64 = 0
    /// What is still to be told once the session is over, the last first.
    var epilogue: [Event] = []

    /// Whether the peer has sent a sentence that only a RouterOS API service sends.
    public internal(set) var hasRecognisedPeer = false

    /// Makes a session that has not begun.
    ///
    /// - Parameters:
    ///   - limits: what of the router's answers is accepted.
    ///   - maximumInFlight: the most commands that may be under way; a router works on them one after another, and one
    ///     that answers none must not be fed for ever.
    public init(limits: CodecLimits = CodecLimits(), maximumInFlight: Int = 4_096) {
        self.limits = limits
        self.maximumInFlight = maximumInFlight
        decoder = SentenceDecoder(limits: limits)
    }

    /// Whether commands may be submitted.
    public var isReady: Bool { if case .ready = state { true } else { false } }

    /// Whether the session is over.
    public var isClosed: Bool { if case .closed = state { true } else { false } }

    /// The number of commands the router has not finished, abandoned ones and cancels of unfinished ones included.
    public var inFlight: Int { pending.count }

    /// How many bytes ``takeOutgoing()`` has.
    package var outgoingBytes: Int { encoder.count }

    /// The bytes to send since the last call.
    ///
    /// Commands whose bytes were handed over count as sent: should the session end, they are not safe to retry.
    public mutating func takeOutgoing() -> [UInt8] {
        batch &+= 1
        return encoder.take()
    }

    /// Takes in bytes from the router; ``nextEvent()`` says what they mean.
    @inlinable
    public mutating func receive(_ bytes: some Collection<UInt8>) {
        guard !isClosed else { return }
        decoder.feed(bytes)
    }

    /// As above, without a copy when nothing is left of what came before.
    public mutating func receive(_ bytes: [UInt8]) {
        guard !isClosed else { return }
        decoder.feed(bytes)
    }

    /// What happened next, or nil when the router has to send more.
    public mutating func nextEvent() -> Event? {
        while !isClosed {
            do throws(RouterOSError) {
                guard try mayBeReply(), let sentence = try decoder.next() else { return nil }
                if let event = handle(sentence) { return event }
            } catch {
                end(error)
            }
        }
        return epilogue.popLast()
    }

    /// Whether what is received can be read as replies; false when the peer has not said enough to tell.
    private mutating func mayBeReply() throws(RouterOSError) -> Bool {
        guard !hasRecognisedPeer else { return true }
        switch PeerGreeting(decoder.pending) {
        case .reply: return true
        case .incomplete:
            // There is no sentence yet, but the decoder lets go of empty ones, however many come.
            _ = try? decoder.next()
            return false
        case .foreign(let error): throw error
        }
    }

    /// A number that no reply on its way can carry.
    mutating func nextTag() -> UInt32 {
        repeat { lastTag = lastTag == .max ? 1 : lastTag + 1 } while pending[lastTag] != nil
        return lastTag
    }
}
