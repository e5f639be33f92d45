import Synchronization

/// What the way to the database is like now.
final class Weather: Sendable {
    private let conditions: Mutex<StoreConditions>

    init(_ conditions: StoreConditions) { self.conditions = Mutex(conditions) }

    var store: StoreConditions { conditions.withLock { $0 } }

    /// The way is good from now on, but for word of changes: nobody promises that.
    func clear() { conditions.withLock { $0 = StoreConditions(hints: $0.hints) } }
}
