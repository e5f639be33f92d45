/// What is done for a router now and then.
public enum CarePart: String, Hashable, Sendable, CaseIterable {
    /// Reading the user profiles.
    case profiles
    /// The script that tells of logins.
    case callback
    /// Reading the log.
    case log
    /// Saving the configuration.
    case backup
}
