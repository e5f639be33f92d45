/// A line of a log as `key=value` pairs, which people and programs read alike; whoever collects it adds the time.
package struct LogLine: Sendable, CustomStringConvertible {
    /// How much it matters.
    package enum Level: String, Sendable {
        case debug, info, warning, error
    }

    private let pairs: [(key: String, value: String)]

    /// A line that says what happened, and the circumstances.
    package init(_ level: Level, _ message: String, _ fields: [(String, String)] = []) {
        pairs = ([("level", level.rawValue), ("msg", message)] + fields).map { (key: $0.0, value: $0.1) }
    }

    /// The line, without its end.
    package var description: String { pairs.map { "\($0)=\(Self.quoted($1))" }.joined(separator: " ") }

    /// A value that has blanks or quotes in it is put into quotes; nothing in a value begins a line of its own.
    private static func quoted(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.utf8.allSatisfy { (33...126).contains($0) && ![34, 61, 92].contains($0) }
        guard !isPlain else { return value }
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\n": text += "\\n"
            case _
            where [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory):
                text += "\\u{\(String(scalar.value, radix: 16))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
