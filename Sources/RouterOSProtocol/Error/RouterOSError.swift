/// Why something between us and a router did not work, and what to do about it.
///
/// Holds no secret: what a router says about a command is kept without the values of that command that are secrets
/// (passwords, keys, and whatever else has a name like one).
public struct RouterOSError: Error, Sendable, Hashable {
    /// What went wrong; the cases are open, so a switch needs a default.
    public let code: Code
    /// What went wrong in a sentence, the router's own words included, and what to check.
    public let message: String
    /// The router's own text, for errors that it reported: the first KiB of it, control characters in visible form (`␊`).
    public let routerMessage: String?
    /// The router's category of a trap, when it gave one.
    public let category: Category?
    /// How many more traps the router sent for the same command; the first one is this error.
    public internal(set) var furtherTraps = 0
    /// Whether the command can be sent again without any risk of doing its work twice: nothing of it reached the router,
    /// or the router refused it.
    ///
    /// A write that may have reached the router is not safe to retry: read back by its natural key first.
    public internal(set) var isSafeToRetry: Bool
    /// Where the router was looked for, `host:port`, when the error came from a connection.
    public var endpoint: String?

    /// For a write that may have taken effect: the command whose answer shows whether it did.
    ///
    /// Nil for everything else, and where no such command is known.
    public private(set) var readBack: Command?

    /// Makes an error.
    public init(
        _ code: Code,
        _ message: String,
        routerMessage: String? = nil,
        category: Category? = nil,
        isSafeToRetry: Bool = false,
        endpoint: String? = nil
    ) {
        self.code = code
        self.message = message
        self.routerMessage = routerMessage
        self.category = category
        self.isSafeToRetry = isSafeToRetry
        self.endpoint = endpoint
    }

    /// This error as that of a command whose outcome it leaves unknown, with what shows the outcome; as it is for a command that
    /// only reads, and for an error that leaves nothing unknown.
    package func ofUnknownOutcome(_ command: Command) -> RouterOSError {
        guard !isSafeToRetry, !command.isReadOnly else { return self }
        let readBack = command.readBack
        // What a row is known by may be a secret of the command that made it.
        let secrets = Redaction.secrets(of: command)
        let advice = readBack.map { "look with \($0.description(hiding: secrets))" } ?? "look"
        var error = RouterOSError(
            code,
            "\(message) Whether \(command.path) took effect is unknown: \(advice) before sending it again.",
            routerMessage: routerMessage,
            category: category,
            endpoint: endpoint
        )
        error.furtherTraps = furtherTraps
        error.readBack = readBack
        return error
    }

    /// Whether a later attempt may do better by the router's own words.
    ///
    /// It ran out of time, or could not ask its RADIUS server. Whether the command took effect is for ``isSafeToRetry`` to
    /// say.
    public var isTransient: Bool {
        code == .actionTimedOut || (code == .authentication && routerMessage?.lowercased().contains("timeout") == true)
    }
}

extension RouterOSError: CustomStringConvertible {
    /// Code, endpoint and message on one line.
    public var description: String {
        let others = furtherTraps == 0 ? "" : " And \(furtherTraps) more trap\(furtherTraps == 1 ? "" : "s")."
        return "RouterOSError.\(code): \(endpoint.map { "\($0): " } ?? "")\(message)\(others)"
    }
}
