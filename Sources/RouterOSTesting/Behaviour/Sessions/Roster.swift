/// Elements in the order they came, each found by a key; taking one out moves no other.
struct Roster<Key: Hashable & Sendable, Element: Sendable>: Sendable {
    private var slots: [(key: Key, element: Element)?] = []
    private var places: [Key: Int] = [:]

    var count: Int { places.count }
    var isEmpty: Bool { places.isEmpty }

    /// All of them, the oldest first.
    var elements: [Element] { slots.compactMap { $0?.element } }

    subscript(key: Key) -> Element? { places[key].flatMap { slots[$0]?.element } }

    /// Adds an element at the end; nothing happens when the key is taken.
    mutating func insert(_ element: Element, for key: Key) {
        guard places[key] == nil else { return }
        places[key] = slots.count
        slots.append((key, element))
    }

    mutating func update(_ key: Key, _ change: (inout Element) -> Void) {
        guard let place = places[key], var slot = slots[place] else { return }
        change(&slot.element)
        slots[place] = slot
    }

    @discardableResult
    mutating func remove(_ key: Key) -> Element? {
        guard let place = places.removeValue(forKey: key), let slot = slots[place] else { return nil }
        slots[place] = nil
        if slots.count > 2 * places.count + 32 { close() }
        return slot.element
    }

    /// Closes the gaps, once there are more gaps than elements.
    private mutating func close() {
        slots.removeAll { $0 == nil }
        for (place, slot) in slots.enumerated() {
            if let slot { places[slot.key] = place }
        }
    }
}
