/// Which commands have a connection, and which wait for one: first come, first sent, and none longer than its time.
///
/// libcurl has such a queue of its own, in which nobody's time passes.
struct TransferQueue {
    typealias Instant = ContinuousClock.Instant

    private let limit: Int
    private var active: Set<UInt64> = []
    /// Those that wait, and until when.
    private var waiting: [UInt64: Instant] = [:]
    /// Those that wait in their order, and some from `next` on that no longer do.
    private var order: [UInt64] = []
    private var next = 0
    /// Nobody's time is up before.
    private(set) var earliest: Instant?

    /// A queue that gives at most `limit` commands a connection at a time.
    init(limit: Int) { self.limit = max(1, limit) }

    /// Whether nothing is under way and nothing waits.
    var isEmpty: Bool { active.isEmpty && waiting.isEmpty }

    /// Whether ``begin()`` has somebody.
    var hasTurn: Bool { active.count < limit && !waiting.isEmpty }

    /// A command that wants a connection by `due`.
    mutating func add(_ number: UInt64, due: Instant) {
        waiting[number] = due
        order.append(number)
        earliest = min(earliest ?? due, due)
        guard order.count > 64, order.count > 2 * waiting.count else { return }
        order = order[next...].filter { waiting[$0] != nil }
        next = 0
    }

    /// A command that is over, or is to be.
    mutating func remove(_ number: UInt64) {
        active.remove(number)
        waiting[number] = nil
    }

    /// Those whose time is up and that never had a connection; they are out of the queue.
    mutating func expire(_ now: Instant) -> [UInt64] {
        guard let earliest, earliest <= now else { return [] }
        let due = waiting.filter { $0.value <= now }.keys.sorted()
        for number in due { waiting[number] = nil }
        self.earliest = waiting.values.min()
        return due
    }

    /// Whose turn it is, and when its time is up; nil when nobody's is.
    mutating func begin() -> (number: UInt64, due: Instant)? {
        guard active.count < limit else { return nil }
        while next < order.count {
            let number = order[next]
            next += 1
            guard let due = waiting.removeValue(forKey: number) else { continue }
            active.insert(number)
            return (number, due)
        }
        order.removeAll(keepingCapacity: true)
        next = 0
        return nil
    }
}
