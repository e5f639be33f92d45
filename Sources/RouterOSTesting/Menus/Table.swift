/// A row: its number, and a value or nothing for each column.
struct Row: Sendable, Equatable {
    let id: UInt64
    var values: [WireText?]
}

/// Rows in the order of their ids, which are never used twice.
///
/// The first column is the natural key: it is found without a walk over the rows.
struct Table: Sendable {
    private(set) var rows: [Row] = []
    private var byKey: [WireText: UInt64] = [:]
    private(set) var nextID: UInt64

    init(firstID: UInt64 = 1) {
        nextID = firstID
    }

    /// The position of a row.
    func position(_ id: UInt64) -> Int? {
        var (low, high) = (0, rows.count)
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low < rows.count && rows[low].id == id ? low : nil
    }

    func row(_ id: UInt64) -> Row? { position(id).map { rows[$0] } }

    func id(ofKey key: WireText) -> UInt64? { byKey[key] }

    mutating func insert(_ values: [WireText?]) -> UInt64 {
        let id = nextID
        insert(Row(id: id, values: values))
        return id
    }

    /// Puts back a row that was saved; `false` when its id is not beyond those already there.
    @discardableResult
    mutating func insert(_ row: Row) -> Bool {
        guard rows.last.map({ $0.id < row.id }) ?? true, row.id < .max else { return false }
        rows.append(row)
        nextID = max(nextID, row.id + 1)
        if let key = row.values.first ?? nil { byKey[key] = row.id }
        return true
    }

    /// Goes on counting ids from at least here.
    mutating func reserve(nextID: UInt64) {
        self.nextID = max(self.nextID, nextID)
    }

    mutating func replace(_ id: UInt64, values: [WireText?]) {
        guard let position = position(id) else { return }
        let (old, new) = (rows[position].values.first ?? nil, values.first ?? nil)
        if old != new {
            if let old { byKey[old] = nil }
            if let new { byKey[new] = id }
        }
        rows[position].values = values
    }

    mutating func remove(_ id: UInt64) {
        guard let position = position(id) else { return }
        if let key = rows[position].values.first ?? nil { byKey[key] = nil }
        rows.remove(at: position)
    }
}
