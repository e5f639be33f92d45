/// The rows of a table in the order of some columns, the identity deciding between equals.
struct MemoryIndex: Sendable {
    /// A row in its place.
    struct Entry: Sendable {
        let key: [StoreValue]
        let id: StoreValue
    }

    /// The places of the columns in a row.
    let columns: [Int]
    private(set) var entries: [Entry] = []

    init(columns: [Int]) { self.columns = columns }

    func key(of row: [StoreValue]) -> [StoreValue] { columns.map { row[$0] } }

    mutating func insert(_ row: [StoreValue]) {
        let entry = Entry(key: key(of: row), id: row[0])
        entries.insert(entry, at: lowerBound { $0 < entry })
    }

    /// Puts many rows in at once: they are sorted once instead of being moved for each other.
    mutating func insert(all rows: [[StoreValue]]) {
        guard rows.count > 16 else {
            for row in rows { insert(row) }
            return
        }
        entries.append(contentsOf: rows.map { Entry(key: key(of: $0), id: $0[0]) })
        entries.sort(by: <)
    }

    mutating func remove(_ row: [StoreValue]) {
        let entry = Entry(key: key(of: row), id: row[0])
        let place = lowerBound { $0 < entry }
        if place < entries.endIndex, entries[place].id == entry.id { entries.remove(at: place) }
    }

    /// The places of the rows whose first columns hold these values.
    func range(of prefix: [StoreValue]) -> Range<Int> {
        let start = lowerBound { $0.key.prefix(prefix.count).lexicographicallyPrecedes(prefix) }
        let end = lowerBound { !prefix.lexicographicallyPrecedes($0.key.prefix(prefix.count)) }
        return start..<max(start, end)
    }

    /// The first place whose entry is not before what is looked for.
    private func lowerBound(_ isBefore: (Entry) -> Bool) -> Int {
        var range = entries.startIndex..<entries.endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if isBefore(entries[middle]) {
                range = (middle + 1)..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        return range.lowerBound
    }
}

extension MemoryIndex.Entry {
    static func < (left: Self, right: Self) -> Bool {
        left.key == right.key ? left.id < right.id : left.key.lexicographicallyPrecedes(right.key)
    }
}
