import RouterOSProtocol

/// Rows in aligned columns, for people.
struct Table {
    private let encoding: TextEncoding
    private var columns: [String] = []
    private var positions: [String: Int] = [:]
    /// The cells of each row by column; rows may be shorter than there are columns.
    private var rows: [[String]] = []

    init(encoding: TextEncoding) { self.encoding = encoding }

    /// Takes a row in; columns stand in the order in which their names first came.
    mutating func append(_ row: Sentence) {
        var cells: [String] = []
        for attribute in row.attributes {
            let name = DisplayWidth.visible(attribute.name)
            let position = positions[name] ?? columns.count
            if position == columns.count {
                columns.append(name)
                positions[name] = position
            }
            while cells.count <= position { cells.append("") }
            if cells[position].isEmpty {
                cells[position] = DisplayWidth.visible(encoding.decode(attribute.bytes.span).text)
            }
        }
        rows.append(cells)
    }

    /// The table as lines; those that are wider than `width` columns are cut, which an ellipsis shows.
    func text(width: Int?) -> String {
        guard !columns.isEmpty else { return "" }
        var widths = columns.map(DisplayWidth.of)
        for row in rows {
            for (position, cell) in row.enumerated() { widths[position] = max(widths[position], DisplayWidth.of(cell)) }
        }
        return ([columns] + rows).map { line($0, widths, width) + "\n" }.joined()
    }

    private func line(_ cells: [String], _ widths: [Int], _ limit: Int?) -> String {
        var line = ""
        var gap = 0
        for (cell, width) in zip(cells, widths) {
            let used = DisplayWidth.of(cell)
            if used > 0 {
                line += String(repeating: " ", count: gap) + cell
                gap = 0
            }
            gap += width - used + 2
        }
        guard let limit, limit > 0, DisplayWidth.of(line) > limit else { return line }
        return DisplayWidth.cut(line, to: limit - 1) + "…"
    }
}
