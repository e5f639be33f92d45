public import BillingDomain

extension Staff: RevisedRecord {
    /// The table of staff; user names are unique in a tenant, whatever their case.
    public static let table = RecordTable(
        "staff",
        noun: "member of staff",
        [
            .id, .tenant, .text("username"), .text("password_hash"), .text("role"), .identity("custom_role").optional,
            .text("display_name").optional, .text("email").optional, .text("phone").optional,
            .text("language").optional, .text("assignment"), .integer("is_disabled"), .integer("must_change_password"),
            .integer("password_changed_at"), .bytes("second_factor_secret").optional,
            .integer("second_factor_confirmed_at").optional, .integer("second_factor_last_step").optional,
            .bytes("second_factor_recovery").optional, .integer("created_at").fixed, .revision, .text("username_key"),
        ],
        uniques: [["tenant", "username_key"]],
        references: [.init("tenant", to: "tenant"), .init("custom_role", to: "role_definition")]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(username)
        row(passwordHash)
        row(role)
        row(customRole)
        row(displayName)
        row(email)
        row(phone)
        row(language)
        row(assignment)
        row(isDisabled)
        row(mustChangePassword)
        row(passwordChangedAt)
        row(secondFactor?.sealedSecret)
        row(secondFactor?.confirmedAt)
        row(secondFactor?.lastStep)
        row(secondFactor.map { $0.recoveryDigests.flatMap { $0 } })
        row(createdAt)
        row(revision)
        row(username.asciiUppercased)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            username: try row(),
            passwordHash: try row(),
            role: try row(),
            customRole: try row(),
            displayName: try row(),
            email: try row(),
            phone: try row(),
            language: try row(),
            assignment: try row(),
            isDisabled: try row(),
            mustChangePassword: try row(),
            passwordChangedAt: try row(),
            secondFactor: try SecondFactor(optionalFrom: &row),
            createdAt: try row(),
            revision: try row()
        )
    }
}

extension Staff {
    /// The columns that queries name.
    public enum Columns {
        /// `username`.
        public static let username = Field<Staff, String>("username")
        /// `username_key`.
        public static let usernameKey = Field<Staff, String>("username_key")
        /// `role`.
        public static let role = Field<Staff, Role>("role")
        /// `is_disabled`.
        public static let isDisabled = Field<Staff, Bool>("is_disabled")
        /// `custom_role`.
        public static let customRole = Field<Staff, Identifier<RoleDefinition>?>("custom_role")
    }
}

extension SecondFactor {
    /// Reads the four columns of a second factor, which are all empty where there is none.
    fileprivate init?(optionalFrom row: inout RowDecoder) throws {
        let secret: [UInt8]? = try row()
        let confirmedAt: Timestamp? = try row()
        let lastStep: Int64? = try row()
        let recovery: [UInt8]? = try row()
        guard let secret else { return nil }
        let length = ChainLink.digestLength
        guard let recovery, recovery.count.isMultiple(of: length) else {
            throw PersistenceError.unreadable("second factor")
        }
        self.init(
            sealedSecret: secret,
            confirmedAt: confirmedAt,
            lastStep: lastStep,
            recoveryDigests: recovery.chunked(by: length).map(Array.init)
        )
    }
}
