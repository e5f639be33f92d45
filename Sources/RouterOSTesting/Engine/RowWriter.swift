import RouterOSProtocol

/// Writes kept rows to the wire without making anything of them on the way.
struct RowWriter {
    /// An attribute of every row.
    ///
    /// It holds no reference, which each row would pay for.
    private struct Item {
        /// The column; -1 for the id.
        let column: Int
        /// Its name, which `names` owns.
        let name: UnsafeBufferPointer<UInt8>
        /// Where what is shown of its values is remembered, when that is something else than what is kept; -1 when it is not.
        let memo: Int
    }

    /// The names of the attributes, at addresses that stay: to look one up costs each value of each row nothing.
    private final class Names {
        private var kept: [UnsafeMutableBufferPointer<UInt8>] = []

        func keep(_ name: String) -> UnsafeBufferPointer<UInt8> {
            let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: name.utf8.count)
            _ = bytes.initialize(from: name.utf8)
            kept.append(bytes)
            return UnsafeBufferPointer(bytes)
        }

        deinit { for name in kept { name.deallocate() } }
    }

    /// What is shown of the value that was looked up last: most rows have that of the row before.
    private struct Memo {
        var value: WireText
        var shown: WireText
    }

    private let menu: Menu
    private let head: [[UInt8]]
    private var items: [Item] = []
    private let names = Names()
    private var memos: [Memo?] = []
    /// The id of the row, in memory that serves again.
    private var id: [UInt8] = []

    init(_ menu: Menu, _ projection: Projection, tag: [UInt8]?) {
        self.menu = menu
        head = [Array("!re".utf8)] + (tag.map { [Array(".tag=".utf8) + $0] } ?? [])
        if let properties = projection.properties {
            for name in properties {
                if name == ".id" {
                    appendID()
                } else if let column = menu.column(name), projection.mayShow(menu.columns[column]) {
                    append(column)
                }
            }
        } else {
            appendID()
            for column in menu.columns.indices where projection.shows(menu.columns[column]) { append(column) }
        }
    }

    private mutating func appendID() {
        items.append(Item(column: -1, name: names.keep(".id"), memo: -1))
    }

    private mutating func append(_ column: Int) {
        var memo = -1
        if menu.translated.contains(column) {
            memo = memos.count
            memos.append(nil)
        }
        items.append(Item(column: column, name: names.keep(menu.columns[column].name), memo: memo))
    }

    /// Writes one row; `name` gives the name of a row of another menu.
    mutating func append(_ row: Row, to replies: inout SentenceEncoder, name: (String, UInt64) -> WireText?) {
        defer { withExtendedLifetime(names) {} }
        for word in head { replies.append(word: word) }
        RowID.write(row.id, to: &id)
        for item in items {
            if item.column < 0 {
                replies.append(name: item.name, value: id)
            } else if item.memo < 0 {
                if let value = row.values[item.column] { replies.append(name: item.name, value: value.bytes) }
            } else if let condition = menu.columns[item.column].condition {
                let isTrue = row.values[condition.column] == condition.value
                replies.append(name: item.name, value: isTrue ? Self.yes : Self.no)
            } else if let value = row.values[item.column] {
                if memos[item.memo]?.value != value {
                    let shown = menu.columns[item.column].kind.shown(value, name: name)
                    memos[item.memo] = Memo(value: value, shown: shown)
                }
                if let memo = memos[item.memo] { replies.append(name: item.name, value: memo.shown.bytes) }
            }
        }
        replies.endSentence()
    }

    private static let yes = Array("true".utf8)
    private static let no = Array("false".utf8)
}
