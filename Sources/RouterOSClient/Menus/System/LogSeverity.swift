/// How grave a line of the router's log is.
public enum LogSeverity: String, Sendable, CaseIterable {
    /// For whoever looks for a fault.
    case debug
    /// Something ordinary happened.
    case info
    /// Something may need care.
    case warning
    /// Something went wrong.
    case error
}
