/// A regular expression, as `~` takes it: POSIX extended, without back references.
///
/// All ways through the expression are followed at once, so that the work is the length of the text times the size of
/// the expression and no text can make it more.
struct ScriptPattern: Sendable {
    /// A state of the machine.
    enum State: Sendable {
        case byte(Set256)
        case start
        case end
        /// Goes on at both places.
        case split(Int, Int)
        case jump(Int)
        case found
    }

    /// Some of the bytes there are.
    struct Set256: Sendable {
        // Not a vector: arrays of literals that the compiler lays down are not always aligned for one.
        private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

        func contains(_ byte: UInt8) -> Bool {
            let word =
                switch byte >> 6 {
                case 0: words.0
                case 1: words.1
                case 2: words.2
                default: words.3
                }
            return word >> UInt64(byte & 63) & 1 == 1
        }

        mutating func insert(_ byte: UInt8) {
            let bit: UInt64 = 1 << UInt64(byte & 63)
            switch byte >> 6 {
            case 0: words.0 |= bit
            case 1: words.1 |= bit
            case 2: words.2 |= bit
            default: words.3 |= bit
            }
        }

        mutating func insert(_ bytes: ClosedRange<UInt8>) { for byte in bytes { insert(byte) } }

        var inverted: Set256 {
            var inverted = self
            inverted.words = (~words.0, ~words.1, ~words.2, ~words.3)
            return inverted
        }
    }

    private let states: [State]

    /// How much there is to follow for each byte of a text.
    var size: Int { states.count }

    init(_ pattern: [UInt8]) throws(ScriptFault) {
        var reader = ScriptPatternReader(pattern)
        states = try reader.pattern() + [.found]
    }

    /// Whether the expression fits anywhere in a text.
    func matches(_ text: [UInt8]) -> Bool {
        var active: [Int] = []
        var marks = [Int](repeating: -1, count: states.count)
        for place in 0...text.count {
            // An attempt begins at every place.
            if follow(0, at: place, of: text.count, into: &active, &marks) { return true }
            guard place < text.count else { return false }
            let reached = active
            active = []
            for state in reached {
                guard case .byte(let set) = states[state], set.contains(text[place]) else { continue }
                if follow(state + 1, at: place + 1, of: text.count, into: &active, &marks) { return true }
            }
        }
        return false
    }

    /// Adds what can be reached without a byte; true when that is the end of the expression.
    private func follow(_ first: Int, at place: Int, of count: Int, into active: inout [Int], _ marks: inout [Int])
        -> Bool
    {
        var open = [first]
        while let state = open.popLast() {
            guard marks[state] != place else { continue }
            marks[state] = place
            switch states[state] {
            case .byte: active.append(state)
            case .start: if place == 0 { open.append(state + 1) }
            case .end: if place == count { open.append(state + 1) }
            case .split(let one, let other): open += [other, one]
            case .jump(let target): open.append(target)
            case .found: return true
            }
        }
        return false
    }
}
