/// Why a script could not be read, or why it ended before its end.
struct ScriptError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong.
    enum Kind: Hashable, Sendable {
        /// The text is not a script; nothing of it has run.
        case syntax
        /// A command was refused, by the language or by the router.
        case runtime
        /// The script said `:error`.
        case raised
        /// The script needs more than ``ScriptLimits`` allow.
        case limit
        /// The script is sound, and uses what the simulator does not have.
        case beyond
    }

    var kind: Kind
    /// What is wrong, in the router's words where it has some.
    var message: WireText
    var position: SourcePosition

    /// Whether `on-error=` may deal with it: a script must not hide that it could not be simulated.
    var isCatchable: Bool { kind != .limit && kind != .beyond }

    /// As the router writes it: `syntax error (line 1 column 5)`.
    var description: String { "\(message) (line \(position.line) column \(position.column))" }
}

/// What goes wrong inside a command; the run knows where.
struct ScriptFault: Error {
    var kind = ScriptError.Kind.runtime
    var message: WireText

    init(_ message: String, _ kind: ScriptError.Kind = .runtime) {
        self.kind = kind
        self.message = WireText(message)
    }

    init(raised message: WireText) {
        kind = .raised
        self.message = message
    }

    init(refused message: WireText) {
        self.message = message
    }

    func at(_ position: SourcePosition) -> ScriptError {
        ScriptError(kind: kind, message: message, position: position)
    }
}
