import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol

extension RouterPlan: CustomStringConvertible {
    /// The plan as a difference: `+` is missing there, `-` has to go, `~` is changed, `!` is for people to look at.
    public var description: String {
        let changes =
            profiles.map { "+ \($0.kind.profileMenu) \($0.name) \($0.rateLimit?.description ?? "")" }
            + profileChanges.map(\.description) + lines.map(\.description)
            + unknown.map { "! \($0): has our comment and is not known here" }
        let summary =
            "\(lines.count + profileChanges.count) to put right, \(waiting) on their way, \(unknown.count) unknown; "
            + "\(standing) rows of ours there, \(foreign) of others untouched"
        return (changes + [summary] + [question].compactMap { $0 }).joined(separator: "\n")
    }
}

extension RouterPlan.ProfileChange: CustomStringConvertible {
    /// The change as a difference shows it.
    public var description: String {
        "~ \(PPPProfile.menu) \(name) "
            + RouterPlan.AttributeChange(name: "rate-limit", was: was, should: should.description).description
    }
}

extension RouterPlan.Line: CustomStringConvertible {
    /// The line as a difference shows it.
    public var description: String {
        let row = "\(kind.menu) \(entry.label)"
        return switch action {
        case .add: "+ \(row) profile=\(entry.profile.name)"
        case .remove: "- \(row)"
        case .endSession: "~ \(row): its session ends"
        case .blocked(let reason): "! \(row): \(reason)"
        case .change(let changes): "~ \(row) " + changes.map(\.description).joined(separator: ", ")
        }
    }

    /// Why it is put right, for people who look at the record.
    var reason: String {
        switch action {
        case .add: "It is missing on the router."
        case .remove: "It is on the router and should not be."
        case .endSession: "It is on line and should not be."
        case .blocked(let reason): reason
        case .change(let changes): "Changed on the router: " + changes.map(\.description).joined(separator: ", ")
        }
    }

    /// Whether the router is changed by it.
    var isChange: Bool {
        if case .blocked = action { false } else { true }
    }
}

extension RouterPlan.AttributeChange: CustomStringConvertible {
    /// The attribute with both values, quoted where they would not be seen otherwise; a secret by its name.
    public var description: String {
        was.isEmpty && should.isEmpty ? name : "\(name): \(Self.shown(was)) → \(Self.shown(should))"
    }

    private static func shown(_ value: String) -> String { value.isEmpty ? "\"\"" : value }
}

extension ServiceKind {
    fileprivate var menu: String { self == .hotspot ? HotspotUser.menu : PPPSecret.menu }
    fileprivate var profileMenu: String { self == .hotspot ? HotspotUserProfile.menu : PPPProfile.menu }
}
