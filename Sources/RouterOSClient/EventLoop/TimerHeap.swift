import ConnectionPool

/// Timers by due time, cancelled ones dropped when they surface or when they outnumber the live ones.
struct TimerHeap {
    private var heap = DeadlineHeap<ContinuousClock.Instant, UInt64>()
    private var work: [UInt64: @Sendable () -> Void] = [:]
    private var lastNumber: UInt64 = 0

    /// Whether no timer waits.
    var isEmpty: Bool { work.isEmpty }

    /// Adds a timer and returns its number.
    mutating func insert(_ deadline: ContinuousClock.Instant, _ closure: @escaping @Sendable () -> Void) -> UInt64 {
        lastNumber += 1
        work[lastNumber] = closure
        heap.insert(lastNumber, at: deadline)
        return lastNumber
    }

    /// Takes a timer back; returns its work, nil when it has fired.
    @discardableResult
    mutating func remove(_ number: UInt64) -> (@Sendable () -> Void)? {
        guard let removed = work.removeValue(forKey: number) else { return nil }
        if heap.count > 64, heap.count > work.count * 2 { heap.compact { work[$0] != nil } }
        return removed
    }

    /// Takes out what is due at `now`, earliest first.
    mutating func removeDue(_ now: ContinuousClock.Instant) -> [@Sendable () -> Void] {
        var due: [@Sendable () -> Void] = []
        while let number = heap.popDue(now) {
            if let closure = work.removeValue(forKey: number) { due.append(closure) }
        }
        return due
    }

    /// How long to sleep: milliseconds rounded up, −1 for ever.
    mutating func millisecondsToNext(from now: ContinuousClock.Instant) -> Int32 {
        while let first = heap.first, work[first.item] == nil { heap.removeFirst() }
        guard let first = heap.first else { return -1 }
        let wait = (first.deadline - now).components
        guard wait.seconds >= 0, wait.attoseconds >= 0 else { return 0 }
        guard wait.seconds < 86_400 else { return 86_400_000 }
        return Int32(wait.seconds) * 1_000 + Int32(wait.attoseconds / 1_000_000_000_000_000) + 1
    }
}
