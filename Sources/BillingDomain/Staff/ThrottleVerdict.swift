/// Whether something may be tried now.
public enum ThrottleVerdict: Hashable, Sendable {
    /// It may, and has been counted.
    case admitted
    /// It may not before an instant.
    case wait(until: Timestamp)
}
