public import BillingDomain

extension Voucher: RevisedRecord {
    /// The table of vouchers; codes are unique in a tenant, whatever their case.
    public static let table = RecordTable(
        "voucher",
        [
            .id, .tenant, .identity("batch").fixed, .text("code").fixed, .text("password").optional.fixed,
            .identity("router"), .identity("package").optional.fixed, .text("package_name"),
        ] + VoucherTerms.columns + [
            .text("customer").optional, .identity("customer_id").optional, .word("commercial", CommercialState.self),
            .word("access", AccessState.self),
            .word("provisioning", ProvisioningState.self), .text("provisioning_detail").optional,
            .integer("created_at").fixed,
            .text("reserved_for").optional, .integer("reserved_until").optional, .integer("sold_at").optional,
            .text("sold_by").optional, .integer("sold_for").optional, .integer("sold_tax"),
            .text("paid_into").optional,
            .integer("paid_from_grant").optional, .text("sale_entry").optional, .integer("refunded_at").optional,
            .integer("refunded_amount").optional, .integer("activated_at").optional,
            .text("activation_evidence").optional, .integer("activation_not_before").optional,
            .integer("valid_before_login").optional, .integer("expires_at").optional,
            .integer("activate_by_extended").optional, .integer("extra_bytes"), .integer("extra_uptime"),
            .integer("extension_count"), .text("locked_device").optional, .integer("ended_at").optional,
            .integer("cleaned_up_at").optional, .integer("uptime"), .integer("bytes_in"), .integer("bytes_out"),
            .integer("base_uptime"), .integer("base_bytes_in"), .integer("base_bytes_out"), .integer("settled_uptime"),
            .integer("settled_bytes_in"), .integer("settled_bytes_out"), .integer("last_seen_at").optional, .revision,
            .text("code_key").fixed, .integer("next_deadline").optional, .word("document_status", DocumentStatus.self),
            .text("customer_key").optional, .identity("agent").optional,
        ],
        uniques: [["tenant", "code_key"]],
        references: [.init("batch", to: "voucher_batch"), .init("router", to: "router")],
        indexes: [
            ["tenant", "created_at", "id"], ["tenant", "batch", "created_at", "id"],
            ["tenant", "router", "created_at", "id"], ["tenant", "document_status", "created_at", "id"],
            ["tenant", "router", "document_status", "created_at", "id"],
            ["tenant", "batch", "document_status", "created_at", "id"],
            ["tenant", "router", "provisioning", "created_at", "id"], ["tenant", "provisioning", "created_at", "id"],
            ["tenant", "access", "provisioning", "commercial"], ["tenant", "access", "created_at", "id"],
            ["tenant", "commercial", "created_at", "id"],
        ],
        sparseIndexes: [
            ["tenant", "access", "expires_at"], ["tenant", "next_deadline"], ["tenant", "reserved_for"],
            ["tenant", "reserved_until"], ["tenant", "customer_id", "created_at", "id"], ["tenant", "sold_at"],
            ["tenant", "activated_at"], ["tenant", "refunded_at"], ["tenant", "package", "created_at", "id"],
            ["tenant", "sold_by", "created_at", "id"], ["tenant", "customer_key", "id"], ["tenant", "sale_entry"],
            ["tenant", "agent", "created_at", "id"],
        ]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(batch)
        row(code)
        row(password?.value)
        row(router)
        row(package)
        row(packageName)
        terms.encode(into: &row)
        row(customer)
        row(customerID)
        row(commercial)
        row(access)
        row(provisioning)
        row(provisioningDetail)
        row(createdAt)
        row(reservedFor)
        row(reservedUntil)
        row(soldAt)
        row(soldBy)
        row(soldFor?.minorUnits)
        row(soldTax?.minorUnits ?? 0)
        row(paidInto)
        row(paidFromGrant?.minorUnits)
        row(saleEntry)
        row(refundedAt)
        row(refundedAmount?.minorUnits)
        row(activatedAt)
        row(activationEvidence)
        row(activationNotBefore)
        row(validBeforeLogin)
        row(expiresAt)
        row(activateByExtended)
        row(extraBytes)
        row(extraUptime)
        row(extensionCount)
        row(lockedDevice)
        row(endedAt)
        row(cleanedUpAt)
        usage.totals.encode(into: &row)
        usage.base.encode(into: &row)
        usage.settled.encode(into: &row)
        row(usage.lastSeenAt)
        row(revision)
        row(Voucher.uniqueKey(of: code))
        row(nextDeadline)
        row(DocumentStatus(access))
        row(customer?.asciiUppercased)
        row(paidInto?.agent)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        let id: Identifier<Voucher> = try row()
        let tenant: Identifier<Tenant> = try row()
        let batch: Identifier<VoucherBatch> = try row()
        let code: String = try row()
        let password: String? = try row()
        let router: Identifier<Router> = try row()
        let package: Identifier<Package>? = try row()
        let packageName: String = try row()
        let terms = try VoucherTerms(from: &row)
        func money(_ row: inout RowDecoder) throws -> Money? {
            let units: Int64? = try row()
            return units.map { Money(minorUnits: $0, currency: terms.price.currency) }
        }
        func tax(_ row: inout RowDecoder) throws -> Money? {
            let units: Int64 = try row()
            return units == 0 ? nil : Money(minorUnits: units, currency: terms.price.currency)
        }
        self.init(
            id: id,
            tenant: tenant,
            batch: batch,
            code: code,
            password: try password.map(VoucherPassword.init),
            router: router,
            package: package,
            packageName: packageName,
            terms: terms,
            customer: try row(),
            customerID: try row(),
            commercial: try row(),
            access: try row(),
            provisioning: try row(),
            provisioningDetail: try row(),
            createdAt: try row(),
            reservedFor: try row(),
            reservedUntil: try row(),
            soldAt: try row(),
            soldBy: try row(),
            soldFor: try money(&row),
            soldTax: try tax(&row),
            paidInto: try row(),
            paidFromGrant: try money(&row),
            saleEntry: try row(),
            refundedAt: try row(),
            refundedAmount: try money(&row),
            activatedAt: try row(),
            activationEvidence: try row(),
            activationNotBefore: try row(),
            validBeforeLogin: try row(),
            expiresAt: try row(),
            activateByExtended: try row(),
            extraBytes: try row(),
            extraUptime: try row(),
            extensionCount: try row(),
            lockedDevice: try row(),
            endedAt: try row(),
            cleanedUpAt: try row(),
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
        /// `customer_key`: the customer's name with a–z folded, to search by.
        public static let customerKey = Field<Voucher, String?>("customer_key")
        /// `access`.
        public static let access = Field<Voucher, AccessState>("access")
        /// `document_status`: the word for `access`.
        public static let documentStatus = Field<Voucher, DocumentStatus>("document_status")
        /// `provisioning`.
        public static let provisioning = Field<Voucher, ProvisioningState>("provisioning")
        /// `created_at`.
        public static let createdAt = Field<Voucher, Timestamp>("created_at")
        /// `expires_at`.
        public static let expiresAt = Field<Voucher, Timestamp?>("expires_at")
        /// `commercial`.
        public static let commercial = Field<Voucher, CommercialState>("commercial")
        /// `customer_id`.
        public static let customerID = Field<Voucher, Identifier<Customer>?>("customer_id")
        /// `package`.
        public static let package = Field<Voucher, Identifier<Package>?>("package")
        /// `sold_by`.
        public static let soldBy = Field<Voucher, BillingDomain.Actor?>("sold_by")
        /// `package_name`.
        public static let packageName = Field<Voucher, String>("package_name")
        /// `reserved_for`.
        public static let reservedFor = Field<Voucher, String?>("reserved_for")
        /// `reserved_until`.
        public static let reservedUntil = Field<Voucher, Timestamp?>("reserved_until")
        /// `sold_at`.
        public static let soldAt = Field<Voucher, Timestamp?>("sold_at")
        /// `sale_entry`: the sale that it is of.
        public static let saleEntry = Field<Voucher, String?>("sale_entry")
        /// `agent`: on whose account it was sold.
        public static let agent = Field<Voucher, Identifier<Agent>?>("agent")
        /// `next_deadline`: when something happens to it by itself.
        public static let nextDeadline = Field<Voucher, Timestamp?>("next_deadline")
    }
}

extension DeviceAddress: StorableText {}
