/// An array of the script language: elements in a row, then those with a key, by their keys.
struct ScriptArray: Equatable, Sendable {
    /// An element that has a key.
    struct Keyed: Equatable, Sendable {
        var key: WireText
        var value: ScriptValue
    }

    private(set) var list: [ScriptValue] = []
    /// In the order of the keys.
    private(set) var keyed: [Keyed] = []
    /// How many arrays are nested in one another, this one counted; what was taken out again may count as well.
    private(set) var depth = 1
    /// How large it is with all that is in it, in the measure of ``ScriptLimits/size``.
    private(set) var weight = 16

    init() {}

    init(_ list: [ScriptValue]) {
        for value in list { append(value) }
    }

    var count: Int { list.count + keyed.count }

    /// All elements in their order.
    var values: [ScriptValue] { list + keyed.map(\.value) }

    /// The keys beside ``values``: a place in the row, or a key.
    var keys: [ScriptValue] {
        list.indices.map { .number(Int64($0)) } + keyed.map { .string($0.key) }
    }

    /// The element of a key or at a place; nothing when there is none.
    subscript(key: ScriptValue) -> ScriptValue {
        switch place(of: key) {
        case .list(let place): list[place]
        case .keyed(let place): keyed[place].value
        case .missing: .nothing
        }
    }

    mutating func append(_ value: ScriptValue) {
        list.append(value)
        count(value)
    }

    /// Gives an element a value: of a key, at a place, or behind the last place.
    mutating func set(_ key: ScriptValue, to value: ScriptValue) {
        switch place(of: key) {
        case .list(let place):
            weight -= list[place].weight + 16
            list[place] = value
        case .keyed(let place):
            weight -= keyed[place].value.weight + 16
            keyed[place].value = value
        case .missing:
            if case .number = key {
                list.append(value)
            } else {
                let text = key.text
                keyed.insert(Keyed(key: text, value: value), at: insertion(of: text))
                weight += text.bytes.count
            }
        }
        count(value)
    }

    /// Takes an element out, the way `:set ($array->"key")` without a value does.
    mutating func remove(_ key: ScriptValue) {
        switch place(of: key) {
        case .list(let place):
            weight -= list.remove(at: place).weight + 16
        case .keyed(let place):
            let element = keyed.remove(at: place)
            weight -= element.value.weight + 16 + element.key.bytes.count
        case .missing: break
        }
    }

    /// The elements of both; of a key that both have, the other's.
    func joined(with other: ScriptArray) -> ScriptArray {
        var joined = self
        for value in other.list { joined.append(value) }
        for element in other.keyed { joined.set(.string(element.key), to: element.value) }
        return joined
    }

    /// Elements from one place up to another, as `:pick` takes them.
    func part(from begin: Int, to end: Int) -> ScriptArray {
        var part = ScriptArray()
        for place in begin..<max(begin, min(end, count)) {
            if place < list.count {
                part.append(list[place])
            } else {
                let element = keyed[place - list.count]
                part.set(.string(element.key), to: element.value)
            }
        }
        return part
    }

    // MARK: Places

    private enum Place {
        case list(Int)
        case keyed(Int)
        case missing
    }

    private func place(of key: ScriptValue) -> Place {
        if case .number(let number) = key {
            guard number >= 0, number < Int64(count) else { return .missing }
            let place = Int(number)
            return place < list.count ? .list(place) : .keyed(place - list.count)
        }
        let text = key.text
        let place = insertion(of: text)
        return place < keyed.count && keyed[place].key == text ? .keyed(place) : .missing
    }

    /// Where the element of a key is, or belongs.
    private func insertion(of key: WireText) -> Int {
        var low = 0
        var high = keyed.count
        while low < high {
            let middle = (low + high) / 2
            if keyed[middle].key.bytes.lexicographicallyPrecedes(key.bytes) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func count(_ value: ScriptValue) {
        depth = max(depth, 1 + value.depth)
        weight += 16 + value.weight
    }
}
