import RouterOSClient

/// What all transfers to one router have in common.
struct TransferSettings: Sendable {
    /// Scheme, host and port.
    let origin: String
    let security: ConnectionSecurity
    let credentials: Credentials
    let connectTimeout: Duration
    let maximumResponseBytes: Int
    let maximumConnections: Int
    /// How long connections and thread are kept without a command.
    let idleTimeout: Duration
}
