/// Commands as a value: `do={…}`, or what `:parse` gives.
struct ScriptFunction: Equatable, Sendable {
    let code: ScriptCode
    /// Where its first instruction is.
    let entry: Int
    /// Whether it is what `:parse` gave.
    var isParsed = false

    static func == (left: ScriptFunction, right: ScriptFunction) -> Bool {
        left.code === right.code && left.entry == right.entry
    }
}
