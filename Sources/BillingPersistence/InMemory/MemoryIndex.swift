/// The rows of a table in the order of some columns, the identity deciding between equals.
///
/// They stand in blocks of a bounded size, so that a row that comes or goes moves few others, however many there are.
struct MemoryIndex: Sendable {
    /// A row in its place.
    struct Entry: Sendable {
        let key: [StoreValue]
        let id: StoreValue
    }

    /// A place before one of the rows, or after the last one.
    struct Place: Comparable {
        var block: Int
        var offset: Int

        static func < (left: Self, right: Self) -> Bool { (left.block, left.offset) < (right.block, right.offset) }
    }

    /// The columns, and their places in a row.
    let names: [String]
    private let columns: [Int]
    /// None of them is empty.
    private var blocks: [[Entry]] = []

    private static let largestBlock = 256

    init(_ names: [String], of table: RecordTable) {
        self.names = names
        columns = names.compactMap { table.index(of: $0) }
    }

    func key(of row: [StoreValue]) -> [StoreValue] { columns.map { row[$0] } }

    mutating func insert(_ row: [StoreValue]) {
        let entry = Entry(key: key(of: row), id: row[0])
        var place = place { $0 < entry }
        if place.block == blocks.count {
            guard let last = blocks.last, last.count < Self.largestBlock else {
                blocks.append([entry])
                return
            }
            place = Place(block: blocks.count - 1, offset: last.count)
        }
        blocks[place.block].insert(entry, at: place.offset)
        guard blocks[place.block].count > Self.largestBlock else { return }
        let half = Array(blocks[place.block].suffix(Self.largestBlock / 2))
        blocks[place.block].removeLast(half.count)
        blocks.insert(half, at: place.block + 1)
    }

    mutating func remove(_ row: [StoreValue]) {
        let entry = Entry(key: key(of: row), id: row[0])
        let place = place { $0 < entry }
        guard place.block < blocks.count, blocks[place.block][place.offset].id == entry.id else { return }
        blocks[place.block].remove(at: place.offset)
        if blocks[place.block].isEmpty { blocks.remove(at: place.block) }
    }

    /// The first place whose row is not before what is looked for.
    func place(_ isBefore: (Entry) -> Bool) -> Place {
        let block = blocks.partitioned { $0.last.map(isBefore) ?? false }
        return Place(block: block, offset: block < blocks.count ? blocks[block].partitioned(isBefore) : 0)
    }

    /// How many rows stand between two places.
    func count(_ range: Range<Place>) -> Int {
        let (start, end) = (range.lowerBound, range.upperBound)
        return blocks[start.block..<end.block].reduce(end.offset - start.offset) { $0 + $1.count }
    }

    /// About how many, found without looking at the blocks between.
    func roughCount(_ range: Range<Place>) -> Int {
        let (start, end) = (range.lowerBound, range.upperBound)
        return max(0, (end.block - start.block) * Self.largestBlock + end.offset - start.offset)
    }

    /// Whether something holds for the identities of the rows from a place up to another; the first for which it does not
    /// is the last that is asked about.
    func allSatisfy(in range: Range<Place>, isDescending: Bool, _ holds: (StoreValue) -> Bool) -> Bool {
        let (start, end) = (range.lowerBound, range.upperBound)
        for step in 0...(end.block - start.block) {
            let block = isDescending ? end.block - step : start.block + step
            guard block < blocks.count else { continue }
            let first = block == start.block ? start.offset : 0
            let slice = blocks[block][first..<(block == end.block ? end.offset : blocks[block].count)]
            let isDone = isDescending ? slice.reversed().allSatisfy { holds($0.id) } : slice.allSatisfy { holds($0.id) }
            if !isDone { return false }
        }
        return true
    }
}

extension MemoryIndex.Entry {
    static func < (left: Self, right: Self) -> Bool {
        left.key == right.key ? left.id < right.id : left.key.lexicographicallyPrecedes(right.key)
    }
}

extension Array {
    /// How many elements come first for which something holds; it holds for none after them.
    fileprivate func partitioned(_ isBefore: (Element) -> Bool) -> Int {
        var range = startIndex..<endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if isBefore(self[middle]) {
                range = (middle + 1)..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        return range.lowerBound
    }
}
