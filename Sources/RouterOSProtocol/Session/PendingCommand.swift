/// A command that the router has not finished.
struct PendingCommand: Sendable {
    /// Who wants to hear what of it.
    enum Audience: Sendable {
        /// Rows and the end.
        case everything
        /// Rows and the end, which we asked for: that it was interrupted is no error.
        case untilCancelled
        /// Nothing any more; the tag stays taken until the router is done with it.
        case nobody
    }

    var audience: Audience
    /// The tag of the command that cancels this one.
    var cancel: UInt32?
    /// The tag of the command that this one cancels.
    let victim: UInt32?
    /// The first trap that came; the others are counted in it.
    var trap: RouterOSError?
    /// Whether a trap has said that something may have been done before it, or beside it.
    private var mayHaveDonePart = false
    /// The batch of bytes it leaves with.
    let batch: UInt64
    /// Looked into only when there is a trap: most commands are never refused.
    private let command: Command

    init(_ command: Command, to audience: Audience, batch: UInt64, cancelling victim: UInt32?) {
        self.victim = victim
        self.audience = audience
        self.batch = batch
        self.command = command
    }

    /// What of it the router's words must not repeat.
    var secrets: [[UInt8]] { Redaction.secrets(of: command) }

    /// Notes a trap, unless it is the answer to our own cancel.
    mutating func hear(trap sentence: Sentence) {
        guard audience != .nobody else { return }
        let error = RouterOSError(trap: sentence, hiding: secrets)
        // One refusal does not undo what another trap leaves open.
        if !error.isSafeToRetry || hasParts { mayHaveDonePart = true }
        if trap != nil {
            trap?.furtherTraps += 1
        } else if audience != .untilCancelled || error.code != .interrupted {
            trap = error
        }
        trap?.isSafeToRetry = !mayHaveDonePart
    }

    /// Whether a router works on a command piece by piece, and may refuse when some are done.
    ///
    /// Scripts stop at the statement that fails, lists of items at the item; neither says what came before.
    private var hasParts: Bool {
        switch command.path.split(separator: "/").last {
        case "run", "execute", "import": true
        default:
            [".id", "numbers"].contains { command.attributes.bytes($0)?.contains(UInt8(ascii: ",")) == true }
        }
    }
}
