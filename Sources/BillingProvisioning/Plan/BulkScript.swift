import RouterOSProtocol

/// The source of a script that adds rows to one menu, pure.
///
/// Each row is a line that stands for itself: one that the router refuses stops none of the others. Values are string literals
/// in which whatever could be code is written in hexadecimal digits (``ScriptString``).
struct BulkScript: Hashable, Sendable {
    /// What became of a row that was handed in.
    enum Fit: Hashable, Sendable {
        /// It is written by the script.
        case taken
        /// The script is full: it goes with another.
        case full
        /// No script can hold it.
        case unfit
    }

    /// No source is made longer.
    ///
    /// No manual names a limit. WinBox 3 takes no more than 30 000 characters of a script, so these are known to be stored.
    static let mostBytes = 30_000

    /// The source.
    private(set) var source: [UInt8] = []

    /// Adds the line of a row, unless it does not fit.
    mutating func append<Row: CustomerRow>(_ row: Row) -> Fit {
        guard let line = Self.line(row), line.count <= Self.mostBytes else { return .unfit }
        guard source.count + line.count <= Self.mostBytes else { return .full }
        source += line
        return .taken
    }

    /// The line of a row; nil when a value holds what ends a text on the router.
    private static func line<Row: CustomerRow>(_ row: Row) -> [UInt8]? {
        // With blanks between the words of the menu, as the sixth generation has them.
        let words = Row.menu.split(separator: "/").joined(separator: " ")
        var line = Array(":do {/\(words) add".utf8)
        for attribute in row.attributesOfNew {
            guard !attribute.bytes.contains(0) else { return nil }
            line += Array(" \(attribute.name)=".utf8)
            ScriptString(bytes: attribute.bytes).writeRouterOS(to: &line)
        }
        return line + Array("} on-error={}\n".utf8)
    }
}
