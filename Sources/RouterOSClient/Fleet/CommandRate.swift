/// How many commands a router is sent; routers are small machines.
///
/// Each command counts, also those that are sent together, each attempt of one again, and each stream once. Commands that come
/// too fast wait for their turn, first come, first sent, unless their time would be up before.
public struct CommandRate: Sendable, Hashable {
    let count: Int?
    let period: Duration
    let burst: Int?

    /// As many as come.
    public static let unlimited = CommandRate(count: nil, period: .seconds(60), burst: nil)

    /// At most so many a minute in the long run, 1 or more.
    ///
    /// - Parameters:
    ///   - count: commands a minute.
    ///   - burst: how many may go at once after a rest, 1 or more; the commands of ten seconds, and no fewer than 10, unless given.
    /// - Returns: the rate.
    public static func perMinute(_ count: Int, burst: Int? = nil) -> CommandRate {
        CommandRate(count: count, period: .seconds(60), burst: burst)
    }
}
