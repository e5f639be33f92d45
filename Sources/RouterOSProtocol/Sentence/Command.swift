/// One command to a router: a path, attributes, and for `print` and `listen` a query.
///
/// ```swift
/// let command = Command("/ip/hotspot/user/add") {
///     $0["name"] = "A7K2"
///     $0["password"] = "A7K2"
/// }
/// ```
public struct Command: Sendable, Hashable {
    /// Menu and verb, `/` between all parts: `/ip/hotspot/user/print`.
    public let path: String
    /// The number that the replies of this command carry; a session chooses it.
    public var tag: UInt32?
    /// What the command says beside its path; their order means nothing to a router.
    public var attributes: Attributes
    /// The rows a `print` or `listen` answers, or nil for all.
    public var query: Query?

    /// Makes a command; `build` sets its attributes.
    public init(_ path: String, tag: UInt32? = nil, _ build: (inout Attributes) -> Void = { _ in }) {
        self.path = path
        self.tag = tag
        attributes = Attributes()
        build(&attributes)
    }

    /// Makes a `print` of a menu that asks for `properties` of the rows that match `query`.
    ///
    /// Without properties a router reads every one it has, the slow ones too (counters, file contents).
    public static func print(_ menu: String, properties: [String], where query: Query? = nil) -> Command {
        var command = Command(menu + "/print") {
            if !properties.isEmpty { $0[".proplist"] = properties.joined(separator: ",") }
        }
        command.query = query
        return command
    }
}

extension Command: CustomStringConvertible {
    /// The command on one line, values that hold secrets left out.
    public var description: String {
        let attributes = attributes.all.map { Redaction.printable($0) }
        let words = [path] + attributes + (query?.words ?? [])
        return words.joined(separator: " ")
    }
}
