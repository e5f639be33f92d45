/// Lines of a router's log that say the same.
public struct RouterLogLine: Hashable, Sendable {
    /// When the last of them was written, as the router has it: its own clock, right or wrong.
    public var time: String
    /// What they are about and how grave.
    public var topics: String
    /// What happened.
    public var message: String
    /// How many they are.
    public var count: Int

    /// Lines as they were read.
    public init(time: String, topics: String, message: String, count: Int = 1) {
        self.time = time
        self.topics = topics
        self.message = message
        self.count = count
    }
}
