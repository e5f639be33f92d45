/// What is going to happen by itself, in the order it will.
///
/// Of what is due at one moment, what was entered first happens first. An entry is never taken out: whoever no longer means it lets it
/// pass when it comes.
struct Agenda: Sendable {
    /// Something that happens by itself.
    enum Entry: Sendable {
        /// An answer that had to wait for its moment leaves.
        case delivery(connection: Int)
        /// A command that goes on by itself says something again.
        case activity(connection: Int, number: Int)
        /// A session may have used up what it had.
        case session(SessionKey)
        /// A scheduler's moment.
        case scheduler(UInt64)
        /// What a fault does.
        case fault(FaultEvent)
        /// A customer comes or goes.
        case customer(Customers.Event)
        /// A script has waited long enough.
        case script(UInt64)
        /// Something the router put off.
        case chore(Chore)
    }

    private struct Item: Sendable {
        let due: Duration
        let order: UInt64
        let entry: Entry

        static func < (left: Item, right: Item) -> Bool { (left.due, left.order) < (right.due, right.order) }
    }

    /// A binary heap.
    private var items: [Item] = []
    private var entered: UInt64 = 0

    /// How many entries there are, those included that nobody means any more.
    var count: Int { items.count }

    /// When the next entry is due.
    var nextDue: Duration? { items.first?.due }

    mutating func enter(_ entry: Entry, at due: Duration) {
        entered += 1
        items.append(Item(due: due, order: entered, entry: entry))
        var child = items.count - 1
        while child > 0, items[child] < items[(child - 1) / 2] {
            items.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes the next entry that is due by an instant.
    mutating func take(dueBy instant: Duration) -> (due: Duration, entry: Entry)? {
        guard let first = items.first, first.due <= instant else { return nil }
        items.swapAt(0, items.count - 1)
        items.removeLast()
        var parent = 0
        while true {
            let children = [2 * parent + 1, 2 * parent + 2].filter { $0 < items.count }
            guard let least = children.min(by: { items[$0] < items[$1] }), items[least] < items[parent] else { break }
            items.swapAt(parent, least)
            parent = least
        }
        return (first.due, first.entry)
    }
}
