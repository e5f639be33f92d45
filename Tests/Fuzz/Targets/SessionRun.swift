import RouterOSProtocol

/// A session with a caller who writes down what happens and knows what must not.
struct SessionRun {
    /// What a caller can tell apart.
    enum Seen: Equatable {
        case loggedIn
        case row(UInt32, Sentence)
        case done(UInt32, Sentence)
        case failed(UInt32, String)
        case closed(String?)
    }

    private var seen: [Seen] = []
    private let isDripped: Bool
    private var session = SessionMachine()
    /// Submitted and neither completed nor abandoned.
    private var waiting: Set<UInt32> = []
    /// Submitted since bytes were last handed over.
    private var unsent: Set<UInt32> = []
    private var hasQuit = false
    private var isReady = false
    private var isClosed = false

    init(isDripped: Bool) { self.isDripped = isDripped }

    /// What happened since the last call.
    mutating func takeSeen() -> [Seen] {
        defer { seen.removeAll(keepingCapacity: true) }
        return seen
    }

    mutating func logIn(_ mode: LoginMode) { session.logIn(user: "api", password: "secret", mode: mode) }

    mutating func submit() {
        guard let tag = try? session.submit(Command("/system/identity/print")) else { return }
        waiting.insert(tag)
        unsent.insert(tag)
    }

    /// The completion is still to come.
    mutating func cancel(_ tag: UInt32) { session.cancel(tag) }

    mutating func quit() {
        hasQuit = hasQuit || session.isReady
        session.quit()
    }

    mutating func abandon(_ tag: UInt32) {
        session.abandon(tag)
        waiting.remove(tag)
    }

    mutating func receive(_ bytes: [UInt8]) throws(BrokenLaw) {
        if isDripped {
            for byte in bytes {
                session.receive([byte])
                try drain()
            }
        } else {
            session.receive(bytes)
            try drain()
        }
    }

    mutating func close() throws(BrokenLaw) {
        session.close(RouterOSError(.connectionClosed, "the connection ended"))
        try drain()
        try law(waiting.isEmpty, "never completed: \(waiting)")
        try law(isClosed && session.isClosed, "not closed")
        try law(session.inFlight == 0, "in flight after the end: \(session.inFlight)")
        try law(session.takeOutgoing().isEmpty, "bytes to send after the end")
        try law((try? session.submit(Command("/x/print"))) == nil, "a command after the end")
    }

    private mutating func drain() throws(BrokenLaw) {
        while let event = session.nextEvent() {
            try law(!isClosed, "an event after the end")
            switch event {
            case .loggedIn:
                try law(!isReady, "logged in twice")
                isReady = true
                seen.append(.loggedIn)
            case .row(let tag, let row):
                try law(waiting.contains(tag), "a row for \(tag), which nobody waits for")
                seen.append(.row(tag, row))
            case .completed(let tag, let result):
                try law(waiting.remove(tag) != nil, "\(tag) completed, which nobody waits for")
                switch result {
                case .success(let done): seen.append(.done(tag, done))
                case .failure(let error):
                    seen.append(.failed(tag, error.description))
                    guard error.code == .connectionClosed else { break }
                    let isUnsent = unsent.contains(tag)
                    try law(error.isSafeToRetry == isUnsent, "\(tag) unsent: \(isUnsent), the error says otherwise")
                }
            case .closed(let error):
                isClosed = true
                isReady = false
                let isUnreadable = error.map { [.protocolViolation, .limitExceeded].contains($0.code) } ?? false
                try law(
                    (error == nil) == hasQuit || hasQuit && isUnreadable,
                    "an end that was asked for is no error, any other is: \(error, default: "nil")"
                )
                seen.append(.closed(error?.description))
            }
        }
        try law(
            session.isReady == (isReady && !hasQuit) && session.isClosed == isClosed,
            "the session's state belies its events"
        )
        try law(session.inFlight >= waiting.count, "in flight: \(session.inFlight), waited for: \(waiting.count)")
        try outgoing()
    }

    /// What goes out is whole sentences, each tagged but the last.
    private mutating func outgoing() throws(BrokenLaw) {
        let bytes = session.takeOutgoing()
        if !unsent.isEmpty { unsent = [] }
        guard !bytes.isEmpty else { return }
        var decoder = SentenceDecoder()
        decoder.feed(bytes)
        while true {
            switch Result(catching: { () throws(RouterOSError) in try decoder.next() }) {
            case .success(let command?):
                try law(command.integerTag != nil || command.name == "/quit", "an untagged command")
            case .success(nil):
                try law(decoder.pending.isEmpty, "half a sentence goes out")
                return
            case .failure(let error): throw BrokenLaw("\(error)")
            }
        }
    }
}
