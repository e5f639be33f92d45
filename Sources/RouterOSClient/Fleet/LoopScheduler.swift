import ConnectionPool

/// The clock and the timers of an event loop, as pools and limits know them.
struct LoopScheduler: Scheduler {
    /// Where the clock of every client begins.
    private static let start = ContinuousClock.now

    let loop: EventLoop

    var now: Moment { Moment(nanoseconds: (ContinuousClock.now - Self.start).wholeNanoseconds) }

    func schedule(at moment: Moment, _ work: @escaping @Sendable () -> Void) -> @Sendable () -> Void {
        let timer = loop.schedule(at: Self.start + .nanoseconds(moment.nanoseconds), work)
        return { [loop] in loop.cancel(timer) }
    }
}
