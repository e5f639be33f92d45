/// What has a value in a script.
indirect enum ScriptExpression {
    case literal(ScriptValue)
    /// A bare word of a condition on rows, before it is known whether it names an attribute or stands for itself.
    case word(WireText)
    /// What a row has under a name.
    case attribute(WireText)
    case variable(WireText)
    /// A string with values in it.
    case interpolation([ScriptExpression])
    /// `[…]`: what the last of the commands gives.
    case substitution(ScriptBlock)
    /// `{…}` where commands are expected.
    case function(ScriptBlock)
    case array([ScriptElement])
    case unary(ScriptOperator, ScriptExpression, SourcePosition)
    /// Operators of one precedence, from left to right.
    case chain(ScriptExpression, [ScriptLink])

    /// The expression where a word names an attribute.
    var asAttribute: ScriptExpression {
        if case .word(let name) = self { .attribute(name) } else { self }
    }

    /// The expression where a word stands for itself.
    var asLiteral: ScriptExpression {
        if case .word(let text) = self { .literal(.string(text)) } else { self }
    }
}

/// An element of `{1;2;"key"=3}`.
struct ScriptElement {
    var key: ScriptExpression?
    var value: ScriptExpression
}

/// An operator with what is to its right.
struct ScriptLink {
    var operation: ScriptOperator
    var operand: ScriptExpression
    var position: SourcePosition
}
