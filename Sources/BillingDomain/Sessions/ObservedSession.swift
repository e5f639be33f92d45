/// One open session as a router shows it.
public struct ObservedSession: Hashable, Sendable {
    /// Whose it is.
    public let subject: SessionSubject

    /// How the customer is connected.
    public let kind: SessionKind

    /// The network address the customer was given.
    public let address: String?

    /// The MAC address of the device, or the caller id of a PPPoE session.
    public let hardwareAddress: String?

    /// How long the router says it has lasted.
    public let uptime: Duration

    /// Bytes received from the customer in this session: the upload.
    public let bytesIn: Int64

    /// Bytes sent to the customer in this session: the download.
    public let bytesOut: Int64

    /// Creates a reading; negative numbers count as zero.
    public init(
        subject: SessionSubject,
        kind: SessionKind,
        address: String? = nil,
        hardwareAddress: String? = nil,
        uptime: Duration,
        bytesIn: Int64 = 0,
        bytesOut: Int64 = 0
    ) {
        self.subject = subject
        self.kind = kind
        self.address = address
        self.hardwareAddress = hardwareAddress
        self.uptime = max(.zero, uptime)
        self.bytesIn = max(0, bytesIn)
        self.bytesOut = max(0, bytesOut)
    }
}
