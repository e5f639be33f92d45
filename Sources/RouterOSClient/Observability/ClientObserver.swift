/// Whoever wants to know what clients do: a log, a table of metrics, a test.
///
/// Set in ``ConnectionConfiguration/observer``. No event holds a password, an attribute's value or a query: paths, counts,
/// times and errors only, and errors hold no secret either.
public protocol ClientObserver: Sendable {
    /// Hears of something that happened.
    ///
    /// Called where it happened, on an event loop most often: must return soon and not call the client back. May be called
    /// from several threads at the same time.
    func observe(_ event: ClientEvent)
}
