/// What is going to happen by itself, in the order it will.
///
/// Of what is due at one moment, what was entered first happens first. An entry stands at one moment at most: who enters it again moves
/// it, and who takes it out is never called.
struct Agenda: Sendable {
    /// Something that happens by itself.
    enum Entry: Sendable, Hashable {
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

        /// Whether it is lost with what the router has in its memory.
        var isOfMemory: Bool {
            switch self {
            case .script, .chore, .fault(.clockSet): true
            case .session, .scheduler, .customer(.departure): true
            case .delivery, .activity, .fault, .customer(.arrival): false
            }
        }

        /// Whether it is about a row or a session, and means nothing when others take their place.
        var isOfTables: Bool {
            switch self {
            case .session, .scheduler, .customer(.departure): true
            case .script, .chore, .delivery, .activity, .fault, .customer(.arrival): false
            }
        }
    }

    private struct Item: Sendable {
        let due: Duration
        let order: UInt64
        let entry: Entry

        static func < (left: Item, right: Item) -> Bool { (left.due, left.order) < (right.due, right.order) }
    }

    /// A binary heap, the next entry first; among them what was moved or taken out since.
    private var items: [Item] = []
    /// The item that counts of each entry.
    private var valid: [Entry: (order: UInt64, due: Duration)] = [:]
    private var entered: UInt64 = 0

    /// How many entries there are.
    var count: Int { valid.count }

    /// How many items it keeps for them; never more than twice as many and a few.
    var kept: Int { items.count }

    /// When the next entry is due.
    var nextDue: Duration? { items.first?.due }

    /// Everything that is going to happen, in its order.
    var entries: [(due: Duration, entry: Entry)] { items.filter(counts).sorted(by: <).map { ($0.due, $0.entry) } }

    /// When an entry is due; nil when it is not there.
    func due(_ entry: Entry) -> Duration? { valid[entry]?.due }

    /// Enters something, or moves it when it is there already; it stays where it is when that is its moment already.
    mutating func enter(_ entry: Entry, at due: Duration) {
        guard valid[entry]?.due != due else { return }
        entered += 1
        valid[entry] = (entered, due)
        items.append(Item(due: due, order: entered, entry: entry))
        rise(from: items.count - 1)
        tidy()
    }

    mutating func remove(_ entry: Entry) {
        guard valid.removeValue(forKey: entry) != nil else { return }
        tidy()
    }

    mutating func removeAll(where isMeant: (Entry) -> Bool) {
        for item in items where isMeant(item.entry) { valid[item.entry] = nil }
        tidy()
    }

    /// Takes the next entry that is due by an instant.
    mutating func take(dueBy instant: Duration) -> (due: Duration, entry: Entry)? {
        guard let first = items.first, first.due <= instant else { return nil }
        valid[first.entry] = nil
        tidy()
        return (first.due, first.entry)
    }

    // MARK: The heap

    private func counts(_ item: Item) -> Bool { valid[item.entry]?.order == item.order }

    /// Sees to it that the first item counts, and that those which do not are never more than those which do.
    private mutating func tidy() {
        if items.count > 2 * valid.count + 32 {
            // What is in order is a heap.
            items = items.filter(counts).sorted(by: <)
        }
        while let first = items.first, !counts(first) { removeFirst() }
    }

    private mutating func rise(from place: Int) {
        var child = place
        while child > 0, items[child] < items[(child - 1) / 2] {
            items.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func removeFirst() {
        items.swapAt(0, items.count - 1)
        items.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in 2 * parent + 1...2 * parent + 2 where child < items.count && items[child] < items[least] {
                least = child
            }
            guard least != parent else { return }
            items.swapAt(parent, least)
            parent = least
        }
    }
}
