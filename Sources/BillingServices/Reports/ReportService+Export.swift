import BillingDomain
import BillingPersistence

extension ReportService {
    /// Exports a list whole: nothing is read before the first row is asked for, and that it was exported is in the audit
    /// trail.
    public func export(_ list: ExportedList) async throws -> ExportedRows {
        try session.authorise(list.permission)
        try await session.change(.exportData) { try $0.audit("report.export", "list:\(list.name)") }
        return ExportedRows(list: list, session: session)
    }
}
