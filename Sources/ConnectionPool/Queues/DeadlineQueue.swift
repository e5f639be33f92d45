/// Numbers by deadline, some of which have died since: a ``DeadlineHeap``, with the dead treated as in ``LiveQueue``.
struct DeadlineQueue: Sendable {
    private var heap = DeadlineHeap<Moment, UInt64>()

    /// Dead ones included.
    var count: Int { heap.count }

    mutating func insert(_ number: UInt64, _ deadline: Moment) { heap.insert(number, at: deadline) }

    /// The earliest deadline of one that lives.
    mutating func earliest(of living: [UInt64: some Any]) -> Moment? {
        while let first = heap.first {
            if living[first.item] != nil { return first.deadline }
            heap.removeFirst()
        }
        return nil
    }

    /// Takes out the earliest that lives and whose deadline has come.
    mutating func popDue(_ now: Moment, of living: [UInt64: some Any]) -> UInt64? {
        // The dead before it are dropped by the look at it.
        earliest(of: living) == nil ? nil : heap.popDue(now)
    }

    /// To be called after deaths.
    mutating func compact(to living: [UInt64: some Any]) {
        guard heap.count > 64, heap.count > living.count * 2 else { return }
        heap.compact { living[$0] != nil }
    }
}
