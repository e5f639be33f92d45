import BillingDomain
import BillingPersistence

/// How a list is exported: what it is called, what it takes, and its rows page by page.
struct Export: Sendable {
    let name: String
    /// What the list itself takes, beside the right to export.
    let permission: Permission
    let headers: [String]
    /// The days of a report; `nil` for a list.
    var days: DateRange?
    let rows: @Sendable (PageRequest, BillingSession, any StoreReader) throws -> Page<[ExportedCell]>

    init(
        _ name: String,
        _ permission: Permission,
        _ headers: [String],
        rows: @escaping @Sendable (PageRequest, BillingSession, any StoreReader) throws -> Page<[ExportedCell]>
    ) {
        self.name = name
        self.permission = permission
        self.headers = headers
        self.rows = rows
    }

    /// A report over some days, which is one page.
    static func report(
        _ name: String,
        _ days: DateRange,
        _ headers: [String],
        rows: @escaping @Sendable (Range<Timestamp>, BillingSession, any StoreReader) throws -> [[ExportedCell]]
    ) -> Export {
        var export = Export(name, .viewReports, headers) { _, session, store in
            Page(items: try rows(TenantCalendar(session.tenant).instants(of: days), session, store))
        }
        export.days = days
        return export
    }
}

extension ExportedList {
    var export: Export {
        switch self {
        case .vouchers(let filter): .vouchers(filter)
        case .customers(let filter): .customers(filter)
        case .subscriptions(let filter): .subscriptions(filter)
        case .payments(let filter): .payments(filter)
        case .invoices(let filter): .invoices(filter)
        case .ledger: .ledger
        case .audit: .audit
        case .revenue(let days, let period): .revenue(days, period)
        case .staffSales(let days): .staffSales(days)
        case .packageSales(let days): .packageSales(days)
        case .methods(let days): .methods(days)
        case .usage(let days): .usage(days)
        case .trialBalance: .trialBalance
        case .debtors(let currency): .debtors(currency)
        }
    }
}
