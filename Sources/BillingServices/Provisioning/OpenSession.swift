public import BillingDomain

/// An open session as a router shows it: one device on line.
public struct OpenSession: Hashable, Sendable {
    /// The network address that the device was given.
    public var address: String?
    /// The MAC address of the device.
    public var hardwareAddress: String?
    /// How long it has lasted and what it has used so far.
    public var used: VoucherUsage.Counters

    /// A session as it was read.
    public init(address: String? = nil, hardwareAddress: String? = nil, used: VoucherUsage.Counters) {
        self.address = address
        self.hardwareAddress = hardwareAddress
        self.used = used
    }
}
