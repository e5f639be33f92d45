/// Why the server did not start.
public struct HTTPServerError: Error, CustomStringConvertible {
    /// What happened and what to do.
    public let description: String
}
