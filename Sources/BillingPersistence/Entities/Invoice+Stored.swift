public import BillingDomain

extension Invoice: RevisedRecord {
    /// The table of invoices; numbers are unique in a tenant, and an invoice is followed by one late fee at most.
    public static let table = RecordTable(
        "invoice",
        [
            .id, .tenant, .identity("customer").fixed, .text("currency").fixed, .text("lines"),
            .text("discount").optional, .text("tax_rules"), .word("state", InvoiceState.self),
            .integer("number_year").optional, .integer("number_sequence").optional, .text("number").optional,
            .text("issue_date").optional, .text("due_date").optional, .integer("paid"), .integer("credited"),
            .text("closing_reason").optional, .identity("late_for").optional.fixed, .integer("earned"),
            .integer("is_earning"), .integer("created_at").fixed, .revision, .integer("total"), .integer("outstanding"),
        ],
        uniques: [["tenant", "number"], ["tenant", "late_for"]],
        references: [.init("customer", to: "customer"), .init("late_for", to: "invoice")],
        indexes: [
            ["tenant", "customer", "created_at", "id"], ["tenant", "state", "due_date", "id"],
            ["tenant", "created_at", "id"], ["tenant", "due_date", "id"], ["tenant", "issue_date", "id"],
            ["tenant", "is_earning", "created_at", "id"],
        ]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(customer)
        row(currency)
        row(StorableJSON(lines))
        row(discount.map { StorableJSON($0) })
        row(StorableJSON(taxRules))
        row(state)
        row(number?.year)
        row(number?.sequence)
        row(number?.text)
        row(issueDate)
        row(dueDate)
        row(paid.minorUnits)
        row(credited.minorUnits)
        row(closingReason)
        row(lateFor)
        row(earned.minorUnits)
        row(isEarning)
        row(createdAt)
        row(revision)
        row(totals.total.minorUnits)
        row(outstanding.minorUnits)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        let (id, tenant, customer, currency):
            (
                Identifier<Invoice>, Identifier<Tenant>, Identifier<Customer>, Currency
            ) = (try row(), try row(), try row(), try row())
        try self.init(
            id: id,
            tenant: tenant,
            customer: customer,
            currency: currency,
            lines: (row() as StorableJSON<[InvoiceLine]>).value,
            discount: (row() as StorableJSON<Discount>?)?.value,
            taxRules: (row() as StorableJSON<TaxRules>).value,
            state: try row(),
            number: DocumentNumber(optionalOf: .invoice, from: &row),
            issueDate: try row(),
            dueDate: try row(),
            paid: Money(minorUnits: row(), currency: currency),
            credited: Money(minorUnits: row(), currency: currency),
            closingReason: try row(),
            lateFor: try row(),
            earned: Money(minorUnits: row(), currency: currency),
            isEarning: try row(),
            createdAt: try row(),
            revision: try row()
        )
    }
}

extension Invoice {
    /// The columns that queries name.
    public enum Columns {
        /// `customer`.
        public static let customer = Field<Invoice, Identifier<Customer>>("customer")
        /// `currency`.
        public static let currency = Field<Invoice, Currency>("currency")
        /// `state`.
        public static let state = Field<Invoice, InvoiceState>("state")
        /// `number`.
        public static let number = Field<Invoice, String?>("number")
        /// `due_date`.
        public static let dueDate = Field<Invoice, LocalDate?>("due_date")
        /// `issue_date`.
        public static let issueDate = Field<Invoice, LocalDate?>("issue_date")
        /// `late_for`.
        public static let lateFor = Field<Invoice, Identifier<Invoice>?>("late_for")
        /// `is_earning`.
        public static let isEarning = Field<Invoice, Bool>("is_earning")
        /// `total`.
        public static let total = Field<Invoice, Int64>("total")
        /// `outstanding`.
        public static let outstanding = Field<Invoice, Int64>("outstanding")
        /// `created_at`.
        public static let createdAt = Field<Invoice, Timestamp>("created_at")
    }
}
