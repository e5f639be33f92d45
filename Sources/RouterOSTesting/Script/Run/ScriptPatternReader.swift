/// Reads a regular expression into states, of which the places are counted from the beginning of each part.
struct ScriptPatternReader {
    private typealias State = ScriptPattern.State

    /// How many states an expression may have.
    private static let sizeLimit = 4_096
    private static let nesting = 32

    private let source: [UInt8]
    private var index = 0
    private var depth = 0

    init(_ source: [UInt8]) {
        self.source = source
    }

    mutating func pattern() throws(ScriptFault) -> [ScriptPattern.State] {
        let states = try alternatives()
        guard index == source.count else { throw invalid }
        return states
    }

    private var byte: UInt8? { index < source.count ? source[index] : nil }

    private var invalid: ScriptFault { ScriptFault("invalid regular expression") }

    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard byte == UInt8(ascii: scalar) else { return false }
        index += 1
        return true
    }

    /// `a|b`.
    private mutating func alternatives() throws(ScriptFault) -> [State] {
        var states = try sequence()
        while skip("|") {
            let other = try sequence()
            let exit = states.count + other.count + 2
            states =
                [.split(1, states.count + 2)] + Self.moved(states, by: 1) + [.jump(exit)]
                + Self.moved(other, by: states.count + 2)
            guard states.count <= Self.sizeLimit else { throw invalid }
        }
        return states
    }

    private mutating func sequence() throws(ScriptFault) -> [State] {
        var states: [State] = []
        while let byte, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            let part = try repeated(single())
            states += Self.moved(part, by: states.count)
            guard states.count <= Self.sizeLimit else { throw invalid }
        }
        return states
    }

    /// What `*`, `+`, `?` and `{2,3}` behind a part make of it.
    private mutating func repeated(_ part: [State]) throws(ScriptFault) -> [State] {
        var part = part
        while let byte {
            switch byte {
            case UInt8(ascii: "*"): part = Self.repeated(part, from: 0, to: nil)
            case UInt8(ascii: "+"): part = Self.repeated(part, from: 1, to: nil)
            case UInt8(ascii: "?"): part = Self.repeated(part, from: 0, to: 1)
            case UInt8(ascii: "{"):
                index += 1
                let least = number() ?? 0
                let most = skip(",") ? number() : least
                guard byte == UInt8(ascii: "{"), self.byte == UInt8(ascii: "}"), least <= most ?? least,
                    max(least, most ?? 0) <= 255, max(least, most ?? 0) * part.count <= Self.sizeLimit
                else { throw invalid }
                part = Self.repeated(part, from: least, to: most)
            default: return part
            }
            index += 1
            guard part.count <= Self.sizeLimit else { throw invalid }
        }
        return part
    }

    private mutating func number() -> Int? {
        var number: Int?
        while let byte, byte.isDigit, number ?? 0 < 1_000 {
            number = (number ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
            index += 1
        }
        return number
    }

    private mutating func single() throws(ScriptFault) -> [State] {
        guard let byte else { throw invalid }
        index += 1
        switch byte {
        case UInt8(ascii: "("):
            guard depth < Self.nesting else { throw invalid }
            depth += 1
            let states = try alternatives()
            depth -= 1
            guard skip(")") else { throw invalid }
            return states
        case UInt8(ascii: "["): return [.byte(try set())]
        case UInt8(ascii: "."): return [.byte(ScriptPattern.Set256().inverted)]
        case UInt8(ascii: "^"): return [.start]
        case UInt8(ascii: "$"): return [.end]
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"): throw invalid
        case UInt8(ascii: "\\"):
            guard let escaped = self.byte else { throw invalid }
            index += 1
            return [.byte(Self.only(escaped))]
        default: return [.byte(Self.only(byte))]
        }
    }

    /// `[a-z_]`, `[^[:digit:]]`, of which the bracket has been read.
    private mutating func set() throws(ScriptFault) -> ScriptPattern.Set256 {
        var set = ScriptPattern.Set256()
        let isInverted = skip("^")
        var isFirst = true
        while let byte, isFirst || byte != UInt8(ascii: "]") {
            isFirst = false
            index += 1
            if byte == UInt8(ascii: "["), skip(":") {
                let start = index
                while let byte = self.byte, byte != UInt8(ascii: ":") { index += 1 }
                guard let ranges = Self.ranges(of: String(decoding: source[start..<index], as: UTF8.self)), skip(":"),
                    skip("]")
                else { throw invalid }
                for range in ranges { set.insert(range) }
            } else if self.byte == UInt8(ascii: "-"), index + 1 < source.count, source[index + 1] != UInt8(ascii: "]") {
                let last = source[index + 1]
                guard byte <= last else { throw invalid }
                index += 2
                set.insert(byte...last)
            } else {
                set.insert(byte)
            }
        }
        guard skip("]") else { throw invalid }
        return isInverted ? set.inverted : set
    }

    private static func ranges(of name: String) -> [ClosedRange<UInt8>]? {
        let digits: ClosedRange<UInt8> = 0x30...0x39
        let capitals: ClosedRange<UInt8> = 0x41...0x5A
        let small: ClosedRange<UInt8> = 0x61...0x7A
        return switch name {
        case "alpha": [capitals, small]
        case "digit": [digits]
        case "alnum": [digits, capitals, small]
        case "upper": [capitals]
        case "lower": [small]
        case "xdigit": [digits, 0x41...0x46, 0x61...0x66]
        case "space": [0x09...0x0D, 0x20...0x20]
        case "blank": [0x09...0x09, 0x20...0x20]
        case "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]
        case "print": [0x20...0x7E]
        case "graph": [0x21...0x7E]
        case "cntrl": [0x00...0x1F, 0x7F...0x7F]
        default: nil
        }
    }

    private static func only(_ byte: UInt8) -> ScriptPattern.Set256 {
        var set = ScriptPattern.Set256()
        set.insert(byte)
        return set
    }

    /// A part so many times; without a most, as often as it comes.
    private static func repeated(_ part: [State], from least: Int, to most: Int?) -> [State] {
        var states: [State] = []
        for _ in 0..<least { states += moved(part, by: states.count) }
        guard let most else {
            let start = states.count
            return states + [.split(start + 1, start + part.count + 2)] + moved(part, by: start + 1) + [.jump(start)]
        }
        let exit = states.count + (most - least) * (part.count + 1)
        for _ in least..<most {
            states.append(.split(states.count + 1, exit))
            states += moved(part, by: states.count)
        }
        return states
    }

    private static func moved(_ states: [State], by distance: Int) -> [State] {
        states.map { state in
            switch state {
            case .split(let one, let other): .split(one + distance, other + distance)
            case .jump(let target): .jump(target + distance)
            case .byte, .start, .end, .found: state
            }
        }
    }
}
