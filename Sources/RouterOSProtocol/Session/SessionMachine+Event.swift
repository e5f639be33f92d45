extension SessionMachine {
    /// What happened, in the order in which it happened.
    public enum Event: Sendable, Equatable {
        /// The login succeeded: commands may be submitted.
        case loggedIn
        /// A row of the answer to the command with this tag.
        case row(tag: UInt32, Sentence)
        /// The command with this tag is over: its `!done`, or why it failed.
        case completed(tag: UInt32, result: Result<Sentence, RouterOSError>)
        /// The session is over, and this is the last event; everything in flight was completed before.
        ///
        /// Nil when it ended because ``SessionMachine/quit()`` asked for it, else what ended it.
        case closed(RouterOSError?)

        /// The tag of the command that this is about, or nil when it is about the session.
        public var tag: UInt32? {
            switch self {
            case .row(let tag, _), .completed(let tag, _): tag
            case .loggedIn, .closed: nil
            }
        }
    }
}
