/// A device that was seen using a voucher.
public struct VoucherDevice: Hashable, Sendable {
    /// The identity of the record.
    public let id: Identifier<VoucherDevice>

    /// The tenant that owns it.
    public let tenant: Identifier<Tenant>

    /// The voucher; a voucher has many devices, each once.
    public let voucher: Identifier<Voucher>

    /// The device.
    public let address: DeviceAddress

    /// When it was first seen.
    public private(set) var firstSeenAt: Timestamp

    /// When it was last seen.
    public private(set) var lastSeenAt: Timestamp

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a record of a device seen for the first time, or recreates a stored one.
    public init(
        id: Identifier<VoucherDevice>,
        tenant: Identifier<Tenant>,
        voucher: Identifier<Voucher>,
        address: DeviceAddress,
        firstSeenAt: Timestamp,
        lastSeenAt: Timestamp? = nil,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.voucher = voucher
        self.address = address
        self.firstSeenAt = firstSeenAt
        self.lastSeenAt = max(firstSeenAt, lastSeenAt ?? firstSeenAt)
        self.revision = revision
    }

    /// Notes that it was seen; sightings may come in any order.
    public mutating func see(at instant: Timestamp) {
        firstSeenAt = min(firstSeenAt, instant)
        lastSeenAt = max(lastSeenAt, instant)
    }
}
