/// Commands one after another.
struct ScriptBlock {
    var statements: [ScriptStatement] = []
}

/// One command.
struct ScriptStatement {
    indirect enum Kind {
        case block(ScriptBlock)
        case expression(ScriptExpression)
        case declare(WireText, isGlobal: Bool, ScriptExpression?)
        /// The variable, the keys to the element within it, and the value; without one it is forgotten.
        case assign(WireText, [ScriptExpression], ScriptExpression?)
        case conditional(ScriptExpression, then: ScriptExpression?, otherwise: ScriptExpression?)
        case whileLoop(ScriptExpression, ScriptExpression)
        case doBlock(ScriptExpression, while: ScriptExpression?, onError: ScriptExpression?)
        case count(WireText, from: ScriptExpression, to: ScriptExpression, step: ScriptExpression?, ScriptExpression)
        case each([WireText], in: ScriptExpression, ScriptExpression)
        case onError(WireText, in: ScriptExpression, ScriptExpression)
        case time(ScriptExpression)
        case call(ScriptCommandName, [ScriptExpression?])
        case invoke(ScriptExpression, [ScriptArgument])
        case scan(ScriptScan)
        case get(ScriptMenus.Node, number: ScriptExpression?, name: ScriptExpression?)
        case command(ScriptMenus.Node, verb: String, [ScriptArgument])
        case beyond(String)
    }

    var kind: Kind
    var position: SourcePosition
}

/// A value given to a command or a function, by name or by its place.
struct ScriptArgument {
    var name: WireText?
    var value: ScriptExpression
}

/// `find` or `print`: rows of a menu that a condition holds for.
struct ScriptScan {
    /// What is made of the rows.
    enum Purpose {
        case ids
        case count
        case values
        case text
    }

    var node: ScriptMenus.Node
    var purpose: Purpose
    /// The rows it is limited to, by id or name.
    var numbers: ScriptExpression?
    var attributes: ScriptExpression?
    var filter: ScriptExpression?
}
