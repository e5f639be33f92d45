import RouterOSProtocol

/// Writes an answer in the format that was asked for.
struct RowWriter {
    private let json: JSONLine
    private let output: Output
    private var table: Table?

    init(_ invocation: Invocation, _ output: Output) {
        json = JSONLine(encoding: invocation.encoding)
        table = invocation.format == .table ? Table(encoding: invocation.encoding) : nil
        self.output = output
    }

    mutating func write(_ row: Sentence) throws {
        guard table == nil else {
            table?.append(row)
            return
        }
        json.append(row, to: &output.pending)
        try output.endLine()
    }

    mutating func write(returned text: String) throws {
        if table == nil {
            json.append(returned: text, to: &output.pending)
        } else {
            output.pending += (DisplayWidth.visible(text) + "\n").utf8
        }
        try output.endLine()
    }

    /// Writes what is left.
    mutating func finish() throws {
        if let table { output.pending += table.text(width: output.terminalWidth).utf8 }
        table = nil
        try output.flush()
    }
}
