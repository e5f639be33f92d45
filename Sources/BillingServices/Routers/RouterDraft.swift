public import BillingDomain

/// What a person enters about a router.
///
/// Descriptions and dumps leave the password out.
public struct RouterDraft: Hashable, Sendable {
    /// The name staff know it by, 1…100 characters, unique in the tenant.
    public var name: String
    /// A host name or address, such as `10.10.0.2`.
    public var host: String
    /// The port of the API service, 1…65535; 8728 by default.
    public var port: Int
    /// The user of the API, 1…100 characters.
    public var username: String
    /// The password of that user, up to 1000 bytes; nil in an update keeps the stored one unless the host changes.
    public var password: String?
    /// Where it stands, if known; region and district have up to 100 characters.
    public var location: RouterLocation?

    /// A draft to add or to update a router with.
    public init(
        name: String,
        host: String,
        port: Int = 8_728,
        username: String,
        password: String?,
        location: RouterLocation? = nil
    ) {
        self.name = name
        self.host = host
        self.port = port
        self.username = username
        self.password = password
        self.location = location
    }
}

extension RouterDraft: CustomStringConvertible, CustomReflectable {
    /// The name and address, never the password.
    public var description: String { "RouterDraft(\(name), \(username)@\(host):\(port))" }
    /// Everything but the password.
    public var customMirror: Mirror {
        Mirror(self, children: ["name": name, "host": host, "port": port, "username": username])
    }
}
