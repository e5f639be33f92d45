/// One column of a menu.
struct Attribute: Sendable {
    /// Who may write a column.
    enum Role: Sendable {
        /// The client, with `add` and `set`.
        case setting
        /// The router counts it; `reset-counters` takes it back to its first value.
        case counter
        /// The router states it.
        case fact
    }

    let name: String
    let kind: ValueKind
    let role: Role
    /// The value of a new row; `nil` when the column is absent until somebody sets it.
    let initial: WireText?
    /// Whether a row cannot be added without it.
    let isRequired: Bool
    /// What takes the value away again: nothing, or a word such as `all`.
    ///
    /// A column that is never absent has none.
    let meansAbsent: WireText?
    /// The first release that has the column.
    let since: RouterOSRelease?

    static func setting(
        _ name: String,
        _ kind: ValueKind = .text,
        initial: WireText? = nil,
        isRequired: Bool = false,
        meansAbsent: WireText = "",
        since: RouterOSRelease? = nil
    ) -> Attribute {
        Attribute(
            name: name,
            kind: kind,
            role: .setting,
            initial: initial,
            isRequired: isRequired,
            meansAbsent: initial == nil ? meansAbsent : nil,
            since: since
        )
    }

    static func counter(_ name: String, _ kind: ValueKind, initial: WireText) -> Attribute {
        Attribute(
            name: name,
            kind: kind,
            role: .counter,
            initial: initial,
            isRequired: false,
            meansAbsent: nil,
            since: nil
        )
    }

    static func fact(_ name: String, _ kind: ValueKind = .text, _ initial: WireText? = nil) -> Attribute {
        Attribute(
            name: name,
            kind: kind,
            role: .fact,
            initial: initial,
            isRequired: false,
            meansAbsent: nil,
            since: nil
        )
    }
}
