extension ContinuousClock.Instant {
    /// Longer than anything waits; shorter times can be added up without an overflow.
    private static let longest = Duration.seconds(100 * 366 * 86_400)

    /// The instant that is `duration` later, a century at most: what a caller asks for may be absurd and must not trap.
    func later(by duration: Duration) -> Self {
        self + min(max(duration, .zero - Self.longest), Self.longest)
    }
}
