extension RouterOSError {
    /// Reads a `!trap`.
    ///
    /// Everyday traps come without a category, so the text decides first. Texts as collected from the manual and from
    /// other clients' reports; matched without regard to case.
    init(trap sentence: Sentence) {
        let text = sentence["message"] ?? "no reason given"
        let category = sentence["category"].flatMap { Int($0) }
        let (code, advice) = RouterOSError.classify(text.lowercased(), category: category)
        // The router looked at the command and did nothing. After any other trap, "action timed out" for one, it may have.
        let refusals: Set<Code> = [
            .authentication, .permissionDenied, .duplicate, .noSuchItem, .noSuchCommand, .unknownParameter,
            .invalidValue,
        ]
        self.init(
            code,
            "the router says: \(text)." + (advice.isEmpty ? "" : " \(advice)"),
            routerMessage: text,
            category: category,
            isSafeToRetry: refusals.contains(code)
        )
    }

    private static func classify(_ text: String, category: Int?) -> (Code, advice: String) {
        for (part, code, advice) in knownTraps where text.contains(part) { return (code, advice) }
        switch category {
        case 0: return (.noSuchCommand, "")
        case 1: return (.invalidValue, "")
        case 2: return (.interrupted, "")
        default: return (.trap, "")
        }
    }

    private static let knownTraps: [(part: String, code: Code, advice: String)] = [
        ("invalid user name or password", .authentication, credentialAdvice),
        ("cannot log in", .authentication, credentialAdvice),
        ("could not authenticate", .authentication, "Check the RADIUS server that this router asks about its users."),
        ("not logged in", .authentication, "The session is not logged in."),
        ("not enough permissions", .permissionDenied, "Check the policies of the user's group under /user group."),
        ("already have", .duplicate, ""),
        ("already exists", .duplicate, ""),
        ("no such item", .noSuchItem, ""),
        ("no such command", .noSuchCommand, "Check the RouterOS version and its packages."),
        ("bad command name", .noSuchCommand, "Check the RouterOS version and its packages."),
        ("unknown parameter", .unknownParameter, "Check the RouterOS version."),
        ("input does not match any value of", .invalidValue, "Check that what it refers to exists on the router."),
        ("invalid value", .invalidValue, ""),
        ("ambiguous value", .invalidValue, ""),
        ("interrupted", .interrupted, ""),
    ]

    private static let credentialAdvice =
        "Check the user, its password, its group's api policy and the address list under /user; not retried."
}
