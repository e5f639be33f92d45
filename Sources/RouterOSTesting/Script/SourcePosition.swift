/// A place in a script, counted from one as the router counts.
struct SourcePosition: Hashable, Sendable {
    var line = 1
    var column = 1
}
