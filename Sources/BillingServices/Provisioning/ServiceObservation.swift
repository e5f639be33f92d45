public import BillingDomain

/// An open session of a customer's service as a router shows it.
public struct ServiceObservation: Hashable, Sendable {
    /// The user name, in any case.
    public var username: String
    /// How the customer is connected.
    public var kind: SessionKind
    /// The session: one device on line.
    public var session: OpenSession

    /// A session as it was read.
    public init(username: String, kind: SessionKind, session: OpenSession) {
        self.username = username
        self.kind = kind
        self.session = session
    }
}
