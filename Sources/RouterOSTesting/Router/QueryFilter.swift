/// The query words of one command, in order: which rows it asks for.
///
/// Each word works on a stack of truths that begins as an endless supply of `true`; a row passes when no `false` is left on it.
/// The grammar is the one of the RouterOS manual, chapter API, section Queries.
struct QueryFilter: Sendable {
    private enum Word: Sendable {
        case has(String)
        case lacks(String)
        case equals(String, WireText)
        case less(String, WireText)
        case greater(String, WireText)
        case operations([Operation])
    }

    private enum Operation: Sendable {
        case pushCopy(of: Int)
        case keepOnly(Int)
        case not
        case and
        case or
        case duplicate
    }

    /// What a filter asks a row: the value of a property, and its kind.
    typealias Property = (_ name: String) -> (value: WireText, kind: ValueKind)?

    private let words: [Word]

    /// A filter from the bytes after each `?`.
    init(_ words: [WireText]) {
        self.words = words.map { Self.parse($0.bytes[...]) }
    }

    /// Whether a row passes.
    func matches(_ property: Property) -> Bool {
        var stack: [Bool] = []
        for word in words {
            switch word {
            case .has(let name):
                stack.append(property(name) != nil)
            case .lacks(let name):
                stack.append(property(name) == nil)
            case .equals(let name, let operand):
                stack.append(property(name).map { $0.kind.areEqual($0.value, operand) } ?? false)
            case .less(let name, let operand):
                stack.append(property(name).map { $0.kind.isLess($0.value, than: operand) } ?? false)
            case .greater(let name, let operand):
                stack.append(property(name).map { $0.kind.isLess(operand, than: $0.value) } ?? false)
            case .operations(let operations):
                Self.apply(operations, to: &stack)
            }
        }
        return !stack.contains(false)
    }

    private static func apply(_ operations: [Operation], to stack: inout [Bool]) {
        for operation in operations {
            switch operation {
            case .pushCopy(let index):
                stack.append(element(index, of: stack))
            case .keepOnly(let index):
                stack = [element(index, of: stack)]
            case .not:
                stack.append(!(stack.popLast() ?? true))
            case .and:
                let (right, left) = (stack.popLast() ?? true, stack.popLast() ?? true)
                stack.append(left && right)
            case .or:
                let (right, left) = (stack.popLast() ?? true, stack.popLast() ?? true)
                stack.append(left || right)
            case .duplicate:
                stack.append(stack.last ?? true)
            }
        }
    }

    /// The element so many places below the top; below the bottom everything is `true`.
    private static func element(_ index: Int, of stack: [Bool]) -> Bool {
        index < stack.count ? stack[stack.count - 1 - index] : true
    }

    private static func parse(_ word: ArraySlice<UInt8>) -> Word {
        guard let first = word.first else { return .has("") }
        switch first {
        case UInt8(ascii: "#"):
            return .operations(operations(word.dropFirst()))
        case UInt8(ascii: "-"):
            return .lacks(String(decoding: word.dropFirst(), as: UTF8.self))
        case UInt8(ascii: "<"):
            let (name, operand) = split(word.dropFirst())
            return .less(name, operand ?? "")
        case UInt8(ascii: ">"):
            let (name, operand) = split(word.dropFirst())
            return .greater(name, operand ?? "")
        case UInt8(ascii: "="):
            let (name, operand) = split(word.dropFirst())
            return .equals(name, operand ?? "")
        default:
            let (name, operand) = split(word)
            return operand.map { .equals(name, $0) } ?? .has(name)
        }
    }

    private static func split(_ word: ArraySlice<UInt8>) -> (name: String, operand: WireText?) {
        guard let sign = word.firstIndex(of: UInt8(ascii: "=")) else {
            return (String(decoding: word, as: UTF8.self), nil)
        }
        return (String(decoding: word[..<sign], as: UTF8.self), WireText(word[(sign + 1)...]))
    }

    /// Reads the letters after `?#`.
    ///
    /// An index ends at the first character that is no digit; what is no operation is passed over.
    private static func operations(_ letters: ArraySlice<UInt8>) -> [Operation] {
        var rest = letters
        var operations: [Operation] = []
        while let letter = rest.first {
            if letter.isDigit {
                let digits = rest.prefix { $0.isDigit }
                // An index too large for a number is as far below the bottom as any other.
                let index = Int(String(decoding: digits, as: UTF8.self)) ?? .max
                rest.removeFirst(digits.count)
                guard !rest.isEmpty else {
                    operations.append(.keepOnly(index))
                    break
                }
                operations.append(.pushCopy(of: index))
                if rest.first == UInt8(ascii: ".") { rest.removeFirst() }
                continue
            }
            rest.removeFirst()
            switch letter {
            case UInt8(ascii: "!"): operations.append(.not)
            case UInt8(ascii: "&"): operations.append(.and)
            case UInt8(ascii: "|"): operations.append(.or)
            case UInt8(ascii: "."): operations.append(.duplicate)
            default: break
            }
        }
        return operations
    }
}
