/// One column of a menu.
struct Column: Sendable {
    /// Who may write a column.
    enum Role: String, Sendable {
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
    /// The value of a new row; nil when the column is absent until somebody sets it.
    var initial: WireText?
    /// What takes the value away again: nothing, or a word such as `all`.
    ///
    /// A column that is never absent has none.
    var absence: WireText? = ""
    /// Whether a row cannot be added without it.
    var isRequired = false
    /// Whether it shows to those alone whose group has the policy `sensitive`.
    var isSensitive = false
    /// Whether it can be written and never read.
    var isHidden = false
    /// Whether it begins anew when the router does.
    var isVolatile = false
    /// The argument of `print` that brings it; nil when it always comes.
    ///
    /// It also comes when it is named in the property list.
    var showsWith: String?
    /// What makes a flag true: another column that has a value; nil when it is kept like any other.
    var condition: (column: Int, value: WireText)?
    /// Whether its value is kept as ids of rows and shown as their names.
    let isReference: Bool

    init(_ name: String, _ kind: ValueKind, _ role: Role) {
        self.name = name
        self.kind = kind
        self.role = role
        isReference = !kind.references.isEmpty
    }
}
