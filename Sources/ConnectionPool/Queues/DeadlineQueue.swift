/// Numbers by deadline, some of which have died since: a binary heap, with the dead treated as in ``LiveQueue``.
struct DeadlineQueue: Sendable {
    private struct Entry: Sendable {
        let deadline: Moment
        let number: UInt64
    }

    private var heap: [Entry] = []

    /// Dead ones included.
    var count: Int { heap.count }

    mutating func insert(_ number: UInt64, _ deadline: Moment) {
        heap.append(Entry(deadline: deadline, number: number))
        var index = heap.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            guard heap[index].deadline < heap[parent].deadline else { return }
            heap.swapAt(index, parent)
            index = parent
        }
    }

    /// The earliest deadline of one that lives.
    mutating func earliest(of living: [UInt64: some Any]) -> Moment? {
        while let first = heap.first {
            if living[first.number] != nil { return first.deadline }
            removeFirst()
        }
        return nil
    }

    /// Takes out the earliest that lives and whose deadline has come.
    mutating func popDue(_ now: Moment, of living: [UInt64: some Any]) -> UInt64? {
        while let first = heap.first {
            let isAlive = living[first.number] != nil
            guard !isAlive || first.deadline <= now else { return nil }
            removeFirst()
            if isAlive { return first.number }
        }
        return nil
    }

    /// To be called after deaths.
    mutating func compact(to living: [UInt64: some Any]) {
        guard heap.count > 64, heap.count > living.count * 2 else { return }
        heap = heap.filter { living[$0.number] != nil }
        // A sorted array is a heap.
        heap.sort { $0.deadline < $1.deadline }
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var index = 0
        while true {
            let left = 2 * index + 1
            guard left < heap.count else { return }
            let right = left + 1
            let child = right < heap.count && heap[right].deadline < heap[left].deadline ? right : left
            guard heap[child].deadline < heap[index].deadline else { return }
            heap.swapAt(index, child)
            index = child
        }
    }
}
