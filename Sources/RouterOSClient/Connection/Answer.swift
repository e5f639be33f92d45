public import RouterOSProtocol

/// Everything a router answered to one command.
public struct Answer: Sendable {
    /// The rows, in the router's order.
    public let rows: [Sentence]
    /// What the command returned: the new id of an `add`, the number of a `count-only`.
    public let returned: String?

    /// Makes an answer, for whoever carries commands in a way of their own.
    public init(rows: [Sentence], returned: String?) {
        self.rows = rows
        self.returned = returned
    }
}
