/// Timers by due time: a binary heap, cancelled entries dropped when they surface or when they outnumber the live ones.
struct TimerHeap {
    private struct Entry {
        let deadline: ContinuousClock.Instant
        let number: UInt64
    }

    private var heap: [Entry] = []
    private var work: [UInt64: @Sendable () -> Void] = [:]
    private var lastNumber: UInt64 = 0

    /// Adds a timer and returns its number.
    mutating func insert(_ deadline: ContinuousClock.Instant, _ closure: @escaping @Sendable () -> Void) -> UInt64 {
        lastNumber += 1
        work[lastNumber] = closure
        heap.append(Entry(deadline: deadline, number: lastNumber))
        siftUp(heap.count - 1)
        return lastNumber
    }

    /// Takes a timer back; returns its work, nil when it has fired.
    @discardableResult
    mutating func remove(_ number: UInt64) -> (@Sendable () -> Void)? {
        guard let removed = work.removeValue(forKey: number) else { return nil }
        if heap.count > 64, heap.count > work.count * 2 { rebuild() }
        return removed
    }

    /// Takes out what is due at `now`, earliest first.
    mutating func removeDue(_ now: ContinuousClock.Instant) -> [@Sendable () -> Void] {
        var due: [@Sendable () -> Void] = []
        while let first = heap.first, first.deadline <= now || work[first.number] == nil {
            removeFirst()
            if let closure = work.removeValue(forKey: first.number) { due.append(closure) }
        }
        return due
    }

    /// How long to sleep: milliseconds rounded up, −1 for ever.
    func millisecondsToNext(from now: ContinuousClock.Instant) -> Int32 {
        guard let first = heap.first else { return -1 }
        let wait = (first.deadline - now).components
        guard wait.seconds >= 0, wait.attoseconds >= 0 else { return 0 }
        guard wait.seconds < 86_400 else { return 86_400_000 }
        return Int32(wait.seconds) * 1_000 + Int32(wait.attoseconds / 1_000_000_000_000_000) + 1
    }

    private mutating func rebuild() {
        heap.removeAll { work[$0.number] == nil }
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

    private mutating func siftUp(_ start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard heap[index].deadline < heap[parent].deadline else { return }
            heap.swapAt(index, parent)
            index = parent
        }
    }
}
