public import BillingDomain

/// How fast one network address may try to sign in, whatever the tenant, as it is kept.
public struct ThrottledAddress: RevisedRecord, TransientRecord {
    /// The identity, which follows from the address.
    public let id: Identifier<ThrottledAddress>
    /// How fast.
    public var throttle: AddressThrottle
    /// The version of this record.
    public var revision: Int64

    /// Keeps a throttle.
    public init(id: Identifier<ThrottledAddress>, throttle: AddressThrottle = AddressThrottle(), revision: Int64 = 1) {
        self.id = id
        self.throttle = throttle
        self.revision = revision
    }

    /// The table of throttled addresses, which belong to no tenant.
    public static let table = RecordTable(
        "throttled_address",
        [.id, .integer("theoretical_arrival").optional, .revision],
        ownership: .system,
        growth: .transient,
        indexes: [["theoretical_arrival"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(throttle.theoreticalArrival)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        id = try row()
        throttle = AddressThrottle(theoreticalArrival: try row())
        revision = try row()
    }
}

extension ThrottledAddress {
    /// The columns that queries name.
    public enum Columns {
        /// `theoretical_arrival`.
        public static let theoreticalArrival = Field<ThrottledAddress, Timestamp?>("theoretical_arrival")
    }
}
