public import BillingDomain

extension Shift: RevisedRecord {
    /// The table of shifts; a person has one of a currency at a time that has not ended.
    public static let table = RecordTable(
        "shift",
        [
            .id, .tenant, .identity("staff").fixed, .identity("site").fixed.optional, .text("currency").fixed,
            .integer("opening_float").fixed, .integer("sales"), .integer("refunds"), .integer("cash_in"),
            .integer("cash_out"), .integer("handed_over"), .integer("counted").optional, .text("reason").optional,
            .word("state", ShiftState.self), .text("counted_by").optional, .text("ended_by").optional,
            .integer("created_at").fixed,
            .integer("counted_at").optional,
            .integer("ended_at").optional, .revision, .text("open_drawer").optional,
        ],
        uniques: [["tenant", "open_drawer"]],
        references: [.init("staff", to: "staff"), .init("site", to: "site")],
        indexes: [["tenant", "created_at", "id"], ["tenant", "staff", "created_at"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(staff)
        row(site)
        row(currency)
        row(openingFloat.minorUnits)
        row(sales.minorUnits)
        row(refunds.minorUnits)
        row(cashIn.minorUnits)
        row(cashOut.minorUnits)
        row(handedOver.minorUnits)
        row(counted?.minorUnits)
        row(reason)
        row(state)
        row(countedBy)
        row(endedBy)
        row(createdAt)
        row(countedAt)
        row(endedAt)
        row(revision)
        row(state.isFinal ? nil : Self.drawer(of: staff, currency))
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        let id: Identifier<Shift> = try row()
        let tenant: Identifier<Tenant> = try row()
        let staff: Identifier<Staff> = try row()
        let site: Identifier<Site>? = try row()
        let currency: Currency = try row()
        func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: currency) }
        self.init(
            id: id,
            tenant: tenant,
            staff: staff,
            site: site,
            openingFloat: money(try row()),
            sales: money(try row()),
            refunds: money(try row()),
            cashIn: money(try row()),
            cashOut: money(try row()),
            handedOver: money(try row()),
            counted: (try row() as Int64?).map(money),
            reason: try row(),
            state: try row(),
            countedBy: try row(),
            endedBy: try row(),
            createdAt: try row(),
            countedAt: try row(),
            endedAt: try row(),
            revision: try row()
        )
    }

    /// Names the drawer of a person and a currency.
    static func drawer(of staff: Identifier<Staff>, _ currency: Currency) -> String { "\(staff)/\(currency.code)" }
}

extension Shift {
    /// The columns that queries name.
    public enum Columns {
        /// `staff`.
        public static let staff = Field<Shift, Identifier<Staff>>("staff")
        /// `state`.
        public static let state = Field<Shift, ShiftState>("state")
        /// `created_at`.
        public static let createdAt = Field<Shift, Timestamp>("created_at")
        /// `open_drawer`.
        public static let openDrawer = Field<Shift, String?>("open_drawer")
    }
}
