/// Reads a script: text in, commands out.
///
/// The language has no tokens of its own: what a character means depends on where it stands, so the commands read it
/// themselves. Nesting is limited, so that no text can exhaust the stack.
struct ScriptParser {
    /// What depends on the brackets around.
    private struct Surroundings {
        var parentheses = 0
        var isCondition = false
        var menu: ScriptMenus.Node
    }

    let source: [UInt8]
    let menus: ScriptMenus
    var index = 0
    private let lineStarts: [Int]
    private var surroundings: Surroundings
    private var depth = 0

    init(_ source: [UInt8], menus: ScriptMenus) {
        self.source = source
        self.menus = menus
        lineStarts = [0] + source.indices.filter { source[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
        surroundings = Surroundings(menu: ScriptMenus.root)
    }

    /// The menu that commands without a path are looked for in.
    var menu: ScriptMenus.Node {
        get { surroundings.menu }
        set { surroundings.menu = newValue }
    }

    /// Whether words may be names of a row's attributes.
    var isCondition: Bool {
        get { surroundings.isCondition }
        set { surroundings.isCondition = newValue }
    }

    /// Whether an end of line is only a blank.
    var isParenthesized: Bool { surroundings.parentheses > 0 }

    /// The whole text.
    mutating func script() throws(ScriptError) -> ScriptBlock {
        guard source.count <= ScriptLimits.sourceLength else {
            throw ScriptFault("script is too long", .limit).at(SourcePosition())
        }
        let block = try statements(until: nil)
        guard index == source.count else { throw syntaxError() }
        return block
    }

    /// Reads what is inside brackets, in which other rules hold than around them.
    mutating func nested<Result>(
        _ read: (inout ScriptParser) throws(ScriptError) -> Result
    ) throws(ScriptError) -> Result {
        let around = surroundings
        defer { surroundings = around }
        surroundings.parentheses = 0
        surroundings.isCondition = false
        return try deeper(by: Self.bracketDepth, read)
    }

    /// Reads what is part of something else, as deep as that is allowed.
    mutating func deeper<Result>(
        by levels: Int = 1,
        _ read: (inout ScriptParser) throws(ScriptError) -> Result
    ) throws(ScriptError) -> Result {
        guard depth + levels <= ScriptLimits.nesting * Self.bracketDepth else {
            throw ScriptFault("script is nested too deeply", .limit).at(position())
        }
        depth += levels
        defer { depth -= levels }
        return try read(&self)
    }

    /// How much of the stack a bracket takes, compared with an operator.
    private static let bracketDepth = 4

    /// Reads what is inside parentheses.
    mutating func parenthesized<Result>(
        _ read: (inout ScriptParser) throws(ScriptError) -> Result
    ) throws(ScriptError) -> Result {
        let isCondition = isCondition
        return try nested { (parser) throws(ScriptError) in
            parser.surroundings.isCondition = isCondition
            parser.surroundings.parentheses = 1
            return try read(&parser)
        }
    }

    // MARK: Errors

    func position(_ place: Int? = nil) -> SourcePosition {
        let place = place ?? index
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= place { low = middle } else { high = middle }
        }
        return SourcePosition(line: low + 1, column: place - lineStarts[low] + 1)
    }

    func syntaxError(at place: Int? = nil) -> ScriptError {
        ScriptFault("syntax error", .syntax).at(position(place))
    }

    func endExpected() -> ScriptError {
        ScriptFault("expected end of command", .syntax).at(position())
    }

    func badCommand(_ name: String, at place: Int) -> ScriptError {
        ScriptFault("bad command name \(name)", .syntax).at(position(place))
    }

    // MARK: Characters

    var byte: UInt8? { peek(0) }

    func peek(_ offset: Int) -> UInt8? {
        let place = index + offset
        return place < source.count ? source[place] : nil
    }

    mutating func skip(_ byte: Unicode.Scalar) -> Bool {
        guard self.byte == UInt8(ascii: byte) else { return false }
        index += 1
        return true
    }

    mutating func expect(_ byte: Unicode.Scalar) throws(ScriptError) {
        guard skip(byte) else { throw syntaxError() }
    }

    /// Whether the text goes on with these characters.
    func starts(with text: StaticString) -> Bool {
        text.withUTF8Buffer { source[min(index, source.count)...].starts(with: $0) }
    }

    /// Steps over blanks and joined lines, and inside parentheses over ends of lines.
    mutating func skipBlanks() {
        while let byte {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): index += 1
            case UInt8(ascii: "\n") where isParenthesized: index += 1
            case UInt8(ascii: "\\") where lineJoin > 0: skipJoin()
            default: return
            }
        }
    }

    /// How long a backslash with the end of its line is; 0 where there is none.
    var lineJoin: Int {
        guard byte == UInt8(ascii: "\\") else { return 0 }
        if peek(1) == UInt8(ascii: "\n") { return 2 }
        return peek(1) == UInt8(ascii: "\r") && peek(2) == UInt8(ascii: "\n") ? 3 : 0
    }

    /// Steps over the end of a joined line and the blanks that the next begins with.
    mutating func skipJoin() {
        index += lineJoin
        while byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { index += 1 }
    }

    /// Whether a command or what is in brackets ends here.
    var isAtEnd: Bool {
        switch byte {
        case nil, UInt8(ascii: ";"), UInt8(ascii: "\n"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ")"): true
        default: false
        }
    }

    /// The bytes from here on that fulfil a condition.
    mutating func take(while isPart: (UInt8) -> Bool) -> WireText {
        let start = index
        while let byte, isPart(byte) { index += 1 }
        return WireText(source[start..<index])
    }
}

extension UInt8 {
    /// Whether it may stand in a variable's name without quotes.
    var isNameByte: Bool {
        isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
    }

    /// Whether it may stand in the word of a menu, a command or an argument.
    var isWordByte: Bool { isNameByte || self == UInt8(ascii: "-") || self == UInt8(ascii: "_") }
}
