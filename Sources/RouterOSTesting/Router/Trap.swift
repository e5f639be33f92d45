/// A refusal, in the words of RouterOS.
///
/// The category is left out where real routers leave it out, so that a client learns to live without it.
struct Trap: Error, Equatable {
    var category: Int?
    var message: String

    static let wrongLogin = Trap(message: "invalid user name or password (6)")
    static let interrupted = Trap(category: 2, message: "interrupted")
    static let noSuchItem = Trap(category: 0, message: "no such item")
    static let noSuchCommand = Trap(category: 0, message: "no such command")
    static let noSuchMenu = Trap(category: 0, message: "no such command prefix")
    static let missingID = Trap(message: "missing =.id=")
    static let defaultProfile = Trap(message: "failure: can not remove default profile")

    static func unknownParameter(_ name: String) -> Trap {
        Trap(message: "unknown parameter \(name)")
    }

    static func missingValue(_ name: String) -> Trap {
        Trap(message: "missing value(s) of argument(s) \(name)")
    }

    static func noMatch(_ name: String) -> Trap {
        Trap(category: 1, message: "input does not match any value of \(name)")
    }

    static func invalidValue(_ name: String, _ kind: ValueKind) -> Trap {
        switch kind {
        case .choice, .reference: noMatch(name)
        case .duration, .wordOr(_, .duration): Trap(category: 1, message: "invalid time value for argument \(name)")
        case .macAddress: Trap(category: 1, message: "invalid value of \(name), mac address required")
        default: Trap(category: 1, message: "invalid value for argument \(name)")
        }
    }
}
