import BillingDomain
import BillingPersistence

/// The rows of an export, read some at a time as they are asked for: memory does not grow with their number, and no
/// transaction is held open for a slow reader.
///
/// Rows that come into being meanwhile may be among them or not; none is left out or told twice. Errors are
/// ``BillingError``.
public struct ExportedRows: AsyncSequence, Sendable {
    /// What is exported.
    public let list: ExportedList
    let session: BillingSession

    /// Begins at the first row.
    public func makeAsyncIterator() -> Iterator { Iterator(list: list, session: session) }

    /// Goes from row to row.
    public struct Iterator: AsyncIteratorProtocol {
        private let list: ExportedList
        private let session: BillingSession
        private var rows: ArraySlice<[ExportedCell]> = []
        private var place: PageCursor?
        private var isOver = false

        init(list: ExportedList, session: BillingSession) {
            self.list = list
            self.session = session
        }

        /// The next row, a cell for every header; `nil` after the last.
        public mutating func next() async throws -> [ExportedCell]? {
            try await next(isolation: nil)
        }

        /// The next row, a cell for every header; `nil` after the last.
        public mutating func next(isolation: isolated (any Swift.Actor)?) async throws -> [ExportedCell]? {
            while rows.isEmpty, !isOver {
                let (list, request) = (list, PageRequest(after: place, size: 500))
                let page = try await session.read(.exportData) { try list.rows(request, in: $0) }
                rows = page.items[...]
                place = page.next
                isOver = page.next == nil
            }
            return rows.popFirst()
        }
    }
}

extension ExportedList {
    /// What the list itself takes, beside the right to export.
    var permission: Permission {
        switch self {
        case .vouchers: .viewVouchers
        case .ledger: .viewLedger
        case .audit: .viewAudit
        }
    }

    var name: String {
        switch self {
        case .vouchers: "vouchers"
        case .ledger: "ledger"
        case .audit: "audit"
        }
    }

    func rows(_ page: PageRequest, in store: any StoreReader) throws -> Page<[ExportedCell]> {
        switch self {
        case .vouchers(let filter): try store.vouchersOldestFirst(filter, page).map(Self.cells)
        case .ledger:
            try store.page(Query<PostingRow>().sorted(by: PostingRow.Columns.at), page).map(Self.cells)
        case .audit: try store.page(Query<AuditRow>().sorted(by: AuditRow.Columns.position), page).map(Self.cells)
        }
    }

    private static func cells(of voucher: Voucher) -> [ExportedCell] {
        let paid = voucher.soldFor ?? voucher.terms.price
        return [
            .text(voucher.code), .text(voucher.packageName), .money(voucher.terms.price),
            .text(voucher.terms.price.currency.code), .text(voucher.batch.description),
            .text(voucher.router.description), .text(voucher.commercial.rawValue), .text(voucher.access.rawValue),
            .instant(voucher.createdAt), .maybe(voucher.soldAt),
            voucher.soldBy.map { .text($0.description) } ?? .empty, voucher.soldAt == nil ? .empty : .money(paid),
            .maybe(voucher.activatedAt), .maybe(voucher.expiresAt), .maybe(voucher.endedAt),
            .integer(voucher.usage.totals.uptime.components.seconds), .integer(voucher.usage.totals.bytesIn),
            .integer(voucher.usage.totals.bytesOut),
        ]
    }

    private static func cells(of row: PostingRow) throws -> [ExportedCell] {
        let amount = row.posting.amount
        return [
            .instant(row.at), .text(row.entry.description), .integer(Int64(row.line)),
            .text(row.posting.account.rawValue), amount.isNegative ? .empty : .money(amount),
            amount.isNegative ? .money(try amount.negated()) : .empty, .text(amount.currency.code),
        ]
    }

    private static func cells(of row: AuditRow) -> [ExportedCell] {
        [
            .integer(row.position), .instant(row.entry.at), .text(row.entry.actor.description),
            .text(row.entry.action), .text(row.entry.subject), .text(row.entry.detail),
        ]
    }
}

extension ExportedCell {
    fileprivate static func maybe(_ instant: Timestamp?) -> ExportedCell { instant.map { .instant($0) } ?? .empty }
}
