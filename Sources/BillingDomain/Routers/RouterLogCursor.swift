/// How far a router's log was read.
///
/// Numbers of lines begin anew with the router, and one that was away long may have started unseen: a line is the same
/// only if what it says is the same too. What was told of is remembered beside that, for logs that outlive a start.
public struct RouterLogCursor: Hashable, Sendable, Codable {
    /// The number of the last line.
    public let line: UInt64
    /// What tells that line from others.
    public let fingerprint: UInt64
    /// What tells the lines that were told of, the oldest first.
    public let told: [UInt64]

    /// A place in a log.
    public init(line: UInt64, fingerprint: UInt64, told: [UInt64]) {
        self.line = line
        self.fingerprint = fingerprint
        self.told = told
    }
}
