public import BillingDomain

extension SignInAttempt: TransientRecord {
    /// The table of tries to sign in.
    public static let table = RecordTable(
        "sign_in_attempt",
        noun: "sign-in attempt",
        [
            .id, .tenant, .integer("at"), .text("username"), .identity("staff").optional, .text("address").optional,
            .text("outcome"),
        ],
        growth: .transient,
        references: [.init("tenant", to: "tenant"), .init("staff", to: "staff")],
        indexes: [["tenant", "at", "id"], ["tenant", "staff", "at"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(at)
        row(username)
        row(staff)
        row(address)
        row(outcome)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            at: try row(),
            username: try row(),
            staff: try row(),
            address: try row(),
            outcome: try row()
        )
    }
}

extension SignInAttempt {
    /// The columns that queries name.
    public enum Columns {
        /// `at`.
        public static let at = Field<SignInAttempt, Timestamp>("at")
        /// `staff`.
        public static let staff = Field<SignInAttempt, Identifier<Staff>?>("staff")
        /// `outcome`.
        public static let outcome = Field<SignInAttempt, SignInAttempt.Outcome>("outcome")
        /// `address`.
        public static let address = Field<SignInAttempt, String?>("address")
    }
}
