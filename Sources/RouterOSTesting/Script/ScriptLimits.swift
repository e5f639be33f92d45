/// What a script may use up before it is ended.
struct ScriptLimits: Sendable {
    /// How much may be done between two moments at which the script waits; a command costs a few steps, a long string some more.
    var steps = 5_000_000
    /// How many functions may be under way at once.
    var calls = 100
    /// Bytes in a string, or in all that an array holds, sixteen of them for whatever is no string.
    var size = 8_388_608

    /// How deep brackets and braces may be nested in the text.
    static let nesting = 32
    /// How deep arrays may be nested in one another.
    static let arrayDepth = 32
    /// Bytes in the text of a script.
    static let sourceLength = 1_048_576
}
