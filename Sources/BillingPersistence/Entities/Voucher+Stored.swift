public import BillingDomain

extension Voucher: RevisedRecord {
    /// The table of vouchers; codes are unique in a tenant, whatever their case.
    public static let table = RecordTable(
        "voucher",
        [
            .id, .tenant, .identity("batch").fixed, .text("code").fixed, .identity("router").fixed,
            .text("package_name"),
        ] + VoucherTerms.columns + [
            .text("customer").optional, .text("commercial"), .text("access"), .text("provisioning"),
            .text("provisioning_detail").optional, .integer("created_at").fixed, .integer("sold_at").optional,
            .integer("activated_at").optional, .text("activation_evidence").optional, .integer("expires_at").optional,
            .integer("ended_at").optional, .integer("uptime"), .integer("bytes_in"), .integer("bytes_out"),
            .integer("base_uptime"), .integer("base_bytes_in"), .integer("base_bytes_out"), .integer("settled_uptime"),
            .integer("settled_bytes_in"), .integer("settled_bytes_out"), .integer("last_seen_at").optional, .revision,
            .text("code_key").fixed,
        ],
        uniques: [["tenant", "code_key"]],
        references: [.init("batch", to: "voucher_batch"), .init("router", to: "router")],
        indexes: [
            ["tenant", "created_at", "id"], ["tenant", "batch", "created_at", "id"],
            ["tenant", "router", "created_at", "id"], ["tenant", "access", "expires_at"],
            ["tenant", "access", "provisioning", "commercial"],
        ]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(batch)
        row(code)
        row(router)
        row(packageName)
        terms.encode(into: &row)
        row(customer)
        row(commercial)
        row(access)
        row(provisioning)
        row(provisioningDetail)
        row(createdAt)
        row(soldAt)
        row(activatedAt)
        row(activationEvidence)
        row(expiresAt)
        row(endedAt)
        usage.totals.encode(into: &row)
        usage.base.encode(into: &row)
        usage.settled.encode(into: &row)
        row(usage.lastSeenAt)
        row(revision)
        row(Voucher.uniqueKey(of: code))
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            batch: try row(),
            code: try row(),
            router: try row(),
            packageName: try row(),
            terms: try VoucherTerms(from: &row),
            customer: try row(),
            commercial: try row(),
            access: try row(),
            provisioning: try row(),
            provisioningDetail: try row(),
            createdAt: try row(),
            soldAt: try row(),
            activatedAt: try row(),
            activationEvidence: try row(),
            expiresAt: try row(),
            endedAt: try row(),
            usage: VoucherUsage(
                totals: try VoucherUsage.Counters(from: &row),
                base: try VoucherUsage.Counters(from: &row),
                settled: try VoucherUsage.Counters(from: &row),
                lastSeenAt: try row()
            ),
            revision: try row()
        )
    }
}

extension VoucherUsage.Counters {
    fileprivate func encode(into row: inout RowEncoder) {
        row(uptime)
        row(bytesIn)
        row(bytesOut)
    }

    fileprivate init(from row: inout RowDecoder) throws {
        self.init(uptime: try row(), bytesIn: try row(), bytesOut: try row())
    }
}

extension Voucher {
    /// The columns that queries name.
    public enum Columns {
        /// `batch`.
        public static let batch = Field<Voucher, Identifier<VoucherBatch>>("batch")
        /// `router`.
        public static let router = Field<Voucher, Identifier<Router>>("router")
        /// `code`.
        public static let code = Field<Voucher, String>("code")
        /// `code_key`.
        public static let codeKey = Field<Voucher, String>("code_key")
        /// `customer`.
        public static let customer = Field<Voucher, String?>("customer")
        /// `access`.
        public static let access = Field<Voucher, AccessState>("access")
        /// `provisioning`.
        public static let provisioning = Field<Voucher, ProvisioningState>("provisioning")
        /// `created_at`.
        public static let createdAt = Field<Voucher, Timestamp>("created_at")
        /// `expires_at`.
        public static let expiresAt = Field<Voucher, Timestamp?>("expires_at")
    }
}
