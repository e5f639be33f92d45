/// The time, and a call at a later time; from outside, so that tests move it by hand.
package protocol Scheduler: Sendable {
    /// The present.
    var now: Moment { get }

    /// Runs `work` once, soon after `moment`, on any thread but never before this returns; the result takes it back.
    ///
    /// Taking back what has run does nothing.
    func schedule(at moment: Moment, _ work: @escaping @Sendable () -> Void) -> @Sendable () -> Void
}
