// What a debugger, `dump` and an interpolated collection show of values that carry words of the wire: the same as their
// descriptions, never the bytes behind them.

extension Sentence: CustomDebugStringConvertible, CustomReflectable {
    /// As ``description``.
    public var debugDescription: String { description }

    /// The words, values of attributes that hold secrets left out.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: words.map { Redaction.printable($0) }) }
}

extension Sentence.Attribute: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The attribute as a word, its value left out when it is a secret.
    public var description: String { Redaction.printable(self) }

    /// As ``description``.
    public var debugDescription: String { description }

    /// The attribute as a word, its value left out when it is a secret.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: [description]) }
}

extension Attributes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The attributes on one line, values that hold secrets left out.
    public var description: String { all.map { Redaction.printable($0) }.joined(separator: " ") }

    /// As ``description``.
    public var debugDescription: String { description }

    /// The attributes, values that hold secrets left out.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: all.map { Redaction.printable($0) }) }
}

extension Command: CustomDebugStringConvertible, CustomReflectable {
    /// As ``description``.
    public var debugDescription: String { description }

    /// The command on one line, values that hold secrets left out.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: [description]) }
}

extension Reply: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The reply on one line, values that hold secrets left out.
    public var description: String {
        let tag = tag.map { [".tag=" + RouterOSText.decode($0[...])] } ?? []
        let reason = reasonBytes.map { [Redaction.printable($0[...])] } ?? []
        return ([word] + tag + reason + attributes.all.map { Redaction.printable($0) }).joined(separator: " ")
    }

    /// As ``description``.
    public var debugDescription: String { description }

    /// The reply on one line, values that hold secrets left out.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: [description]) }
}
