/// One try to sign in, for those who watch over safety.
///
/// Append-only. The name is kept as it was typed, the password never.
public struct SignInAttempt: Hashable, Sendable {
    /// How it ended.
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// Signed in.
        case succeeded
        /// No such name, or not this password.
        case wrongPassword = "wrong-password"
        /// The password was right, the second factor was not.
        case wrongCode = "wrong-code"
        /// A code of the second factor that had been used.
        case replayedCode = "replayed-code"
        /// The account is disabled, or its tenant is closed.
        case disabled
        /// Not even looked at.
        case throttled
    }

    /// The identity of the attempt.
    public let id: Identifier<SignInAttempt>

    /// The tenant that was tried.
    public let tenant: Identifier<Tenant>

    /// When.
    public let at: Timestamp

    /// The name that was typed, cut to 64 characters.
    public let username: String

    /// The person it belongs to, if there is one.
    public let staff: Identifier<Staff>?

    /// The network address it came from, if known.
    public let address: String?

    /// How it ended.
    public let outcome: Outcome

    /// Creates an attempt, or recreates a stored one.
    public init(
        id: Identifier<SignInAttempt>,
        tenant: Identifier<Tenant>,
        at: Timestamp,
        username: String,
        staff: Identifier<Staff>? = nil,
        address: String? = nil,
        outcome: Outcome
    ) {
        self.id = id
        self.tenant = tenant
        self.at = at
        self.username = String(username.prefix(64))
        self.staff = staff
        self.address = address
        self.outcome = outcome
    }
}
