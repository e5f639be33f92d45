public import BillingDomain

extension OutboxJob: RevisedRecord, TransientRecord {
    /// The table of jobs: one at most for a voucher and for a service account, and their sequence is that of the commits of
    /// their router.
    public static let table = RecordTable(
        "outbox_job",
        noun: "job",
        [
            .id, .tenant, .identity("router").fixed, .identity("voucher").fixed.optional,
            .identity("service_account").fixed.optional, .integer("urgency"), .integer("sequence").fixed,
            .integer("enqueued_at").fixed, .integer("not_before"), .integer("attempts"), .text("detail").optional,
            .integer("is_parked"), .revision,
        ],
        growth: .transient,
        uniques: [["voucher"], ["service_account"], ["router", "sequence"]],
        references: [
            .init("voucher", to: "voucher"), .init("service_account", to: "service_account"),
            .init("router", to: "router"),
        ],
        indexes: [
            ["tenant", "is_parked", "enqueued_at"], ["router", "is_parked", "not_before"],
            ["router", "is_parked", "enqueued_at"], ["router", "is_parked", "urgency", "sequence", "id"],
        ]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(router)
        row(subject.voucher)
        row(subject.service)
        row(urgency)
        row(sequence)
        row(enqueuedAt)
        row(notBefore)
        row(attempts)
        row(detail)
        row(isParked)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            router: try row(),
            subject: try SessionSubject(voucher: row(), service: row()),
            urgency: try row(),
            sequence: try row(),
            enqueuedAt: try row(),
            notBefore: try row(),
            attempts: try row(),
            detail: try row(),
            isParked: try row(),
            revision: try row()
        )
    }
}

extension OutboxJob {
    /// The columns that queries name.
    public enum Columns {
        /// `router`.
        public static let router = Field<OutboxJob, Identifier<Router>>("router")
        /// `voucher`.
        public static let voucher = Field<OutboxJob, Identifier<Voucher>>("voucher")
        /// `service_account`.
        public static let service = Field<OutboxJob, Identifier<ServiceAccount>>("service_account")
        /// `urgency`.
        public static let urgency = Field<OutboxJob, OutboxJob.Urgency>("urgency")
        /// `sequence`.
        public static let sequence = Field<OutboxJob, Int64>("sequence")
        /// `not_before`.
        public static let notBefore = Field<OutboxJob, Timestamp>("not_before")
        /// `is_parked`.
        public static let isParked = Field<OutboxJob, Bool>("is_parked")
        /// `enqueued_at`.
        public static let enqueuedAt = Field<OutboxJob, Timestamp>("enqueued_at")
    }
}

extension SessionSubject {
    /// The one of two columns that holds something.
    fileprivate init(voucher: Identifier<Voucher>?, service: Identifier<ServiceAccount>?) throws {
        switch (voucher, service) {
        case (let voucher?, nil): self = .voucher(voucher)
        case (nil, let service?): self = .service(service)
        case (nil, nil), (.some, .some): throw PersistenceError.unreadable("subject of a job")
        }
    }
}

extension OutboxJob.Urgency: StorableValue {
    /// A whole number.
    public static var columnKind: ColumnKind { .integer }

    /// The less, the more urgent.
    public var storeValue: StoreValue { .integer(rawValue) }

    /// Reads an urgency.
    public init(storeValue: StoreValue) throws {
        guard let urgency = Self(rawValue: try Int64(storeValue: storeValue)) else {
            throw PersistenceError.unreadable("urgency")
        }
        self = urgency
    }
}
