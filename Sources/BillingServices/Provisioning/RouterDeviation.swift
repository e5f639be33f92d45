/// A row that does not stand on its router as it is recorded, although nobody asked for a change.
public struct RouterDeviation: Hashable, Sendable {
    /// What should stand there, as it was recorded before the router was read.
    public let entry: RouterEntry
    /// What the router shows instead, for people and without secrets.
    public let detail: String

    /// A deviation of `entry`.
    public init(_ entry: RouterEntry, _ detail: String) {
        self.entry = entry
        self.detail = detail
    }
}
