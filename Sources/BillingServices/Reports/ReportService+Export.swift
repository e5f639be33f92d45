import BillingDomain
import BillingPersistence

extension ReportService {
    /// Exports a list whole, vouchers and customers within reach alone: nothing is read before the first row is asked for, and
    /// that it was exported is in the audit trail.
    public func export(_ list: ExportedList) async throws -> ExportedRows {
        let export = list.export
        try session.authorise(export.permission)
        switch list {
        case .audit: try session.requireWholeTrail()
        case .ledger, .trialBalance: try session.requireWholeBooks()
        default: break
        }
        if let days = export.days { try Self.check(days) }
        try await session.change(.exportData) { try $0.audit("report.export", "list:\(export.name)") }
        return ExportedRows(list: list, session: session)
    }
}
