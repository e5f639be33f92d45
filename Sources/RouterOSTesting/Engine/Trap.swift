import RouterOSProtocol

/// A refusal, in the words of RouterOS.
///
/// The category is left out where real routers leave it out, so that a client learns to live without it.
struct Trap: Error, Equatable {
    var category: Int?
    var message: String

    static func wrongLogin(_ release: RouterOSVersion) -> Trap {
        Trap(message: release.takesPlainLogin ? "invalid user name or password (6)" : "cannot log in")
    }

    static let interrupted = Trap(category: 2, message: "interrupted")
    static let noSuchItem = Trap(category: 0, message: "no such item")
    static let noSuchCommand = Trap(category: 0, message: "no such command")
    static let noSuchMenu = Trap(category: 0, message: "no such command prefix")
    static let notPermitted = Trap(message: "not enough permissions (9)")
    static let tooManyActivities = Trap(message: "failure: too many commands at once")
    static let missingID = Trap(message: "missing =.id=")
    static let defaultProfile = Trap(message: "failure: can not remove default profile")

    static let dynamicChange = Trap(message: "failure: can not change dynamic item")
    static let dynamicRemoval = Trap(message: "failure: can not remove dynamic item")
    static let defaultItem = Trap(message: "failure: can not remove default item")

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
        if kind.isChoice { return noMatch(name) }
        if kind.isDuration { return Trap(category: 1, message: "invalid time value for argument \(name)") }
        if kind == .macAddress { return Trap(category: 1, message: "invalid value of \(name), mac address required") }
        return Trap(category: 1, message: "invalid value for argument \(name)")
    }
}
