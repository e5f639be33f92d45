/// A command that a simulator has received.
public struct RecordedCommand: Sendable, Hashable, CustomStringConvertible {
    /// The number of the connection it came over, counted from 1.
    public let connection: Int
    /// When it came, since the simulator was made.
    public let time: Duration
    /// Menu and verb: `/ip/hotspot/user/add`.
    public let path: String
    /// All words on one line, the values of attributes that hold secrets left out.
    public let description: String
}
