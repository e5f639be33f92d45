/// What a run needs from its host before it goes on, or how it ended.
enum ScriptStep: Sendable {
    /// Needs rows: ``ScriptAnswer/rows(_:)``.
    case rows(ScriptRowRequest)
    /// Needs a command done: ``ScriptAnswer/value(_:)``, what it gives.
    case command(ScriptCommand)
    /// Needs so much time to pass.
    case delay(Duration)
    /// Says something; no answer needed.
    case put(WireText)
    /// Writes to the log; no answer needed.
    case log(topic: String, WireText)
    /// Needs another script begun: ``ScriptAnswer/value(_:)`` with the id of its job, or with what it puts out when
    /// that is awaited.
    case execute(WireText, isAwaited: Bool)
    /// Needs the time since 1970: ``ScriptAnswer/value(_:)`` with a time.
    case timestamp
    /// The script has ended, with the value of `:return` or of its last command.
    case finished(ScriptValue)
    /// The script has ended before its end.
    case failed(ScriptError)
}

/// What the host makes of a ``ScriptStep``.
enum ScriptAnswer: Sendable {
    case rows([ScriptRow])
    case value(ScriptValue)
    /// The router does not do that, for a reason in its own words.
    case refused(WireText)
    /// The simulator does not do that, though a router would.
    case beyond(String)
}

/// The rows a script wants to look at.
struct ScriptRowRequest: Sendable {
    /// Of which menu: `/ip/hotspot/user`.
    var path: String
    /// The ids or names of the rows; nil for all of them.
    var numbers: [WireText]?
    /// What the rows have that the script will keep.
    ///
    /// A host may leave out rows with other *text* in these attributes, and need not: the script looks again.
    var hints: [(name: WireText, value: ScriptValue)] = []
}

/// A row as a script sees it.
struct ScriptRow: Sendable {
    /// Names and values in the router's order; `.id` is one of them where the menu is a table.
    var attributes: [(name: WireText, value: ScriptValue)]

    subscript(name: WireText) -> ScriptValue? {
        attributes.first { $0.name == name }?.value
    }

    /// The row as `print as-value` and `get` without a name give it.
    var array: ScriptValue {
        var array = ScriptArray()
        for attribute in attributes { array.set(.string(attribute.name), to: attribute.value) }
        return .array(array)
    }

    /// Whether a command that names a row by id or name means this one.
    func isNamed(_ number: WireText) -> Bool {
        self[".id"]?.text == number || self["name"]?.text == number
    }
}

/// A command of a menu that changes something or gives something.
struct ScriptCommand: Sendable {
    /// `/ip/hotspot/user`.
    var path: String
    /// `set`, whole.
    var verb: String
    /// In the order they came; a name with `!` before it is to be unset.
    var arguments: [(name: WireText, value: WireText)] = []
    /// What came without a name, and what `numbers` says: ids and names of rows for most commands.
    ///
    /// Nil when nothing did; empty when a search in vain did, for which the router does nothing.
    var numbers: [WireText]?
}
