import RouterOSProtocol

/// Writes kept rows to the wire without making anything of them on the way.
struct RowWriter {
    /// An attribute of every row.
    ///
    /// It holds no reference, which each row would pay for.
    private struct Item {
        /// The column; -1 for the id.
        let column: Int
        /// Where its name is in `names`.
        let name: Range<Int>
        /// Where what is shown of its values is remembered, when that is something else than what is kept; -1 when it is not.
        let memo: Int
    }

    /// What is shown of the value that was looked up last: most rows have that of the row before.
    private struct Memo {
        var value: WireText
        var shown: WireText
    }

    private let menu: Menu
    private let head: [[UInt8]]
    private var items: [Item] = []
    private var names: [UInt8] = []
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
        items.append(Item(column: -1, name: keep(".id"), memo: -1))
    }

    private mutating func append(_ column: Int) {
        var memo = -1
        if menu.translated.contains(column) {
            memo = memos.count
            memos.append(nil)
        }
        items.append(Item(column: column, name: keep(menu.columns[column].name), memo: memo))
    }

    private mutating func keep(_ name: String) -> Range<Int> {
        let start = names.count
        names += Array(name.utf8)
        return start..<names.count
    }

    /// Writes one row; `name` gives the name of a row of another menu.
    mutating func append(_ row: Row, to replies: inout SentenceEncoder, name: (String, UInt64) -> WireText?) {
        for word in head { replies.append(word: word) }
        RowID.write(row.id, to: &id)
        for item in items {
            if item.column < 0 {
                append(id, item, to: &replies)
            } else if item.memo < 0 {
                if let value = row.values[item.column] { append(value.bytes, item, to: &replies) }
            } else if let condition = menu.columns[item.column].condition {
                let isTrue = row.values[condition.column] == condition.value
                append(isTrue ? Self.yes : Self.no, item, to: &replies)
            } else if let value = row.values[item.column] {
                if memos[item.memo]?.value != value {
                    let shown = menu.columns[item.column].kind.shown(value, name: name)
                    memos[item.memo] = Memo(value: value, shown: shown)
                }
                if let memo = memos[item.memo] { append(memo.shown.bytes, item, to: &replies) }
            }
        }
        replies.endSentence()
    }

    private func append(_ value: [UInt8], _ item: Item, to replies: inout SentenceEncoder) {
        names.withUnsafeBufferPointer { names in
            replies.append(name: UnsafeBufferPointer(rebasing: names[item.name]), value: value)
        }
    }

    private static let yes = Array("true".utf8)
    private static let no = Array("false".utf8)
}
