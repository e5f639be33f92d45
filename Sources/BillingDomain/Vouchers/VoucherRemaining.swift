/// What is left of a voucher; `nil` where there is no limit.
public struct VoucherRemaining: Hashable, Sendable {
    /// The time on the wall until its use ends; of one whose validity has not begun, all of a fixed one.
    public let time: Duration?

    /// The session time.
    public let uptime: Duration?

    /// The bytes, both directions together.
    public let bytes: Int64?

    /// Creates what is left.
    public init(time: Duration?, uptime: Duration?, bytes: Int64?) {
        self.time = time
        self.uptime = uptime
        self.bytes = bytes
    }

    /// The time that a customer who stays online has left: the smaller of time and session time.
    public var countdown: Duration? { [time, uptime].compactMap { $0 }.min() }

    /// Whether one of them is used up.
    public var isOver: Bool { time == .zero || uptime == .zero || bytes == 0 }

    /// The countdown as `2d 03:04:05`, without the days where there are none; empty without a limit of time.
    public var countdownText: String {
        guard let countdown else { return "" }
        let seconds = max(0, countdown.components.seconds)
        let clock = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return (seconds >= 86_400 ? "\(seconds / 86_400)d " : "") + clock.joined(separator: ":")
    }
}
