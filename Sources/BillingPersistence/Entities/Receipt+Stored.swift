public import BillingDomain

extension Receipt: StoredRecord {
    /// The table of receipts, which only grows; numbers are unique in a tenant.
    public static let table = RecordTable(
        "receipt",
        [
            .id, .tenant, .integer("number_year").optional, .integer("number_sequence"), .text("number"),
            .identity("payment"), .identity("customer").optional, .text("method"),
            .integer("amount"), .text("currency"), .text("shares"), .text("date"), .integer("created_at"),
        ],
        growth: .appendOnly,
        uniques: [["tenant", "number"]],
        references: [.init("payment", to: "payment"), .init("customer", to: "customer")],
        indexes: [["tenant", "payment"], ["tenant", "customer", "created_at", "id"], ["tenant", "created_at", "id"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(number.year)
        row(number.sequence)
        row(number.text)
        row(payment)
        row(customer)
        row(method)
        row(amount.minorUnits)
        row(amount.currency)
        row(StorableJSON(allocation.shares.map(StoredShare.init)))
        row(date)
        row(createdAt)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        let id: Identifier<Receipt> = try row()
        let tenant: Identifier<Tenant> = try row()
        let number = try DocumentNumber(.receipt, from: &row)
        let payment: Identifier<Payment> = try row()
        let customer: Identifier<Customer>? = try row()
        let method: PaymentMethod = try row()
        let amount = Money(minorUnits: try row(), currency: try row())
        try self.init(
            id: id,
            tenant: tenant,
            number: number,
            payment: payment,
            customer: customer,
            method: method,
            amount: amount,
            allocation: PaymentAllocation(of: amount, from: &row),
            date: row(),
            createdAt: row()
        )
    }
}

extension Receipt {
    /// The columns that queries name.
    public enum Columns {
        /// `payment`.
        public static let payment = Field<Receipt, Identifier<Payment>>("payment")
        /// `customer`.
        public static let customer = Field<Receipt, Identifier<Customer>?>("customer")
        /// `number`.
        public static let number = Field<Receipt, String>("number")
        /// `created_at`.
        public static let createdAt = Field<Receipt, Timestamp>("created_at")
    }
}

/// What one invoice got, as a column keeps it.
private struct StoredShare: Codable, Hashable {
    let invoice: String
    let amount: Int64

    init(_ share: PaymentAllocation.Share) {
        invoice = share.invoice.description
        amount = share.amount.minorUnits
    }
}

extension PaymentAllocation {
    fileprivate init(of amount: Money, from row: inout RowDecoder) throws {
        var unapplied = amount
        var shares: [Share] = []
        for stored in try (row() as StorableJSON<[StoredShare]>).value {
            guard let invoice = Identifier<Invoice>(stored.invoice) else {
                throw PersistenceError.unreadable("receipt")
            }
            let share = Share(invoice: invoice, amount: Money(minorUnits: stored.amount, currency: amount.currency))
            shares.append(share)
            unapplied = try unapplied - share.amount
        }
        self.init(shares: shares, unapplied: unapplied)
    }
}
