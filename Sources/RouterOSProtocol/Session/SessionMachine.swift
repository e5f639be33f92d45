/// The client's side of one API session, without sockets, clocks or threads: login, tags, cancel, end of session.
///
/// The shell around it moves bytes: what ``takeOutgoing()`` hands over goes to the router, what the router sends goes to
/// ``receive(_:)``, and ``nextEvent()`` says what happened. Every command that was submitted ends in exactly one
/// ``Event/completed(tag:result:)``, or in none once it was abandoned.
///
/// States: *fresh* → *logging in* → *ready* → *closed*; every state can move to *closed*.
public struct SessionMachine: Sendable {
    /// What happened, in the order in which it happened.
    public enum Event: Sendable {
        /// The login succeeded: commands may be submitted.
        case loggedIn
        /// A row of the answer to the command with this tag.
        case row(tag: UInt32, Sentence)
        /// The command with this tag is over: its `!done`, or why it failed.
        case completed(tag: UInt32, result: Result<Sentence, RouterOSError>)
        /// The session is over; everything in flight was completed before with the same error.
        case closed(RouterOSError)
    }

    private enum State {
        case fresh
        /// Waiting for the answer to `/login` with this tag.
        case loggingIn(tag: UInt32)
        case ready
        case closed
    }

    private enum Pending {
        /// Someone waits; holds the first trap that came.
        case running(trap: RouterOSError?)
        /// Nobody waits any more; the tag stays taken until the router is done with it.
        case abandoned
    }

    private var state = State.fresh
    private var decoder: SentenceDecoder
    private var encoder = SentenceEncoder()
    private var pending: [UInt32: Pending] = [:]
    private var lastTag: UInt32 = 0
    private var hasSpoken = false
    private var loginTrap: RouterOSError?
    /// Completions of everything in flight, then the end, once the session is over.
    private var epilogue: [Event] = []

    /// Makes a session that has not begun.
    public init(limits: CodecLimits = CodecLimits()) {
        decoder = SentenceDecoder(limits: limits)
    }

    /// Whether commands may be submitted.
    public var isReady: Bool { if case .ready = state { true } else { false } }

    /// Whether the session is over.
    public var isClosed: Bool { if case .closed = state { true } else { false } }

    /// Whether the peer has sent a sentence that only a RouterOS API service sends.
    public var hasRecognisedPeer: Bool { hasSpoken }

    /// The number of commands the router has not finished, abandoned ones included.
    public var inFlight: Int { pending.count }

    /// The bytes to send since the last call.
    public mutating func takeOutgoing() -> [UInt8] { encoder.take() }

    /// Begins the session with the plain-text login of RouterOS 6.43 and later.
    ///
    /// The password goes over the wire as it is: without TLS whoever listens can read it.
    public mutating func logIn(user: String, password: String) {
        guard case .fresh = state else { return }
        let tag = nextTag()
        state = .loggingIn(tag: tag)
        encoder.append(
            Command("/login", tag: tag) {
                $0["name"] = user
                $0["password"] = password
            }
        )
    }

    /// Sends a command and returns the tag that its rows and its completion will carry.
    ///
    /// - Throws: ``RouterOSError`` when the session is not ready; nothing is sent then.
    public mutating func submit(_ command: Command) throws(RouterOSError) -> UInt32 {
        guard isReady else {
            throw RouterOSError(.connectionClosed, "the session is not open. Connect again.", isSafeToRetry: true)
        }
        guard command.path.hasPrefix("/"), command.path.utf8.count > 1 else {
            throw RouterOSError(
                .invalidCommand,
                "a command's path begins with \"/\", as in \"/system/identity/print\"",
                isSafeToRetry: true
            )
        }
        var command = command
        let tag = nextTag()
        command.tag = tag
        // Registered before the bytes leave: an answer cannot come too early.
        pending[tag] = .running(trap: nil)
        encoder.append(command)
        return tag
    }

    /// Stops waiting for a command and tells the router to stop working on it.
    ///
    /// No event of that tag follows. Rows and completions still under way are swallowed, in whatever order the router
    /// sends them; a command that is unknown or over already is left alone.
    public mutating func abandon(_ tag: UInt32) {
        guard case .running = pending[tag] else { return }
        pending[tag] = .abandoned
        guard isReady else { return }
        let cancel = nextTag()
        pending[cancel] = .abandoned
        encoder.append(Command("/cancel", tag: cancel) { $0["tag"] = String(tag) })
    }

    /// Takes in bytes from the router; ``nextEvent()`` says what they mean.
    public mutating func receive(_ bytes: some Collection<UInt8>) {
        guard !isClosed else { return }
        decoder.feed(bytes)
    }

    /// The connection ended: by the peer, by an error, or because we want it to.
    ///
    /// Everything in flight fails with `error`. Does nothing when the session is over already.
    public mutating func close(_ error: RouterOSError) {
        guard !isClosed else { return }
        state = .closed
        _ = encoder.take()
        for tag in pending.keys.sorted() {
            // A refusal that was heard stays one, though its last word was lost.
            if case .running(let trap) = pending[tag] {
                epilogue.append(.completed(tag: tag, result: .failure(trap ?? error)))
            }
        }
        pending = [:]
        epilogue.append(.closed(error))
        epilogue.reverse()
    }

    /// What happened next, or nil when the router has to send more.
    public mutating func nextEvent() -> Event? {
        while !isClosed {
            do throws(RouterOSError) {
                if !hasSpoken, let foreign = RouterOSError.foreignPeer(decoder.pending) { throw foreign }
                guard let sentence = try decoder.next() else { return nil }
                if let event = handle(sentence) { return event }
            } catch {
                close(error)
            }
        }
        return epilogue.popLast()
    }

    private mutating func handle(_ sentence: Sentence) -> Event? {
        hasSpoken = true
        let kind = sentence.kind
        if kind == .fatal {
            close(Self.fatal(sentence))
            return nil
        }
        guard let tag = sentence.integerTag else { return handleUntagged(sentence, kind) }
        if case .loggingIn(tag) = state { return handleLogin(sentence, kind) }
        guard let entry = pending[tag] else { return nil }
        switch (kind, entry) {
        case (.row, .running):
            return .row(tag: tag, sentence)
        case (.trap, .running(trap: nil)):
            pending[tag] = .running(trap: RouterOSError(trap: sentence))
            return nil
        case (.done, .running(let trap)):
            pending[tag] = nil
            return .completed(tag: tag, result: trap.map { .failure($0) } ?? .success(sentence))
        case (.done, .abandoned):
            pending[tag] = nil
            return nil
        default:
            return nil
        }
    }

    private mutating func handleLogin(_ sentence: Sentence, _ kind: ReplyKind) -> Event? {
        switch kind {
        case .trap:
            loginTrap = loginTrap ?? RouterOSError(trap: sentence)
        case .done:
            if let loginTrap {
                close(loginTrap)
            } else if sentence["ret"] != nil {
                close(
                    RouterOSError(
                        .authentication,
                        "the router wants the login of RouterOS before 6.43. Upgrade it to 6.43 or later; not retried."
                    )
                )
            } else {
                state = .ready
                return .loggedIn
            }
        default:
            break
        }
        return nil
    }

    /// Some versions answer a session that is not logged in without a tag; nothing else untagged concerns us.
    private mutating func handleUntagged(_ sentence: Sentence, _ kind: ReplyKind) -> Event? {
        if kind == .trap, case .loggingIn = state { close(RouterOSError(trap: sentence)) }
        return nil
    }

    private static func fatal(_ sentence: Sentence) -> RouterOSError {
        let reason = sentence.bareWord ?? sentence["message"] ?? "no reason given"
        let isLogin = reason.lowercased().contains("not logged in")
        return RouterOSError(
            isLogin ? .authentication : .fatal,
            "the router ended the session: \(reason). Connect again.",
            routerMessage: reason
        )
    }

    private mutating func nextTag() -> UInt32 {
        repeat { lastTag = lastTag == .max ? 1 : lastTag + 1 } while pending[lastTag] != nil
        return lastTag
    }
}
