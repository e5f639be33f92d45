public import BillingDomain
public import BillingPersistence

/// A list that can be exported whole.
public enum ExportedList: Hashable, Sendable {
    /// Vouchers that meet a filter, oldest first; passwords are left out.
    case vouchers(VoucherFilter)
    /// The postings of the ledger, one a row, in the order of the books.
    case ledger
    /// The audit trail, oldest first.
    case audit

    /// The names of the columns.
    public var headers: [String] {
        switch self {
        case .vouchers:
            [
                "code", "package", "price", "currency", "batch", "router", "money", "use", "created", "sold", "sold_by",
                "paid", "first_used", "expires", "ended", "uptime_seconds", "bytes_in", "bytes_out",
            ]
        case .ledger: ["at", "entry", "line", "account", "debit", "credit", "currency"]
        case .audit: ["position", "at", "actor", "action", "subject", "detail"]
        }
    }
}

/// A value in a row of an export.
public enum ExportedCell: Hashable, Sendable {
    /// Nothing.
    case empty
    /// Words, as they are kept: who writes a spreadsheet must see to it that none of them is taken for a formula.
    case text(String)
    /// A whole number.
    case integer(Int64)
    /// An exact amount.
    case money(Money)
    /// An instant.
    case instant(Timestamp)
}
