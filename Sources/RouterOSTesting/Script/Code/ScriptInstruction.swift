/// One step of a script that has been read, for a machine with a stack of values.
///
/// Each command leaves one value; targets are places among the instructions.
enum ScriptInstruction: Sendable {
    case push(ScriptValue)
    case pop
    case load(WireText)
    /// What the row under examination has under a name.
    case attribute(WireText)
    case declare(WireText, isGlobal: Bool, hasValue: Bool)
    /// Takes the value, if it has one, and so many keys below it.
    case assign(WireText, keys: Int, hasValue: Bool)
    case enterScope
    case leaveScope

    case jump(Int)
    /// Takes a condition and jumps if it does not hold.
    case jumpUnless(Int)
    /// Jumps if the condition on top is false, which stays; takes it otherwise.
    case both(Int)
    /// Jumps if the condition on top is true, which stays; takes it otherwise.
    case either(Int)
    /// Checks that the value on top is a condition.
    case checkCondition

    case unary(ScriptOperator)
    case binary(ScriptOperator)
    /// Makes one string of so many values.
    case join(Int)
    /// Makes an array of values, of which those marked have their key below them.
    case array([Bool])
    case function(entry: Int)
    /// Calls a function with so many values above it.
    case invoke([WireText?])
    /// A function body used where commands are expected: called if it is one.
    case run
    case leave
    /// A command of the language, with those values that are marked.
    case call(ScriptCommandName, [Bool])

    /// Takes the bounds and the step of a loop.
    case beginCount(WireText)
    /// Takes the array of a loop.
    case beginEach([WireText])
    /// Goes to the next round of the innermost loop, or ends it and jumps.
    case nextRound(Int)

    /// From here on an error jumps.
    case guardErrors(Int)
    case endGuard
    /// Declares a variable that holds the error.
    case bindError(WireText)
    /// Remembers how long the script has waited so far.
    case mark
    /// Takes that and gives the time waited since.
    case sinceMark

    /// Asks for rows; takes the numbers, the names and the values that the rows must have, as far as there are.
    case scan(ScriptScanSite)
    /// Goes to the next row, or jumps behind the last.
    case nextRow(Int)
    /// Takes whether the row belongs to the result.
    case keepRow
    case endScan
    /// Takes a number and a name, either of them nothing.
    case get(ScriptMenus.Node)
    /// A command of a menu with values for these names.
    case command(ScriptMenus.Node, verb: String, [WireText?])
    case beyond(String)
}

/// What the instructions of a scan share.
struct ScriptScanSite: Sendable {
    var node: ScriptMenus.Node
    var purpose: ScriptScan.Purpose
    var hasNumbers: Bool
    var hasAttributes: Bool
    /// The names of the values that the rows must have.
    var hints: [WireText]
}
