public import BillingDomain

extension NetworkSession: RevisedRecord, TransientRecord {
    /// The table of sessions on routers.
    public static let table = RecordTable(
        "network_session",
        noun: "network session",
        [
            .id, .tenant, .text("subject").fixed, .text("kind").fixed, .identity("router").fixed,
            .integer("router_epoch").fixed, .text("address").optional, .text("hardware_address").fixed.optional,
            .integer("started_at").fixed, .integer("last_seen_at"), .integer("ended_at").optional,
            .text("end_reason").optional, .integer("bytes_in"), .integer("bytes_out"), .integer("last_bytes_in"),
            .integer("last_bytes_out"), .integer("counter_epoch"), .text("source").fixed, .revision,
        ],
        growth: .transient,
        references: [.init("router", to: "router")],
        indexes: [
            ["tenant", "router", "ended_at"], ["tenant", "router", "started_at", "id"],
            ["tenant", "ended_at", "started_at", "id"], ["tenant", "subject", "started_at", "id"],
            ["tenant", "started_at", "id"],
        ]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(subject)
        row(kind)
        row(router)
        row(routerEpoch)
        row(address)
        row(hardwareAddress)
        row(startedAt)
        row(lastSeenAt)
        row(endedAt)
        row(endReason)
        row(bytesIn)
        row(bytesOut)
        row(lastBytesIn)
        row(lastBytesOut)
        row(counterEpoch)
        row(source)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            subject: try row(),
            kind: try row(),
            router: try row(),
            routerEpoch: try row(),
            address: try row(),
            hardwareAddress: try row(),
            startedAt: try row(),
            lastSeenAt: try row(),
            endedAt: try row(),
            endReason: try row(),
            bytesIn: try row(),
            bytesOut: try row(),
            lastBytesIn: try row(),
            lastBytesOut: try row(),
            counterEpoch: try row(),
            source: try row(),
            revision: try row()
        )
    }
}

extension NetworkSession {
    /// The columns that queries name.
    public enum Columns {
        /// `subject`.
        public static let subject = Field<NetworkSession, SessionSubject>("subject")
        /// `router`.
        public static let router = Field<NetworkSession, Identifier<Router>>("router")
        /// `kind`.
        public static let kind = Field<NetworkSession, SessionKind>("kind")
        /// `address`.
        public static let address = Field<NetworkSession, String?>("address")
        /// `hardware_address`.
        public static let hardwareAddress = Field<NetworkSession, String?>("hardware_address")
        /// `started_at`.
        public static let startedAt = Field<NetworkSession, Timestamp>("started_at")
        /// `router_epoch`.
        public static let routerEpoch = Field<NetworkSession, Int64>("router_epoch")
        /// `last_seen_at`.
        public static let lastSeenAt = Field<NetworkSession, Timestamp>("last_seen_at")
        /// `ended_at`.
        public static let endedAt = Field<NetworkSession, Timestamp?>("ended_at")
    }
}
