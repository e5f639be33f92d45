import RouterOSProtocol

/// A value of the script language.
enum ScriptValue: Equatable, Sendable {
    /// What a variable holds that nothing was given to.
    case nothing
    /// What a command gives that has no answer, such as a search in vain.
    case `nil`
    case boolean(Bool)
    case number(Int64)
    /// A span of time, or a time of day, in nanoseconds.
    case time(Int64)
    case string(WireText)
    case address(IPAddress)
    case prefix(IPPrefix)
    case id(UInt64)
    case array(ScriptArray)
    case function(ScriptFunction)

    static func text(_ text: String) -> ScriptValue { .string(WireText(text)) }

    /// What `:typeof` says.
    var typeName: String {
        switch self {
        case .nothing: "nothing"
        case .nil: "nil"
        case .boolean: "bool"
        case .number: "num"
        case .time: "time"
        case .string: "str"
        case .address(.v4): "ip"
        case .address(.v6): "ip6"
        case .prefix(let prefix): prefix.address.bitWidth == 32 ? "ip-prefix" : "ip6-prefix"
        case .id: "id"
        case .array: "array"
        case .function(let function): function.isParsed ? "code" : "array"
        }
    }

    /// What errors call a value of this kind.
    var kindName: String {
        switch self {
        case .nothing, .nil: "nothing"
        case .boolean: "boolean"
        case .number: "integer number"
        case .time: "time interval"
        case .string: "string"
        case .address(.v4): "ip address"
        case .address(.v6): "ipv6 address"
        case .prefix: "ip prefix"
        case .id: "internal number"
        case .array: "array"
        case .function: "code"
        }
    }

    /// How many arrays are nested in it.
    var depth: Int {
        if case .array(let array) = self { array.depth } else { 0 }
    }

    /// How large it is, in the measure of ``ScriptLimits/size``.
    var weight: Int {
        switch self {
        case .string(let text): text.bytes.count
        case .array(let array): array.weight
        default: 16
        }
    }

    /// How many steps it takes to go through it.
    var cost: Int { 1 + weight / 64 }
}
