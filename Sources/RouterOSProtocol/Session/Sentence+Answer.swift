extension Sentence {
    /// Whether a row of `listen` or `follow` says that its item is gone: `=.dead=true`.
    ///
    /// The manual writes `yes`, routers send `true`; both count.
    public var isDead: Bool {
        switch self[".dead"] {
        case "true", "yes": true
        default: false
        }
    }

    /// The round of a repeating command that a row belongs to, as `monitor` and `interval` number them; nil when it has none.
    public var section: Int? { self[".section"].flatMap { Int($0) } }

    /// What a command returned with its `!done`: the id of an added row, a count, the text of a script; nil when nothing.
    public var returned: String? { self["ret"] }
}
