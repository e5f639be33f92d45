/// What scripts of the router do: they run by themselves when customers come and go and when schedulers are due.
extension RouterOSSimulator {
    /// The scripts the router has begun, the oldest first; the last 10 000 at least.
    public var scriptRuns: [ScriptRecord] { process { $0.scripting.records } }

    /// Forgets the scripts so far; those that run are not recorded any more.
    public func clearScriptRuns() {
        process { $0.scripting.clearRecords() }
    }

    /// The requests that scripts and clients have sent with `/tool/fetch`, the oldest first; the last 10 000 at least.
    ///
    /// Nothing leaves the process: ``answerWebRequests(with:)`` says what comes back.
    public var webRequests: [WebRequest] { process { $0.web.requests } }

    /// Decides what comes back to requests from now on; before, it is an empty body.
    ///
    /// - Parameter answer: called while the simulator is locked: it must not use the simulator.
    public func answerWebRequests(with answer: @escaping @Sendable (WebRequest) -> WebRequest.Answer) {
        process { $0.web.answer = answer }
    }
}
