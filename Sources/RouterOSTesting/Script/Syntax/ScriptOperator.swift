/// The operators of the script language.
enum ScriptOperator: String, Sendable {
    case either = "||"
    case both = "&&"
    case equal = "="
    case different = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case matches = "~"
    case within = "in"
    case list = ","
    case bitOr = "|"
    case bitXor = "^"
    case bitAnd = "&"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case concatenate = "."
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case element = "->"
    case not = "!"

    /// The operators of each precedence as they are written, the loosest first; of two that begin alike the longer first.
    static let levels: [[(spelling: StaticString, operation: ScriptOperator)]] = [
        [("||", .either), ("or", .either)],
        [("&&", .both), ("and", .both)],
        [
            ("!=", .different), ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("<", .less), (">", .greater),
            ("=", .equal), ("~", .matches), ("in", .within),
        ],
        [(",", .list)],
        [("|", .bitOr), ("^", .bitXor), ("&", .bitAnd)],
        [("<<", .shiftLeft), (">>", .shiftRight)],
        [(".", .concatenate)],
        [("+", .add), ("-", .subtract)],
        [("*", .multiply), ("/", .divide), ("%", .remainder)],
    ]

    /// The levels an unparenthesised condition on rows has; behind them its words hold `.`, `-` and the like.
    static let filterLevels = levels[..<3]

    var isComparison: Bool {
        switch self {
        case .equal, .different, .less, .lessOrEqual, .greater, .greaterOrEqual, .matches, .within: true
        default: false
        }
    }

    var isLogical: Bool { self == .both || self == .either }
}
