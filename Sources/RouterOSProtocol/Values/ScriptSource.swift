/// The source of a RouterOS script, in which values cannot become code.
///
/// ```swift
/// let script: ScriptSource = "/ip hotspot user remove [find name=\(name)]"
/// command["source"] = script.text
/// ```
///
/// What stands in the program's own literal is code. What is interpolated is data: text and other values as string
/// literals (``ScriptString``), numbers and truth values as themselves. Only another `ScriptSource` is taken over as
/// code.
///
/// Between quotes of the program's own literal, `":log info \"hello \(name)\""`, everything that is interpolated
/// continues that string, another `ScriptSource` too. There a `\` or `$` right before the data stands for itself, so that
/// no data ends an escape or names a variable.
public struct ScriptSource: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
    /// The source.
    public let text: String

    /// Takes source that is known to be harmless as it is.
    public init(trusted text: String) { self.text = text }

    /// Takes the source in a literal of the program.
    public init(stringLiteral text: String) { self.text = text }

    /// Takes the source put together in a literal of the program.
    public init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    /// The source.
    public var description: String { text }

    /// Puts the source together.
    public struct StringInterpolation: StringInterpolationProtocol {
        private var bytes: [UInt8] = []
        /// Where the source has got to.
        private var position = ScriptPosition()

        /// Makes room.
        public init(literalCapacity: Int, interpolationCount: Int) { bytes.reserveCapacity(literalCapacity) }

        fileprivate var text: String { String(decoding: bytes, as: UTF8.self) }

        /// Appends code.
        public mutating func appendLiteral(_ literal: String) {
            for byte in literal.utf8 {
                bytes.append(byte)
                position.pass(byte)
            }
        }

        /// Appends code; inside a string, text.
        public mutating func appendInterpolation(_ source: ScriptSource) {
            if position.isInString { append(Array(source.text.utf8)) } else { appendLiteral(source.text) }
        }

        /// Appends a string literal; inside a string, what it stands for.
        public mutating func appendInterpolation(_ string: ScriptString) { append(string.bytes) }

        /// Appends the text of a value as a string literal; inside a string, the text.
        public mutating func appendInterpolation(_ value: some RouterOSValue) { append(text(of: value)) }

        /// Appends a number.
        public mutating func appendInterpolation(_ number: some RouterOSValue & FixedWidthInteger) {
            append(text(of: number), isPlain: true)
        }

        /// Appends `true` or `false`.
        public mutating func appendInterpolation(_ truth: Bool) {
            append(Array((truth ? "true" : "false").utf8), isPlain: true)
        }

        private func text(of value: some RouterOSValue) -> [UInt8] {
            var text: [UInt8] = []
            value.writeRouterOS(to: &text)
            return text
        }

        /// Appends data: inside a string without quotes, elsewhere as a literal, or as it is when it is a plain value.
        private mutating func append(_ data: [UInt8], isPlain: Bool = false) {
            if position.isInString {
                if position.unfinished > 0, position.unfinished <= bytes.count {
                    bytes.insert(UInt8(ascii: "\\"), at: bytes.count - position.unfinished)
                }
                ScriptString.writeEscaped(data, escapingFirst: position.isInVariable, to: &bytes)
            } else if isPlain {
                bytes.append(contentsOf: data)
            } else {
                ScriptString(bytes: data).writeRouterOS(to: &bytes)
            }
            position.passData(isEmpty: data.isEmpty)
        }
    }
}
