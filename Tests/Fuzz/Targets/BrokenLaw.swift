/// A law of the module that does not hold for some input.
public struct BrokenLaw: Error, CustomStringConvertible {
    /// What was expected, and what came instead.
    public let description: String

    init(_ description: String) { self.description = description }
}

/// States a law; `account` is put together only when it is broken.
func law(_ holds: Bool, _ account: @autoclosure () -> String) throws(BrokenLaw) {
    if !holds { throw BrokenLaw(account()) }
}
