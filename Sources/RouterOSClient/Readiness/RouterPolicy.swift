import RouterOSProtocol

/// What the group of an API user allows, compared with what selling internet access takes.
enum RouterPolicy {
    /// What selling takes.
    static let needed = ["api", "read", "write", "policy", "test"]
    /// What does no harm beside it: to see passwords, and the other interface of the API.
    private static let harmless: Set<String> = ["sensitive", "rest-api"]

    /// What a group allows; policies with a `!` in front are those it does not.
    static func allowed(by group: RouterUserGroup) -> Set<String> {
        Set((group.policy?.elements ?? []).filter { !$0.hasPrefix("!") })
    }

    /// What is needed and not allowed.
    static func missing(in allowed: Set<String>) -> [String] { needed.filter { !allowed.contains($0) } }

    /// What is allowed and not needed.
    static func excess(in allowed: Set<String>) -> [String] {
        allowed.subtracting(needed).subtracting(harmless).sorted()
    }

    /// The command line that gives a group what is needed beside what it allows already: what is set takes the place of
    /// what was there.
    static func remedy(for group: RouterUserGroup) -> String {
        let allowed = (group.policy?.elements ?? []).filter { !$0.hasPrefix("!") }
        let line: ScriptSource = "/user group set [find name=\(group.name)] policy="
        return line.text + (allowed + missing(in: Set(allowed))).joined(separator: ",")
    }
}
