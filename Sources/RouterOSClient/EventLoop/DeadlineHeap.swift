/// Things that are due at some time: a binary heap, earliest first, of small values and nothing else.
///
/// What is no longer wanted stays until it surfaces or until ``compact(_:)`` is called.
struct DeadlineHeap<Item> {
    struct Entry {
        let deadline: ContinuousClock.Instant
        let item: Item
    }

    private var heap: [Entry] = []

    var count: Int { heap.count }

    /// What is due first.
    var first: Entry? { heap.first }

    mutating func insert(_ item: Item, at deadline: ContinuousClock.Instant) {
        heap.append(Entry(deadline: deadline, item: item))
        var index = heap.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            guard heap[index].deadline < heap[parent].deadline else { return }
            heap.swapAt(index, parent)
            index = parent
        }
    }

    /// Takes out what is due first, if that is at `now` or before.
    mutating func popDue(_ now: ContinuousClock.Instant) -> Item? {
        guard let due = heap.first, due.deadline <= now else { return nil }
        removeFirst()
        return due.item
    }

    /// Drops everything that is not wanted any more.
    mutating func compact(_ isWanted: (Item) -> Bool) {
        heap.removeAll { !isWanted($0.item) }
        // Sorted is a heap too.
        heap.sort { $0.deadline < $1.deadline }
    }

    mutating func removeFirst() {
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
