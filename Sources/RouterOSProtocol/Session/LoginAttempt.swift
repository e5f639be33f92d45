/// A login that the router has not answered; forgotten, password and all, as soon as it has.
struct LoginAttempt: Sendable {
    enum Step: Sendable {
        /// Name and password were sent.
        case password
        /// A challenge was asked for.
        case challenge
        /// A challenge was answered.
        case response
    }

    let user: String
    let password: [UInt8]
    let mode: LoginMode
    var step: Step
    var tag: UInt32
    /// The first trap that came.
    var trap: RouterOSError?

    /// What the router's words must not repeat.
    var secrets: [[UInt8]] { [password] }

    /// The login as this step sends it.
    func command(answering challenge: LegacyChallenge? = nil) -> Command {
        Command("/login", tag: tag) {
            switch step {
            case .password:
                $0["name"] = user
                $0.set("password", bytes: password)
            case .challenge:
                break
            case .response:
                $0["name"] = user
                $0["response"] = challenge?.response(to: password)
            }
        }
    }

    /// Reads a trap that refuses this step.
    func refusal(_ sentence: Sentence) -> RouterOSError {
        let error = RouterOSError(trap: sentence, hiding: secrets)
        return step == .password ? error : error.refusingChallenge(wasAnswered: step == .response)
    }
}
