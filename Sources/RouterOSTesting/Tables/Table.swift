/// The rows of a menu in their order, found by id, by name and by key.
///
/// Ids count upwards and are never used twice while the router runs; after a start those behind the last row are. Rows the router brings
/// along may have the very highest ids, which stay behind all others.
struct Table: Sendable {
    /// From here on ids are those of rows the router brings along, such as the profile `default-encryption`.
    private static let highestCounted: UInt64 = 0xFFFF_FFEF

    private(set) var rows: [Row] = []
    private(set) var nextID: UInt64
    /// The columns whose values together no two rows share.
    private let key: [Int]
    private let nameColumn: Int?
    private var byKey: [WireText: UInt64] = [:]
    /// The first row of a name.
    private var byName: [WireText: UInt64] = [:]
    /// The rows of a name that more than one has, by their ids.
    private var namesakes: [WireText: [UInt64]] = [:]
    /// Whether the rows stand in the order of their ids, which they do until one is moved, and when it is moved back.
    private var isSorted = true
    /// How many rows were looked at one after the other because nothing led to the right one.
    private(set) var searched = 0

    /// A table without rows.
    init(empty menu: Menu) {
        nextID = 0
        key = menu.key
        nameColumn = menu.nameColumn
    }

    /// The table of a new router.
    init(_ menu: Menu) {
        self.init(empty: menu)
        nextID = 1
        for row in menu.firstRows { insert(Row(id: row.id, values: row.values)) }
    }

    // MARK: Finding

    /// The position of a row.
    func position(_ id: UInt64) -> Int? {
        guard isSorted else { return rows.firstIndex { $0.id == id } }
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low < rows.count && rows[low].id == id ? low : nil
    }

    func row(_ id: UInt64) -> Row? { position(id).map { rows[$0] } }

    /// The first row of a name.
    func id(ofName name: WireText) -> UInt64? { byName[name] }

    /// The row that holds the key of these values.
    func id(ofKeyOf values: [WireText?]) -> UInt64? { keyText(values).flatMap { byKey[$0] } }

    /// The key of a row as one text; nil when rows of this menu may be alike.
    func keyText(_ values: [WireText?]) -> WireText? {
        guard let first = key.first else { return nil }
        guard key.count > 1 else { return values[first] }
        var text: [UInt8] = []
        for column in key {
            // A length before each value: no two keys run together to the same bytes.
            let bytes = values[column]?.bytes ?? []
            text += "\(bytes.count):".utf8
            text += bytes
        }
        return WireText(text)
    }

    // MARK: Changing

    mutating func insert(_ values: [WireText?]) -> UInt64 {
        let id = nextID
        insert(Row(id: id, values: values))
        return id
    }

    /// Puts a row with an id of its own at the end; `false` when the id is taken.
    @discardableResult
    mutating func insert(_ row: Row) -> Bool {
        guard row.id < .max, position(row.id) == nil else { return false }
        var place = rows.endIndex
        while place > 0, rows[place - 1].id > Self.highestCounted, rows[place - 1].id > row.id { place -= 1 }
        if place > 0, rows[place - 1].id > row.id { isSorted = false }
        rows.insert(row, at: place)
        if row.id <= Self.highestCounted { nextID = max(nextID, row.id + 1) }
        index(row)
        return true
    }

    mutating func replace(_ id: UInt64, values: [WireText?]) {
        guard let position = position(id) else { return }
        let old = rows[position]
        rows[position].values = values
        let isRenamed = nameColumn.map { old.values[$0] != values[$0] } ?? false
        guard isRenamed || keyText(old.values) != keyText(values) else { return }
        forget(old)
        index(rows[position])
    }

    mutating func remove(_ id: UInt64) {
        guard let position = position(id) else { return }
        forget(rows.remove(at: position))
    }

    /// Puts a row before another, or at the end.
    mutating func move(_ id: UInt64, before other: UInt64?) {
        guard id != other, let from = position(id) else { return }
        let row = rows.remove(at: from)
        rows.insert(row, at: other.flatMap { other in rows.firstIndex { $0.id == other } } ?? rows.endIndex)
        isSorted = zip(rows, rows.dropFirst()).allSatisfy { $0.id < $1.id }
    }

    /// The router starts: rows of its own are gone, and ids go on behind the highest that is left.
    mutating func restart(_ menu: Menu) {
        if let dynamic = menu.column("dynamic") {
            for row in rows where row.values[dynamic] == "true" { remove(row.id) }
        }
        for column in menu.volatile {
            for place in rows.indices { rows[place].values[column] = menu.columns[column].initial }
        }
        nextID = rows.lazy.map(\.id).filter { $0 <= Self.highestCounted }.max().map { $0 + 1 } ?? 1
    }

    /// Goes on counting ids from at least here.
    mutating func reserve(nextID: UInt64) {
        self.nextID = max(self.nextID, nextID)
    }

    private mutating func index(_ row: Row) {
        if let key = keyText(row.values) { byKey[key] = row.id }
        guard let name = nameColumn.flatMap({ row.values[$0] }) else { return }
        guard let first = byName[name] else {
            byName[name] = row.id
            return
        }
        var ids = namesakes[name].take() ?? [first]
        ids.insert(row.id, at: ids.partition { $0 < row.id })
        namesakes[name] = ids
    }

    private mutating func forget(_ row: Row) {
        if let key = keyText(row.values) { byKey[key] = nil }
        guard let name = nameColumn.flatMap({ row.values[$0] }) else { return }
        guard var ids = namesakes[name].take() else {
            byName[name] = nil
            return
        }
        let place = ids.partition { $0 < row.id }
        if place < ids.count, ids[place] == row.id { ids.remove(at: place) }
        if byName[name] == row.id { byName[name] = first(of: ids) }
        if ids.count > 1 { namesakes[name] = ids }
    }

    /// The row that stands before the others.
    private mutating func first(of ids: [UInt64]) -> UInt64? {
        guard !isSorted else { return ids.first }
        let wanted = Set(ids)
        for row in rows {
            searched += 1
            if wanted.contains(row.id) { return row.id }
        }
        return nil
    }
}

extension [UInt64] {
    /// How many of the first numbers belong to the front, in an array whose front they are.
    fileprivate func partition(_ isInFront: (UInt64) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isInFront(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
