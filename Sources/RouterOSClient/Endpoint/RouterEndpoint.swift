/// Where a router is, how to talk to it and who logs in.
///
/// Equal endpoints share their connections. Neither printing nor reflecting one shows the password.
public struct RouterEndpoint: Sendable, Hashable, CustomStringConvertible {
    /// A name, an IPv4 address or an IPv6 address without brackets.
    public var host: String
    /// The port of the API service.
    public var port: UInt16
    /// How the connection is protected.
    public var security: ConnectionSecurity
    /// Who logs in.
    public var credentials: Credentials

    /// Names a router; the port is the usual one of the `security` unless given.
    public init(
        _ host: String,
        port: UInt16? = nil,
        security: ConnectionSecurity = .plaintext,
        as credentials: Credentials
    ) {
        self.host = host
        self.port = port ?? security.defaultPort
        self.security = security
        self.credentials = credentials
    }

    /// `host:port`, an IPv6 address in brackets.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
