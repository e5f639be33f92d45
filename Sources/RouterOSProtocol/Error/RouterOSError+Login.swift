extension RouterOSError {
    /// A router before 6.43 that was shown name and password.
    static let challengeInsteadOfLogin = RouterOSError(
        .authentication,
        "the router wants the login of RouterOS before 6.43. Upgrade it to 6.43 or later, or log in with "
            + "LoginMode.legacyOnly; not retried.",
        isSafeToRetry: true
    )

    /// A router that was asked for a challenge and hands out none.
    static let loginWithoutChallenge = RouterOSError(
        .authentication,
        "the router does not offer the login of RouterOS before 6.43: it answers without a challenge. "
            + "Log in with LoginMode.plain; not retried.",
        isSafeToRetry: true
    )

    /// A challenge that is none.
    ///
    /// Nothing is sent in answer, since that would be a digest over whatever the peer chose.
    static let malformedChallenge = RouterOSError(
        .protocolViolation,
        "the router's login challenge is not 32 hexadecimal digits. Check that the peer is a RouterOS API service.",
        isSafeToRetry: true
    )

    /// A second challenge where the first one was answered.
    static let repeatedChallenge = RouterOSError(
        .protocolViolation,
        "the router answers the login with another challenge. Check that the peer is a RouterOS API service.",
        isSafeToRetry: true
    )

    /// The same refusal, of a login that went by challenge, with what to do about it.
    func refusingChallenge(wasAnswered: Bool) -> RouterOSError {
        guard !isTransient, code != .permissionDenied else { return self }
        let text = routerMessage ?? "no reason given"
        let advice =
            wasAnswered
            ? "RouterOS 6.45.1 and later hand out a challenge and refuse every answer to it: log in with LoginMode.plain "
                + "there. On older ones check the user, its password and the address list under /user; not retried."
            : "It does not offer the login of RouterOS before 6.43: log in with LoginMode.plain; not retried."
        return RouterOSError(
            .authentication,
            "the router says: \(text). \(advice)",
            routerMessage: routerMessage,
            category: category,
            isSafeToRetry: true
        )
    }
}
