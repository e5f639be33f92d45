public import BillingDomain

extension Subscription: RevisedRecord {
    /// The table of subscriptions.
    public static let table = RecordTable(
        "subscription",
        [
            .id, .tenant, .identity("customer").fixed, .identity("service_account").optional,
            .identity("package").optional, .text("kind").fixed, .text("terms"), .word("state", SubscriptionState.self),
            .text("anchor").optional, .integer("paid_periods"), .integer("shift"), .integer("paid_through").optional,
            .integer("postponed_until").optional, .text("postponement_reason").optional,
            .integer("halted_at").optional, .text("suspension_cause").optional, .text("reason").optional,
            .text("scheduled_terms").optional, .integer("ends_with_period"), .integer("auto_renews"), .text("runs"),
            .integer("ended_at").optional, .integer("created_at").fixed, .revision, .text("package_name"),
            .integer("price").notNegative, .text("currency"), .integer("is_earning"),
        ],
        references: [
            .init("customer", to: "customer"),
            .init("service_account", to: "service_account"),
            .init("package", to: "package"),
        ],
        indexes: [
            ["tenant", "customer", "created_at", "id"], ["tenant", "state", "created_at", "id"],
            ["tenant", "state", "paid_through"], ["tenant", "created_at", "id"],
            ["tenant", "is_earning", "created_at", "id"], ["tenant", "service_account"],
            ["tenant", "package"],
        ]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(customer)
        row(serviceAccount)
        row(package)
        row(kind)
        row(StorableJSON(terms))
        row(state)
        row(anchor)
        row(paidPeriods)
        row(shift)
        row(paidThrough)
        row(postponedUntil)
        row(postponementReason)
        row(haltedAt)
        row(suspensionCause)
        row(reason)
        row(scheduledTerms.map { StorableJSON($0) })
        row(endsWithPeriod)
        row(autoRenews)
        row(StorableJSON(runs))
        row(endedAt)
        row(createdAt)
        row(revision)
        row(terms.packageName)
        row(terms.price.minorUnits)
        row(terms.price.currency)
        row(isEarning)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            customer: try row(),
            serviceAccount: try row(),
            package: try row(),
            kind: try row(),
            terms: try (row() as StorableJSON<SubscriptionTerms>).value,
            state: try row(),
            anchor: try row(),
            paidPeriods: try row(),
            shift: try row(),
            paidThrough: try row(),
            postponedUntil: try row(),
            postponementReason: try row(),
            haltedAt: try row(),
            suspensionCause: try row(),
            reason: try row(),
            scheduledTerms: try (row() as StorableJSON<SubscriptionTerms>?)?.value,
            endsWithPeriod: try row(),
            autoRenews: try row(),
            runs: try (row() as StorableJSON<[PeriodRun]>).value,
            endedAt: try row(),
            createdAt: try row(),
            revision: try row()
        )
    }
}

extension Subscription {
    /// The columns that queries name.
    public enum Columns {
        /// `customer`.
        public static let customer = Field<Subscription, Identifier<Customer>>("customer")
        /// `service_account`.
        public static let serviceAccount = Field<Subscription, Identifier<ServiceAccount>?>("service_account")
        /// `state`.
        public static let state = Field<Subscription, SubscriptionState>("state")
        /// `suspension_cause`.
        public static let suspensionCause = Field<Subscription, SuspensionCause?>("suspension_cause")
        /// `paid_through`.
        public static let paidThrough = Field<Subscription, Timestamp?>("paid_through")
        /// `is_earning`.
        public static let isEarning = Field<Subscription, Bool>("is_earning")
        /// `package_name`.
        public static let packageName = Field<Subscription, String>("package_name")
        /// `created_at`.
        public static let createdAt = Field<Subscription, Timestamp>("created_at")
    }
}
