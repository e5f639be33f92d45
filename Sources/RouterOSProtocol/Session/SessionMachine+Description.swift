extension SessionMachine: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The state and what is under way; nothing that was sent or heard.
    public var description: String {
        let state =
            switch state {
            case .fresh: "fresh"
            case .loggingIn: "logging in"
            case .ready: "ready"
            case .quitting: "quitting"
            case .closed: "closed"
            }
        return "SessionMachine(\(state), \(inFlight) in flight)"
    }

    /// As ``description``: a debugger must not show the password of a login.
    public var debugDescription: String { description }

    /// The state and what is under way; nothing that was sent or heard.
    public var customMirror: Mirror {
        Mirror(self, children: ["description": description])
    }
}
