/// What a script can say in one menu of a router.
struct ScriptMenu: Sendable {
    /// As the wire has it: `/ip/hotspot/user`.
    var path: String
    /// Whether it has rows with ids, rather than settings.
    var isTable = true
    /// The commands it has.
    var verbs = Self.tableVerbs
    /// The names of its attributes and of its commands' arguments; empty when any name is to be passed on.
    var arguments: [String] = []

    static let tableVerbs = [
        "add", "set", "remove", "print", "find", "get", "enable", "disable", "unset", "comment", "move", "edit",
        "export", "reset", "reset-counters", "reset-counters-all",
    ]
    static let settingVerbs = ["set", "print", "get", "edit", "export", "unset"]

    /// The argument that a name, whole or its beginning, stands for; the name itself when the menu does not say.
    func argument(_ name: String) -> String? {
        guard !arguments.isEmpty, !name.hasPrefix("."), !arguments.contains(name) else { return name }
        let candidates = arguments.filter { $0.hasPrefix(name) }
        return candidates.count == 1 ? candidates[0] : nil
    }
}
