public import BillingDomain

extension ServiceAccount: RevisedRecord {
    /// The table of service accounts; user names that are not deleted are unique on a
    /// router, whatever the case of a–z.
    public static let table = RecordTable(
        "service_account",
        [
            .id, .tenant, .identity("customer").fixed, .text("kind").fixed, .identity("router").fixed,
            .text("username").fixed, .bytes("sealed_password"), .identity("package").optional,
            .text("router_profile"), .text("unpaid_profile").optional, .text("static_address").optional,
            .text("caller_id").optional,
            .word("access", ServiceAccess.self),
            .word("provisioning", ProvisioningState.self), .text("provisioning_detail").optional,
            .integer("created_at").fixed,
            .integer("deleted_at").optional, .revision, .text("live_username").optional,
        ],
        uniques: [["tenant", "router", "live_username"]],
        references: [
            .init("customer", to: "customer"),
            .init("router", to: "router"),
            .init("package", to: "package"),
        ],
        indexes: [
            ["tenant", "customer", "created_at", "id"], ["tenant", "router", "created_at", "id"],
            ["tenant", "access", "created_at", "id"], ["tenant", "created_at", "id"], ["tenant", "package"],
        ]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(customer)
        row(kind)
        row(router)
        row(username)
        row(sealedPassword)
        row(package)
        row(routerProfile)
        row(unpaidProfile)
        row(staticAddress)
        row(callerID)
        row(access)
        row(provisioning)
        row(provisioningDetail)
        row(createdAt)
        row(deletedAt)
        row(revision)
        row(access == .deleted ? nil : username.asciiUppercased)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        try self.init(
            id: try row(),
            tenant: try row(),
            customer: try row(),
            kind: try row(),
            router: try row(),
            username: try row(),
            sealedPassword: try row(),
            package: try row(),
            routerProfile: try row(),
            unpaidProfile: try row(),
            staticAddress: try row(),
            callerID: try row(),
            access: try row(),
            provisioning: try row(),
            provisioningDetail: try row(),
            createdAt: try row(),
            deletedAt: try row(),
            revision: try row()
        )
    }
}

extension ServiceAccount {
    /// The columns that queries name.
    public enum Columns {
        /// `customer`.
        public static let customer = Field<ServiceAccount, Identifier<Customer>>("customer")
        /// `router`.
        public static let router = Field<ServiceAccount, Identifier<Router>>("router")
        /// `username`.
        public static let username = Field<ServiceAccount, String>("username")
        /// `live_username`.
        public static let liveUsername = Field<ServiceAccount, String?>("live_username")
        /// `access`.
        public static let access = Field<ServiceAccount, ServiceAccess>("access")
        /// `provisioning`.
        public static let provisioning = Field<ServiceAccount, ProvisioningState>("provisioning")
        /// `created_at`.
        public static let createdAt = Field<ServiceAccount, Timestamp>("created_at")
    }
}
