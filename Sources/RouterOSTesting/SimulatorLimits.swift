/// How much a simulated router keeps for clients that take their time.
public struct SimulatorLimits: Sendable, Hashable {
    /// So many bytes of answers may wait for one client, beside what the network holds; from 0, 16 MiB by default.
    ///
    /// Behind them the router reads no further command and leaves out the rounds of a repeated print, until the client has read.
    /// What it would tell unasked, as to a `listen`, then ends the connection by a reset. One answer is never cut, and a jump of
    /// the clock is one moment, in which nobody reads.
    public var unreadBytes: Int
    /// For so long a connection that the router has ended goes on delivering what was said before; 30 seconds by default.
    ///
    /// It is the time of the machine, not that of the simulator.
    public var closing: Duration
    /// So many connections that the router has ended may go on delivering at a time, beside which the oldest is cut off; from 0,
    /// 256 by default.
    public var endingConnections: Int
    /// So many commands of one connection may go on by themselves at a time, as `listen` and a repeated print do; from 0, 1000 by
    /// default.
    ///
    /// One more is refused by a trap. Scripts that somebody waits for have a limit of their own.
    public var activities: Int
    /// So many bytes of commands are kept in the transcript, and as many of answers; from 0, 16 MiB by default.
    ///
    /// When there are more, the older half goes.
    public var transcriptBytes: Int

    /// Makes limits.
    public init(
        unreadBytes: Int = 16 << 20,
        closing: Duration = .seconds(30),
        endingConnections: Int = 256,
        activities: Int = 1_000,
        transcriptBytes: Int = 16 << 20
    ) {
        self.unreadBytes = max(0, unreadBytes)
        self.closing = max(.zero, closing)
        self.endingConnections = max(0, endingConnections)
        self.activities = max(0, activities)
        self.transcriptBytes = max(0, transcriptBytes)
    }
}
