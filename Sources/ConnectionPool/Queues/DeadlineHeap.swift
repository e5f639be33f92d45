/// Things that are due at some time: a binary heap, earliest first, of small values and nothing else.
///
/// What is no longer wanted stays until it surfaces or until ``compact(_:)`` is called.
///
/// Public, though this module is none of the products: only what is public is compiled anew for the clock of another module, and
/// the event loop would pay twice the time otherwise.
public struct DeadlineHeap<Deadline: Comparable, Item> {
    /// One thing, and when it is due.
    public struct Entry {
        /// When it is due.
        public let deadline: Deadline
        /// What is.
        public let item: Item

        @inlinable
        init(deadline: Deadline, item: Item) {
            self.deadline = deadline
            self.item = item
        }
    }

    @usableFromInline var heap: [Entry] = []

    /// Makes an empty one.
    @inlinable
    public init() {}

    /// How many there are, those included that nobody wants any more.
    @inlinable public var count: Int { heap.count }

    /// What is due first.
    @inlinable public var first: Entry? { heap.first }

    /// Adds something.
    @inlinable
    public mutating func insert(_ item: Item, at deadline: Deadline) {
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
    @inlinable
    public mutating func popDue(_ now: Deadline) -> Item? {
        guard let due = heap.first, due.deadline <= now else { return nil }
        removeFirst()
        return due.item
    }

    /// Drops everything that is not wanted any more.
    @inlinable
    public mutating func compact(_ isWanted: (Item) -> Bool) {
        heap.removeAll { !isWanted($0.item) }
        // Sorted is a heap too.
        heap.sort { $0.deadline < $1.deadline }
    }

    /// Takes out what is due first; nothing when there is nothing.
    @inlinable
    public mutating func removeFirst() {
        guard !heap.isEmpty else { return }
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

extension DeadlineHeap.Entry: Sendable where Deadline: Sendable, Item: Sendable {}
extension DeadlineHeap: Sendable where Deadline: Sendable, Item: Sendable {}
