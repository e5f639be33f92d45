/// A text by which routers refuse, and what it means.
///
/// There is no official list. Texts as the manual shows them and as users of many versions have reported them; they are
/// compared without regard to case, and most come with and without `failure: ` in front.
struct KnownTrap {
    enum Comparison {
        /// The text holds these words.
        case holds(String)
        /// The text is these words: too common in other texts to be looked for.
        case equals(String)
    }

    let comparison: Comparison
    let code: RouterOSError.Code
    let advice: String

    /// What a trap means by its text, else by its category.
    static func classify(
        _ text: String,
        _ category: RouterOSError.Category?
    ) -> (code: RouterOSError.Code, advice: String) {
        let text = text.lowercased()
        let bare = text.hasPrefix("failure: ") ? String(text.dropFirst("failure: ".count)) : text
        for trap in all where trap.matches(bare) { return (trap.code, trap.advice) }
        switch category {
        case .missingItemOrCommand: return (.noSuchCommand, "")
        case .argumentValue: return (.invalidValue, "")
        case .interrupted: return (.interrupted, "")
        default: return (.trap, "")
        }
    }

    /// What a router says when it has looked at a command and done nothing.
    ///
    /// After any other trap it may have done something.
    static let refusals: Set<RouterOSError.Code> = [
        .authentication, .permissionDenied, .duplicate, .noSuchItem, .noSuchCommand, .unknownParameter, .invalidValue,
    ]

    private init(_ comparison: Comparison, _ code: RouterOSError.Code, _ advice: String = "") {
        self.comparison = comparison
        self.code = code
        self.advice = advice
    }

    private func matches(_ text: String) -> Bool {
        switch comparison {
        case .holds(let part): Self.contains(text.utf8, part.utf8)
        case .equals(let whole): text == whole
        }
    }

    private static func contains(_ text: String.UTF8View, _ part: String.UTF8View) -> Bool {
        var rest = text[...]
        while rest.count >= part.count {
            if rest.starts(with: part) { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    /// The first that matches counts.
    private static let all: [KnownTrap] = [
        KnownTrap(.holds("invalid user name or password"), .authentication, credentials),
        KnownTrap(.holds("cannot log in"), .authentication, credentials),
        KnownTrap(.holds("could not authenticate"), .authentication, radius),
        KnownTrap(.holds("not logged in"), .authentication, "The session is not logged in."),
        KnownTrap(.holds("not enough permissions"), .permissionDenied, permissions),
        KnownTrap(.holds("action timed out"), .actionTimedOut, timedOut),
        KnownTrap(.holds("already have"), .duplicate),
        KnownTrap(.holds("already exists"), .duplicate),
        KnownTrap(.holds("no such item"), .noSuchItem),
        KnownTrap(.holds("missing or invalid resource identifier"), .noSuchItem),
        KnownTrap(.equals("not found"), .noSuchItem),
        KnownTrap(.holds("no such command"), .noSuchCommand, version),
        KnownTrap(.holds("bad command name"), .noSuchCommand, version),
        KnownTrap(.holds("unknown parameter"), .unknownParameter, "Check the RouterOS version."),
        KnownTrap(.holds("expected end of command"), .invalidCommand, syntax),
        KnownTrap(.holds("expected item id"), .invalidCommand, syntax),
        KnownTrap(.holds("input does not match any value of"), .invalidValue, reference),
        KnownTrap(.holds("invalid value"), .invalidValue),
        KnownTrap(.holds("ambiguous value"), .invalidValue),
        KnownTrap(.equals("interrupted"), .interrupted),
        KnownTrap(.equals("session closed"), .connectionClosed, "Connect again."),
        KnownTrap(.equals("session terminated on request"), .connectionClosed, "Connect again."),
    ]

    private static let credentials =
        "Check the user, its password, its group's api policy and the address list under /user; not retried."
    private static let radius = "Check the RADIUS server that this router asks about its users."
    private static let permissions =
        "The user's group lacks a policy for it, under /user group: write for what changes something, test for ping and "
        + "the monitors, sensitive for passwords and keys, policy for users and groups."
    private static let version = "Check the RouterOS version and its packages."
    private static let reference = "Check that what it refers to exists on the router."
    private static let syntax = "The router cannot parse the command; check its arguments, or the script it runs."
    private static let timedOut = "Whether it took effect is unknown: read back, then try again later."
}
