extension SessionMachine {
    /// Begins the session; name and password are sent as UTF-8.
    ///
    /// ``logIn(user:passwordBytes:mode:)`` takes passwords of other encodings. Does nothing unless the session is fresh.
    public mutating func logIn(user: String, password: String, mode: LoginMode = .plain) {
        logIn(user: user, passwordBytes: Array(password.utf8), mode: mode)
    }

    /// Begins the session with a password as the bytes that the router has stored.
    ///
    /// A router compares bytes: a password with accents that was set from an old Winbox is in the code page of that
    /// computer. Does nothing unless the session is fresh.
    public mutating func logIn(user: String, passwordBytes: [UInt8], mode: LoginMode = .plain) {
        guard case .fresh = state else { return }
        let attempt = LoginAttempt(
            user: user,
            password: passwordBytes,
            mode: mode,
            step: mode == .legacyOnly ? .challenge : .password,
            tag: nextTag()
        )
        state = .loggingIn(attempt)
        encoder.append(attempt.command())
    }

    mutating func handleLogin(_ attempt: LoginAttempt, _ sentence: Sentence, _ kind: ReplyKind) -> Event? {
        switch (kind, sentence.integerTag) {
        case (.fatal, _):
            end(RouterOSError(fatal: sentence, hiding: attempt.secrets))
        case (.trap, nil) where sentence.tag == nil:
            // Some versions answer a session that is not logged in without a tag.
            end(attempt.refusal(sentence))
        case (.trap, attempt.tag) where attempt.trap == nil:
            var attempt = attempt
            attempt.trap = attempt.refusal(sentence)
            state = .loggingIn(attempt)
        case (.done, attempt.tag):
            return finish(attempt, sentence)
        default:
            break
        }
        return nil
    }

    /// Moves on from a step of the login that the router has answered.
    private mutating func finish(_ attempt: LoginAttempt, _ done: Sentence) -> Event? {
        if let refusal = attempt.trap {
            end(refusal)
            return nil
        }
        switch (attempt.step, attempt.mode, done.bytes("ret")) {
        case (.password, _, nil), (.response, _, nil):
            state = .ready
            return .loggedIn
        case (.challenge, _, nil):
            end(.loginWithoutChallenge)
        case (.password, .plain, _?):
            end(.challengeInsteadOfLogin)
        case (.response, _, _?):
            end(.repeatedChallenge)
        case (.password, _, let digits?), (.challenge, _, let digits?):
            answer(LegacyChallenge(hexadecimal: digits), attempt)
        }
        return nil
    }

    private mutating func answer(_ challenge: LegacyChallenge?, _ attempt: LoginAttempt) {
        guard let challenge else { return end(.malformedChallenge) }
        var attempt = attempt
        attempt.step = .response
        attempt.tag = nextTag()
        state = .loggingIn(attempt)
        encoder.append(attempt.command(answering: challenge))
    }
}
