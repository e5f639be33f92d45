/// One reply from a router, for whoever plays the router: simulators, proxies, test doubles.
public struct Reply: Sendable, Hashable {
    /// What the reply says about its command.
    public let kind: ReplyKind
    /// The tag of the command, byte for byte as it came, or nil when it had none.
    public var tag: [UInt8]?
    /// The bare word of a `!fatal`, which is how routers send its reason.
    public var reason: String?
    /// The values of a row, the message of a trap, the `ret` of a done.
    public var attributes: Attributes

    /// Makes a reply; `build` sets its attributes.
    public init(
        _ kind: ReplyKind,
        tag: [UInt8]? = nil,
        reason: String? = nil,
        _ build: (inout Attributes) -> Void = { _ in }
    ) {
        self.kind = kind
        self.tag = tag
        self.reason = reason
        attributes = Attributes()
        build(&attributes)
    }
}
